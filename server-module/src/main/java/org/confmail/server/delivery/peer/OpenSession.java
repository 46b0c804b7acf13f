package org.confmail.server.delivery.peer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.confmail.server.net.Pace;

/** A session after its opening. Belongs to one thread. */
final class OpenSession implements PeerSession {
    /** How much of a block is written at once: a full TLS record. */
    private static final int PIECE_BYTES = 16384;
    /** An answer to QUIT that takes longer is of no use to anybody. */
    private static final Duration QUIT_PATIENCE = Duration.ofSeconds(2);

    private final Wire wire;
    private final Pace pace;
    private final Duration timeout;
    private final Runnable release;
    private boolean whole = true;
    private boolean closed;

    /**
     * @param pace for what is sent here
     * @param timeout for the answer to a command
     * @param release closes the raw socket, and forgets the session; called once
     */
    OpenSession(Wire wire, Pace pace, Duration timeout, Runnable release) {
        this.wire = wire;
        this.pace = pace;
        this.timeout = timeout;
        this.release = release;
    }

    @Override
    public String ask(String command) throws PeerFailure {
        try {
            return wire.ask(command, timeout);
        } catch (IOException e) {
            throw broken(e, command, timeout);
        }
    }

    @Override
    public String send(String command, OutgoingBlock block) throws PeerFailure, IOException {
        pace.begin();
        Duration patience = timeout;
        try {
            wire.command(command);
            switch (block) {
                case OutgoingBlock.Text text -> text(text.lines());
                case OutgoingBlock.Data data -> data(data);
            }
            wire.flush();
            // What the system still holds has the time that the slowest line needs for it.
            patience = timeout.plus(pace.left());
            wire.deadline().in(patience);
            return wire.answer();
        } catch (Unreadable e) {
            whole = false;
            throw e.failure;
        } catch (IOException e) {
            throw broken(e, command, patience);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            wire.deadline().in(QUIT_PATIENCE);
            if (whole) {
                wire.ask("QUIT", QUIT_PATIENCE);
                wire.close();
            }
            wire.event("closed");
        } catch (IOException e) {
            wire.event("closed without a word");
        } finally {
            release.run();
        }
    }

    private void text(byte[] lines) throws IOException {
        wire.trace(lines);
        for (int from = 0; from < lines.length; from += PIECE_BYTES) {
            int count = Math.min(PIECE_BYTES, lines.length - from);
            wire.out().text(lines, from, count);
            pace.moved(count);
        }
        if (lines.length > 0 && lines[lines.length - 1] != '\n') {
            wire.out().line("");
        }
        wire.blockLine("EndBlock");
    }

    private void data(OutgoingBlock.Data data) throws IOException, Unreadable {
        wire.trace(data.header());
        wire.out().text(data.header(), 0, data.header().length);
        wire.blockLine("Data: " + data.length());
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, data.length())];
        for (long sent = 0; sent < data.length(); ) {
            int count = (int) Math.min(piece.length, data.length() - sent);
            read(data.file(), data.position() + sent, piece, count);
            wire.out().write(piece, 0, count);
            sent += count;
            pace.moved(count);
        }
    }

    private static void read(FileChannel file, long position, byte[] into, int count) throws Unreadable {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, count);
        try {
            while (buffer.hasRemaining()) {
                if (file.read(buffer, position + buffer.position()) < 0) {
                    throw new EOFException("the file of a data block is shorter than its Data line says");
                }
            }
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    private PeerFailure broken(IOException e, String command, Duration patience) {
        whole = false;
        return wire.failure(e, command.split(" ", 2)[0], patience);
    }

    /** The block's own file cannot be read: not the peer's fault. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient IOException failure;

        Unreadable(IOException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}

package org.confmail.server.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.confmail.server.block.Blocks;
import org.confmail.server.delivery.peer.Destination;
import org.confmail.server.delivery.peer.OutgoingBlock;
import org.confmail.server.delivery.peer.PeerFailure;
import org.confmail.server.delivery.peer.PeerSession;
import org.confmail.server.delivery.peer.Peers;

/** Other servers, as a test wants them. They take everything unless told otherwise, and remember it. */
final class FakePeers implements Peers {
    private final List<String> taken = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private int open;

    private volatile Opening opening = (_, _) -> {};
    private volatile Answering answering = (_, _, _) -> "DONE";

    /** What a server does when a session is to be opened. */
    interface Opening {
        void open(String server, int number) throws PeerFailure;
    }

    /** What a server answers. */
    interface Answering {
        String answer(String server, String command, int number) throws PeerFailure;
    }

    static PeerFailure failure(PeerFailure.Kind kind) {
        return new PeerFailure(kind, "it failed: " + kind);
    }

    void onOpen(Opening does) {
        opening = does;
    }

    void onAsk(Answering answers) {
        answering = answers;
    }

    /** All for which a server said DONE, in order: {@code host:port command} and, on a line of its own, the block. */
    synchronized List<String> taken() {
        return List.copyOf(taken);
    }

    /** The commands for which a server said DONE. */
    List<String> commands() {
        return taken().stream()
                .map(each -> each.substring(each.indexOf(' ') + 1))
                .map(each -> each.lines().findFirst().orElseThrow())
                .toList();
    }

    /** Which servers were to be opened, in order. */
    synchronized List<String> opened() {
        return List.copyOf(opened);
    }

    /** All that was sent, answered DONE or not: {@code host:port command}. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    /** How many sessions are open now. */
    synchronized int open() {
        return open;
    }

    @Override
    public PeerSession open(Destination destination) throws PeerFailure {
        String server = destination.server().toString();
        int number;
        synchronized (this) {
            opened.add(server);
            number = opened.size();
        }
        opening.open(server, number);
        synchronized (this) {
            open++;
        }
        return new Session(server);
    }

    private final class Session implements PeerSession {
        private final String server;

        Session(String server) {
            this.server = server;
        }

        @Override
        public String ask(String command) throws PeerFailure {
            return take(command, "");
        }

        @Override
        public String send(String command, OutgoingBlock block) throws PeerFailure, IOException {
            return take(
                    command,
                    switch (block) {
                        case OutgoingBlock.Text text -> Blocks.text(text.lines());
                        case OutgoingBlock.Data data -> {
                            ByteBuffer bytes = ByteBuffer.allocate((int) data.length());
                            data.file().read(bytes, data.position());
                            yield Blocks.text(data.header()) + "Data: " + data.length() + "\n"
                                    + Blocks.text(bytes.array());
                        }
                    });
        }

        private String take(String command, String block) throws PeerFailure {
            int number;
            synchronized (FakePeers.this) {
                asked.add(server + " " + command);
                number = asked.size();
            }
            String answer = answering.answer(server, command, number);
            if (answer.equals("DONE")) {
                synchronized (FakePeers.this) {
                    taken.add(server + " " + command + (block.isEmpty() ? "" : "\n" + block));
                }
            }
            return answer;
        }

        @Override
        public void close() {
            synchronized (FakePeers.this) {
                open--;
            }
        }
    }
}

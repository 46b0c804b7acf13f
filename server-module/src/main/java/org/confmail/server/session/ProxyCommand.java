package org.confmail.server.session;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.block.PostToLine;
import org.confmail.server.block.StoredHead;
import org.confmail.server.delivery.PostTo;
import org.confmail.server.delivery.SendQueue;
import org.confmail.server.delivery.SendQueue.ProxyUpload;
import org.confmail.server.net.LineReader;
import org.confmail.server.net.Pace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * STORE PROXY: takes a block in for other servers (PROTOCOL sections 2 and 8). It is not judged here: those servers do that,
 * each by its own limits. A block that names no server is refused, because nobody would ever get it. Everything in this class
 * runs in the connection's thread.
 */
final class ProxyCommand {
    /** What any server takes (PROTOCOL section 3). */
    private static final long DATA_BYTES_MAX = 8 << 20;

    /** Hashing one takes a tenth of a millisecond, for which no other thread is asked. */
    private static final int PIECE_BYTES = 128 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger("proxy");

    private final SendQueue queue;
    private final Connection connection;
    private final BlockReader reader;
    private final Pace pace;

    ProxyCommand(SendQueue queue, Connection connection, BlockReader reader, Pace pace) {
        this.queue = queue;
        this.connection = connection;
        this.reader = reader;
        this.pace = pace;
    }

    /** Reads the block and queues it; returns the answer. */
    String queue(Key key, Optional<Instant> after) throws IOException {
        return switch (reader.readForProxy()) {
            case Posted.Text text -> text(key, after, text.lines());
            case Posted.Data data -> data(key, after, data);
            case Posted.Dropped dropped -> drop(key, dropped.reason());
            case Posted.Forbidden forbidden -> refuse(key, forbidden.reason());
        };
    }

    private String text(Key key, Optional<Instant> after, byte[] lines) {
        Optional<String> problem = PostTo.problem(lines);
        if (problem.isPresent()) {
            return refuse(key, problem.get());
        }
        if (PostToLine.strip(lines).length == 0) {
            return drop(key, "empty");
        }
        try {
            queue.proxy(key, after, lines);
            return Reply.DONE;
        } catch (IOException e) {
            return failed(key, e);
        }
    }

    private String data(Key key, Optional<Instant> after, Posted.Data data) throws IOException {
        Optional<String> problem = PostTo.problem(data.header());
        if (problem.isPresent()) {
            reader.readAway(data.length());
            return refuse(key, problem.get());
        }
        if (data.length() > DATA_BYTES_MAX || data.header().length > StoredHead.BYTES_MAX) {
            reader.readAway(data.length());
            return drop(key, data.length() + " bytes of data behind " + data.header().length + " of header");
        }
        try (Sink<ProxyUpload> sink = new Sink<>(
                () -> queue.proxy(key, after, data.header(), data.length()), ProxyUpload::write, "the send queue")) {
            receive(data.length(), sink);
            complete(sink.upload());
            return Reply.DONE;
        } catch (StoreFailure e) {
            return failed(key, e.reason());
        }
    }

    /** A failure here is the disk's, not the connection's. */
    private static void complete(ProxyUpload upload) throws StoreFailure {
        try {
            upload.complete();
        } catch (IOException e) {
            throw new StoreFailure(e);
        }
    }

    /** All bytes are read whatever happens to them: the next command stands behind them. */
    private void receive(long length, Sink<ProxyUpload> sink) throws IOException {
        LineReader in = connection.in();
        byte[] piece = new byte[(int) Math.min(length, PIECE_BYTES)];
        for (long left = length; left > 0; ) {
            int count = in.read(piece, 0, (int) Math.min(left, piece.length));
            pace.moved(count);
            sink.write(piece, count);
            left -= count;
        }
        pace.end();
    }

    private String refuse(Key key, String reason) {
        LOG.warn("connection {}: block {} for other servers refused: {}", connection.number(), key, reason);
        return Reply.FAILED;
    }

    private String drop(Key key, String reason) {
        LOG.info("connection {}: block {} for other servers dropped: {}", connection.number(), key, reason);
        return Reply.DONE;
    }

    private String failed(Key key, IOException e) {
        return failed(key, e.toString());
    }

    private String failed(Key key, String reason) {
        LOG.error(
                "connection {}: cannot save block {} for other servers in the send queue: {}. The client was told FAILED."
                        + " Is the disk of the home full?",
                connection.number(),
                key,
                reason);
        return Reply.FAILED;
    }
}

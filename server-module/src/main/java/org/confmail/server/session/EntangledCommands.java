package org.confmail.server.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.block.Limits;
import org.confmail.server.dht.Dht;
import org.confmail.server.dht.Publication;
import org.confmail.server.net.Pace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * STORE ENTANGLED and GET ENTANGLED, which are open to all (PROTOCOL section 2). An invalid block is answered DONE and dropped,
 * as with STORE SERVER. Everything in this class runs in the connection's thread, which waits for the DHT for up to 10 s.
 */
final class EntangledCommands {
    private static final Logger LOG = LoggerFactory.getLogger("dht");

    private final Dht dht;
    private final Connection connection;
    private final Pace pace;
    private final BlockReader reader;
    private final BlockSender sender;

    EntangledCommands(Dht dht, Connection connection, Pace pace, BlockSender sender) {
        this.dht = dht;
        this.connection = connection;
        this.pace = pace;
        this.reader = new BlockReader(connection.in(), pace, connection);
        this.sender = sender;
    }

    /** Reads the block and publishes it; returns the answer. */
    String store(Key key) throws IOException {
        return switch (reader.read()) {
            case Posted.Text(byte[] lines) -> publish(key, lines);
            case Posted.Data(byte[] header, long length)
            when length <= Limits.DHT.dataBytesMax() -> publish(key, whole(header, (int) length));
            case Posted.Data(var _, long length) -> {
                reader.readAway(length);
                yield drop(key, length + " bytes of data, the DHT takes " + Limits.DHT.dataBytesMax());
            }
            case Posted.Dropped(String reason) -> drop(key, reason);
            case Posted.Forbidden(String reason) -> {
                LOG.warn("connection {}: block {} refused: {}", connection.number(), key, reason);
                yield Reply.FAILED;
            }
        };
    }

    /** Finds the block and sends it, or what of it is dated {@code since} or later; false where there is nothing. */
    boolean get(Key key, Optional<Instant> since) throws IOException {
        Optional<byte[]> found = dht.find(key);
        return found.isPresent() && sender.send(found.get(), since);
    }

    private byte[] whole(byte[] header, int length) throws IOException {
        byte[] dataLine = ("Data: " + length + "\n").getBytes(StandardCharsets.US_ASCII);
        int from = header.length + dataLine.length;
        byte[] block = Arrays.copyOf(header, from + length);
        System.arraycopy(dataLine, 0, block, header.length, dataLine.length);
        for (int filled = from; filled < block.length; ) {
            int more = connection.in().read(block, filled, block.length - filled);
            pace.moved(more);
            filled += more;
        }
        pace.end();
        return block;
    }

    private String publish(Key key, byte[] block) {
        return switch (dht.publish(key, block)) {
            case Publication.Published(int nodes, boolean here) -> {
                LOG.info(
                        "connection {}: block {} published to {} nodes{}",
                        connection.number(),
                        key,
                        nodes,
                        here ? ", and held here" : "");
                yield Reply.DONE;
            }
            case Publication.Unchanged() -> {
                LOG.debug("connection {}: block {}: what is held is as new", connection.number(), key);
                yield Reply.DONE;
            }
            case Publication.Invalid(String reason) -> drop(key, reason);
            case Publication.Failed(String reason) -> {
                LOG.error(
                        "connection {}: block {} cannot be given to the DHT: {}. The client was told FAILED.",
                        connection.number(),
                        key,
                        reason);
                yield Reply.FAILED;
            }
        };
    }

    private String drop(Key key, String reason) {
        LOG.info("connection {}: block {} for the DHT dropped: {}", connection.number(), key, reason);
        return Reply.DONE;
    }
}

package org.confmail.server.main;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.block.Limits;
import org.confmail.server.delivery.OwnDht;
import org.confmail.server.delivery.peer.OutgoingBlock;
import org.confmail.server.dht.Dht;
import org.confmail.server.dht.Publication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives this server's node what is to be posted to the DHT; delivery and the DHT know nothing of each other. */
record DeliveryToDht(Dht dht) implements OwnDht {
    private static final Logger LOG = LoggerFactory.getLogger("dht");

    @Override
    public Optional<String> publish(Key key, OutgoingBlock block) throws IOException {
        return switch (block) {
            case OutgoingBlock.Text text -> publish(key, text.lines());
            case OutgoingBlock.Data data when data.length() <= Limits.DHT.dataBytesMax() -> publish(key, whole(data));
            case OutgoingBlock.Data data ->
                drop(key, data.length() + " bytes of data, the DHT takes " + Limits.DHT.dataBytesMax());
        };
    }

    private Optional<String> publish(Key key, byte[] block) {
        return switch (dht.publish(key, block)) {
            case Publication.Published _, Publication.Unchanged _ -> Optional.empty();
            case Publication.Invalid(String reason) -> drop(key, reason);
            case Publication.Failed(String reason) -> Optional.of(reason);
        };
    }

    private static Optional<String> drop(Key key, String reason) {
        LOG.info("block {} for the DHT dropped: {}", key, reason);
        return Optional.empty();
    }

    private static byte[] whole(OutgoingBlock.Data data) throws IOException {
        byte[] dataLine = ("Data: " + data.length() + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer block = ByteBuffer.allocate(data.header().length + dataLine.length + (int) data.length());
        block.put(data.header()).put(dataLine);
        for (long at = data.position(); block.hasRemaining(); ) {
            int count = data.file().read(block, at);
            if (count < 0) {
                throw new EOFException("a queue entry became shorter while it was read");
            }
            at += count;
        }
        return block.array();
    }
}

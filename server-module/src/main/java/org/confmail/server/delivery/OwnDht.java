package org.confmail.server.delivery;

import java.io.IOException;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.delivery.peer.OutgoingBlock;

/** This server's own node of the DHT, as the place where {@code Post-To: entangled} leads. Safe for use by many threads. */
public interface OwnDht {

    /**
     * Publishes a block.
     *
     * @return empty when it was published, or is invalid and never will be; else why it must be tried again, in words
     * @throws IOException when the block cannot be read
     */
    Optional<String> publish(Key key, OutgoingBlock block) throws IOException;
}

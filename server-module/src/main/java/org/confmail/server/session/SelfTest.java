package org.confmail.server.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.confmail.server.block.Key;
import org.confmail.server.store.BlockStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What SELFTEST asks: does the path of a block into the store and back work, to the disk and through its lock, and is the sender
 * alive?
 */
public final class SelfTest {
    private static final Logger LOG = LoggerFactory.getLogger("selftest");

    private final BlockStore store;
    private final Key place;
    private final Supplier<Optional<Duration>> senderOverdue;

    /**
     * A test that always uses the same leaf of {@code store}, one of this server's own, so as not to fill it with leaves.
     *
     * @param senderOverdue for how long the sender has not run, where that is too long
     */
    public SelfTest(BlockStore store, String serverId, Supplier<Optional<Duration>> senderOverdue) {
        this.senderOverdue = senderOverdue;
        this.store = store;
        this.place = Key.sha1(serverId.getBytes(StandardCharsets.US_ASCII));
    }

    /** Runs the test; what failed, in a word for the answer, or empty. The log has the details, which are not for peers. */
    public Optional<String> failure() {
        try {
            store.probe(place);
        } catch (IOException e) {
            LOG.error("cannot write, force, read and remove a file in {}: {}", store.root(), e.toString());
            return Optional.of("STORE");
        }
        return senderOverdue.get().map(silence -> "SENDER " + silence.toSeconds());
    }
}

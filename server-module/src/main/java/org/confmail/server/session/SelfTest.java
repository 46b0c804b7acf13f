package org.confmail.server.session;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.store.BlockStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What SELFTEST asks: does the path of a block into the store and back work, to the disk and through its lock? */
public final class SelfTest {
    private static final Logger LOG = LoggerFactory.getLogger("selftest");

    private final BlockStore store;
    private final SecureRandom random;

    public SelfTest(BlockStore store, SecureRandom random) {
        this.store = store;
        this.random = random;
    }

    /** Runs the test; what failed, in words for the answer, or empty. The log has the details, which are not for peers. */
    Optional<String> failure() {
        byte[] anywhere = new byte[Key.BYTES];
        random.nextBytes(anywhere);
        try {
            store.probe(Key.of(anywhere));
            return Optional.empty();
        } catch (IOException e) {
            LOG.error("cannot write, force, read and remove a file in {}: {}", store.root(), e.toString());
            return Optional.of("STORE");
        }
    }
}

package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.store.BlockStore;
import org.confmail.server.time.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfTestTest {
    @TempDir
    Path root;

    @Test
    void senderThatDoesNotRunIsAFailureWithItsSeconds() {
        AtomicReference<Optional<Duration>> overdue = new AtomicReference<>(Optional.empty());
        BlockStore store = new BlockStore(root, new FileDisk(), "0123abcd", InstantSource.system(), Ticker.SYSTEM);
        SelfTest test = new SelfTest(store, "0123abcd", overdue::get);
        assertEquals(Optional.empty(), test.failure());
        overdue.set(Optional.of(Duration.ofMillis(961_900)));
        assertEquals(Optional.of("SENDER 961"), test.failure());
    }
}

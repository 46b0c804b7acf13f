package org.confmail.server.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.confmail.server.session.LogLines;
import org.confmail.server.time.ManualTime;
import org.junit.jupiter.api.Test;

class DiskReserveTest {
    private static final Path STORE = Path.of("/store");
    private static final Path HOME = Path.of("/home");
    private static final long MIB = 1 << 20;

    private final ManualTime time = new ManualTime();
    private final Map<Path, Long> free = new ConcurrentHashMap<>(Map.of(STORE, 1000 * MIB, HOME, 2000 * MIB));
    private final AtomicLong kept = new AtomicLong(512 * MIB);

    private DiskReserve reserve() {
        return new DiskReserve(List.of(STORE, HOME), this::bytes, kept::get, time, Runnable::run);
    }

    private long bytes(Path directory) throws IOException {
        Long bytes = free.get(directory);
        if (bytes == null) {
            throw new IOException("not mounted");
        }
        return bytes;
    }

    private void pass() {
        time.advance(DiskReserve.PERIOD);
    }

    @Test
    void blocksAreRefusedBelowTheReserveAndTakenAgainAboveIt() {
        try (LogLines log = LogLines.record();
                DiskReserve reserve = reserve()) {
            assertFalse(reserve.isReached());
            free.put(HOME, 511 * MIB);
            assertFalse(reserve.isReached());
            pass();
            assertTrue(reserve.isReached());
            assertEquals(new DiskReserve.State(true, HOME, 511 * MIB, 512 * MIB), reserve.state());
            free.put(HOME, 513 * MIB); // hardly any more
            pass();
            assertTrue(reserve.isReached());
            free.put(HOME, 600 * MIB);
            pass();
            pass();
            assertFalse(reserve.isReached());
            assertEquals(
                    List.of("only 511 MiB are free on the disk of " + HOME
                            + ", less than disk_reserve, 512 MiB: new blocks"
                            + " are refused, clients are told FAILED. Free space there, or prune: 'confmail-admin prune',"
                            + " Storage in the console, or -storutil."),
                    log.messages(Level.ERROR));
            assertEquals(
                    List.of("600 MiB are free on the disk of " + HOME + ": new blocks are taken again"),
                    log.messages(Level.WARN));
        }
    }

    @Test
    void fullDiskIsSeenFromTheStart() {
        free.put(STORE, 0L);
        try (DiskReserve reserve = reserve()) {
            assertTrue(reserve.isReached());
        }
    }

    @Test
    void withoutAReserveBlocksAreTakenAsLongAsTheyFit() {
        free.put(STORE, 0L);
        kept.set(0);
        try (DiskReserve reserve = reserve()) {
            assertFalse(reserve.isReached());
            kept.set(1); // config.txt was read again
            pass();
            assertTrue(reserve.isReached());
        }
    }

    @Test
    void whereTheSpaceCannotBeToldTheStateStaysAndIsSaidOnce() {
        try (LogLines log = LogLines.record();
                DiskReserve reserve = reserve()) {
            free.remove(HOME);
            pass();
            pass();
            assertFalse(reserve.isReached());
            assertEquals(1, log.messages(Level.WARN).size());
            assertTrue(log.messages(Level.WARN).getFirst().contains(" in " + HOME + ": "));
        }
    }

    @Test
    void diskThatCannotBeAskedDoesNotHideThatTheOtherIsFull() {
        try (DiskReserve reserve = reserve()) {
            free.remove(STORE);
            free.put(HOME, 1 * MIB);
            pass();
            assertTrue(reserve.isReached());
            assertEquals(HOME, reserve.state().directory());
            free.remove(HOME); // what is not known is not enough
            free.put(STORE, 1000 * MIB);
            pass();
            assertTrue(reserve.isReached());
            free.put(HOME, 1000 * MIB);
            pass();
            assertFalse(reserve.isReached());
        }
    }
}

package org.confmail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.store.LeafLocks.Held;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class LeafLocksTest {
    private static final long JUST_TOO_LONG = LeafLocks.PATIENCE.toNanos() + 1;

    @TempDir
    Path root;

    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 1); // a ticker may overflow
    private final FaultyDisk disk = new FaultyDisk(new FileDisk());
    private final LeafLocks locks = new LeafLocks(disk, time::get);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void noLockIsLeft() {
        threads.shutdownNow();
        assertEquals(0, locks.inUse());
    }

    private Leaf leaf(String name) throws IOException {
        Leaf leaf = Leaf.of(root, Key.sha1(Blocks.bytes(name)));
        Files.createDirectories(leaf.directory());
        return leaf;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, "waited in vain");
            LockSupport.parkNanos(100_000);
        }
    }

    private <T> T soon(Future<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private long tries(Leaf leaf) {
        return operations("lock", leaf);
    }

    private long operations(String name, Leaf leaf) {
        return disk.operations().stream()
                .filter((name + " " + leaf.lockFile())::equals)
                .count();
    }

    private Callable<String> taking(Leaf leaf) {
        return () -> {
            try (Held held = locks.take(leaf)) {
                return held == null ? "" : "taken";
            }
        };
    }

    private Holder holder(Holder.Language language, Leaf leaf) throws IOException {
        Optional<Holder> holder = Holder.start(language, leaf.lockFile());
        assumeTrue(holder.isPresent(), "this machine has no " + language);
        return holder.get();
    }

    @ParameterizedTest
    @EnumSource
    void lockOfAnotherProcessHoldsUpItsLeafOnlyAndNotForEver(Holder.Language language) throws Exception {
        Leaf held = leaf("held");
        try (Holder holder = holder(language, held)) {
            assertEquals(Optional.of("LOCKED"), holder.said());
            Future<String> first = threads.submit(taking(held));
            await(() -> tries(held) > 2);
            Future<String> second = threads.submit(taking(held)); // behind the first, in this process
            await(() -> locks.inUse() == 1);
            assertEquals("taken", soon(threads.submit(taking(leaf("free")))));

            time.addAndGet(JUST_TOO_LONG);
            Throwable why = assertThrows(ExecutionException.class, () -> soon(first));
            assertTrue(
                    why.toString()
                            .endsWith("LeafBusyException: no lock on " + held.directory()
                                    + " within 8 s: another process holds LOCKFILE"),
                    why::toString);
            await(() -> {
                time.addAndGet(JUST_TOO_LONG); // it may not have looked at the clock before
                return second.isDone();
            });
            assertInstanceOf(
                    LeafBusyException.class,
                    assertThrows(ExecutionException.class, () -> soon(second)).getCause());
        }
        assertEquals("taken", soon(threads.submit(taking(held))));
    }

    @ParameterizedTest
    @EnumSource
    void writerGoesOnAsSoonAsTheOtherProcessIsDone(Holder.Language language) throws Exception {
        Leaf held = leaf("held");
        Future<String> writer;
        try (Holder holder = holder(language, held)) {
            assertEquals(Optional.of("LOCKED"), holder.said());
            writer = threads.submit(taking(held));
            await(() -> tries(held) > 2);
            assertEquals(1, operations("open lock", held), "a try is to cost little");
        }
        assertEquals("taken", soon(writer));
    }

    @ParameterizedTest
    @EnumSource
    void otherProcessesSeeOurLock(Holder.Language language) throws Exception {
        Leaf leaf = leaf("ours");
        try (Held held = locks.take(leaf)) {
            assertEquals(1, locks.inUse(), held::toString);
            try (Holder holder = holder(language, leaf)) {
                assertEquals(Optional.of("BUSY"), holder.said());
            }
        }
        try (Holder holder = holder(language, leaf)) {
            assertEquals(Optional.of("LOCKED"), holder.said());
        }
    }

    @Test
    void oneThreadAtATimeIsInALeaf() throws Exception {
        Leaf leaf = leaf("contended");
        Path counter = Files.writeString(root.resolve("counter"), "0");
        int rounds = 25;
        List<Future<?>> done = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            done.add(threads.submit(() -> {
                for (int round = 0; round < rounds; round++) {
                    try (Held _ = locks.take(leaf)) {
                        Files.writeString(counter, "" + (Integer.parseInt(Files.readString(counter)) + 1));
                    }
                }
                return null;
            }));
        }
        for (Future<?> each : done) {
            soon(each);
        }
        assertEquals("" + 8 * rounds, Files.readString(counter));
    }

    @Test
    void followersGetTheLockHandedOnUntilTheirTurnIsOver() throws Exception {
        Leaf leaf = leaf("busy");
        assertEquals(1, opensOfFollowers(leaf, () -> {}));
        assertEquals(2, opensOfFollowers(leaf, () -> time.addAndGet(TimeUnit.SECONDS.toNanos(1))));
    }

    @ParameterizedTest
    @EnumSource
    void processThatWaitsGetsItsTurnThoughThreadsFollowOneAnotherWithoutEnd(Holder.Language language) throws Exception {
        Leaf leaf = leaf("busy");
        LeafLocks busy = new LeafLocks(new FileDisk(), System::nanoTime);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger writes = new AtomicInteger();
        List<Future<?>> writers = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            writers.add(threads.submit(() -> {
                while (!stop.get()) {
                    try (Held _ = busy.take(leaf)) {
                        LockSupport.parkNanos(1_000_000);
                        writes.incrementAndGet();
                    }
                }
                return null;
            }));
        }
        await(() -> writes.get() > 10);
        try (Holder holder = Holder.start(language, leaf.lockFile(), Holder.Otherwise.WAIT)
                .orElseGet(() -> abort("this machine has no " + language))) {
            assertEquals(Optional.of("LOCKED"), holder.said());
            stop.set(true);
        }
        for (Future<?> writer : writers) {
            soon(writer);
        }
        assertEquals(0, busy.inUse());
    }

    /** How often the lock is opened for three of which two wait while {@code meanwhile} happens. */
    private long opensOfFollowers(Leaf leaf, Runnable meanwhile) throws Exception {
        long before = operations("open lock", leaf);
        List<Future<String>> followers = new ArrayList<>();
        try (Held _ = locks.take(leaf)) {
            followers.add(threads.submit(taking(leaf)));
            followers.add(threads.submit(taking(leaf)));
            await(() -> locks.users(leaf) == 3);
            meanwhile.run();
        }
        for (Future<String> follower : followers) {
            assertEquals("taken", soon(follower));
        }
        assertEquals(0, locks.inUse());
        return operations("open lock", leaf) - before;
    }

    @Test
    void writersInDifferentLeavesDoNotWaitForEachOther() throws Exception {
        try (Held one = locks.take(leaf("one"))) {
            assertEquals("taken", soon(threads.submit(taking(leaf("two")))), one::toString);
        }
    }

    @Test
    void interruptedWriterGivesUp() throws Exception {
        Leaf leaf = leaf("ours");
        CountDownLatch started = new CountDownLatch(1);
        try (Held _ = locks.take(leaf)) {
            Future<String> waiting = threads.submit(() -> {
                Thread.currentThread().interrupt();
                started.countDown();
                return taking(leaf).call();
            });
            assertInstanceOf(
                    LeafBusyException.class,
                    assertThrows(ExecutionException.class, () -> soon(waiting)).getCause());
            assertTrue(started.await(1, TimeUnit.SECONDS));
        }
        assertEquals("taken", soon(threads.submit(taking(leaf))));
    }

    @Test
    void lockThatFailsLeavesNothingBehind() throws Exception {
        Leaf leaf = leaf("failing");
        disk.failAt(1);
        assertThrows(IOException.class, () -> locks.take(leaf));
        assertEquals(0, locks.inUse());
        assertEquals("taken", soon(threads.submit(taking(leaf))));
    }
}

package org.confmail.server.upkeep;

import static org.confmail.server.upkeep.TestStore.NOW;
import static org.confmail.server.upkeep.TestStore.OLD;
import static org.confmail.server.upkeep.TestStore.acknowledgment;
import static org.confmail.server.upkeep.TestStore.held;
import static org.confmail.server.upkeep.TestStore.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.confmail.server.disk.Disk.HeldLock;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.home.Home;
import org.confmail.server.session.Await;
import org.confmail.server.time.ManualTime;
import org.confmail.server.time.Ticker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutomaticPruneTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration AFTER_START = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMinutes(1);

    @TempDir
    Path root;

    private final ManualTime time = new ManualTime();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final AtomicReference<Duration> interval = new AtomicReference<>(DAY);
    private Home home;
    private TestStore store;
    private UtilityLock lock;
    private UpkeepRuns runs;

    @BeforeEach
    void make() throws IOException {
        home = Home.at(root);
        store = new TestStore(root);
        lock = new UtilityLock(home, new FileDisk());
        runs = new UpkeepRuns(store.upkeep(), lock, now::get, time);
    }

    private AutomaticPrune prune(boolean entangled) {
        return new AutomaticPrune(runs, interval::get, entangled, home, new FileDisk(), now::get, time, Runnable::run);
    }

    private Path old(String name) throws IOException {
        return store.lay(name, acknowledgment(OLD));
    }

    private void awaitEnd(AutomaticPrune prune, Instant moment) throws Exception {
        Await.until("the end of a prune", () -> prune.last().equals(Optional.of(moment)));
    }

    @Test
    void prunesSomeTimeAfterTheStartAndThenAtItsInterval() throws Exception {
        Path first = old("first");
        Path held = TestStore.lay(store.entangled, key("held"), held(acknowledgment(OLD)));
        try (AutomaticPrune prune = prune(false)) {
            time.advance(LOOK);
            assertEquals(Optional.empty(), runs.current());
            time.advance(AFTER_START);
            awaitEnd(prune, NOW);
            assertFalse(Files.exists(first));
            assertTrue(Files.exists(held)); // the node's own affair

            Path second = old("second");
            now.set(NOW.plus(DAY).minusSeconds(1));
            time.advance(LOOK);
            assertEquals(Optional.empty(), runs.current());
            assertTrue(Files.exists(second));
            now.set(NOW.plus(DAY));
            time.advance(LOOK);
            awaitEnd(prune, NOW.plus(DAY));
            assertFalse(Files.exists(second));
        }
    }

    @Test
    void remembersOverAStartWhenItPrunedLast() throws Exception {
        try (AutomaticPrune prune = prune(true)) {
            time.advance(AFTER_START);
            awaitEnd(prune, NOW);
            Await.until(
                    "what is written", () -> Files.exists(home.storageUtility().resolve("pruned")));
        }
        Path block = old("block");
        Path held = TestStore.lay(store.entangled, key("held"), held(acknowledgment(OLD)));
        now.set(NOW.plusSeconds(100));
        try (AutomaticPrune prune = prune(true)) {
            assertEquals(Optional.of(NOW), prune.last());
            time.advance(AFTER_START);
            assertEquals(Optional.empty(), runs.current());
            assertTrue(Files.exists(block));
            now.set(NOW.minusSeconds(100)); // it was another clock
            assertTrue(prune.state().next().orElseThrow().isBefore(NOW.plus(DAY)));
            time.advance(LOOK);
            awaitEnd(prune, NOW.minusSeconds(100));
            assertFalse(Files.exists(block));
            assertFalse(Files.exists(held));
        }
    }

    @Test
    void prunesNothingWhereItIsOff() throws Exception {
        interval.set(Duration.ZERO);
        Path block = old("block");
        try (AutomaticPrune prune = prune(true)) {
            time.advance(AFTER_START);
            assertEquals(Optional.empty(), prune.last());
            assertTrue(Files.exists(block));
            interval.set(DAY);
            time.advance(LOOK);
            awaitEnd(prune, NOW);
            assertFalse(Files.exists(block));
        }
    }

    @Test
    void pruneThatADefectEndsIsToldAndWaitsForItsNextTurn() throws Exception {
        Upkeep broken = store.upkeep(
                () -> {
                    throw new IllegalStateException("a defect");
                },
                NOW,
                Ticker.SYSTEM);
        runs = new UpkeepRuns(broken, lock, now::get, time);
        try (AutomaticPrune prune = prune(true)) {
            time.advance(AFTER_START);
            awaitEnd(prune, NOW);
            assertTrue(prune.state().problem().orElseThrow().contains("a defect"));
        }
    }

    @Test
    void givesWayToTheStorageUtility() throws Exception {
        Path block = old("block");
        try (AutomaticPrune prune = prune(true)) {
            try (HeldLock _ = lock.tryTake().orElseThrow()) {
                time.advance(AFTER_START);
                awaitEnd(prune, NOW);
            }
            assertTrue(Files.exists(block));
            assertTrue(prune.state().problem().orElseThrow().contains(lock.file() + " is held"));
            now.set(NOW.plus(DAY));
            time.advance(LOOK);
            awaitEnd(prune, NOW.plus(DAY));
            assertFalse(Files.exists(block));
            assertEquals(
                    new AutomaticPrune.State(
                            DAY,
                            true,
                            Optional.of(NOW.plus(DAY)),
                            Optional.of(NOW.plus(DAY).plus(DAY)),
                            Optional.empty()),
                    prune.state());
        }
        assertTrue(lock.tryTake().isPresent());
    }

    @Test
    void pruneThatAnOperatorCancelsWaitsForItsNextTurn() throws Exception {
        for (int i = 0; i < 500; i++) {
            old("block " + i);
        }
        try (AutomaticPrune prune = prune(true)) {
            assertEquals(Optional.of(NOW.plus(AFTER_START)), prune.state().next());
            time.advance(AFTER_START);
            runs.current().orElseThrow().cancel();
            awaitEnd(prune, NOW);
            Await.until("what came of it", () -> prune.state().problem().equals(Optional.of("it was cancelled")));
            assertEquals(Optional.of(NOW.plus(DAY)), prune.state().next());
            time.advance(LOOK);
            assertEquals(1, runs.last().getFirst().ordered().number());
        }
    }

    @Test
    void reportIsKeptForAnHour() throws Exception {
        CompletableFuture<UpkeepRuns.End> end = new CompletableFuture<>();
        Order report = new Order(false, false, false, Duration.ZERO, Optional.of(new Order.ReportOrder(512)));
        runs.start(UpkeepRuns.Kind.REPORT, "me", report, end::complete);
        end.get(5, TimeUnit.SECONDS);
        assertEquals(1, runs.report().orElseThrow().run());
        time.advance(UpkeepRuns.REPORT_KEPT.minusSeconds(1));
        assertTrue(runs.report().isPresent());
        time.advance(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), runs.report());
    }

    @Test
    void runInTheBackgroundIsWatchedAndEnded() throws Exception {
        for (int i = 0; i < 50; i++) {
            old("block " + i);
        }
        CompletableFuture<UpkeepRuns.End> end = new CompletableFuture<>();
        CountDownLatch second = new CountDownLatch(1);
        Order slow = new Order(true, false, false, Duration.ofMillis(20), Optional.empty());
        UpkeepRuns.Start.Begun begun = assertInstanceOf(
                UpkeepRuns.Start.Begun.class, runs.start(UpkeepRuns.Kind.PRUNE, "me", slow, end::complete));
        assertEquals(
                new UpkeepRuns.Start.Busy(begun.run()),
                runs.start(UpkeepRuns.Kind.REPORT, "me", slow, other -> second.countDown()));
        assertEquals(
                new UpkeepRuns.Ordered(1, UpkeepRuns.Kind.PRUNE, "me", NOW, slow),
                runs.current().orElseThrow().ordered());
        Await.until(
                "the first deleted",
                () -> runs.current().flatMap(UpkeepRuns.Run::progress).stream()
                        .anyMatch(progress -> progress.deleted() > 0));
        runs.close();
        UpkeepRuns.End.Done done = (UpkeepRuns.End.Done) end.get(5, TimeUnit.SECONDS);
        assertFalse(done.result().complete());
        assertEquals(1, second.getCount());
        assertEquals(
                List.of(1L),
                runs.last().stream().map(each -> each.ordered().number()).toList());
        assertEquals(Optional.empty(), runs.current());
    }
}

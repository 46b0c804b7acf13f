package org.confmail.server.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.confmail.server.time.Scheduler.Scheduled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SystemSchedulerTest {
    private static final Duration SOON = Duration.ofMillis(1);

    private final SystemScheduler scheduler = new SystemScheduler();

    @AfterEach
    void close() {
        scheduler.close();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(10, TimeUnit.SECONDS));
    }

    @Test
    void taskRunsOnceAfterItsDelayInADaemonThread() throws InterruptedException {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch later = new CountDownLatch(1);
        long started = System.nanoTime();
        Duration delay = Duration.ofMillis(20);
        scheduler.after(delay, () -> {
            thread.complete(Thread.currentThread());
            runs.incrementAndGet();
            assertTrue(System.nanoTime() - started >= delay.toNanos());
            scheduler.after(SOON, later::countDown);
        });
        await(later);
        assertEquals(1, runs.get());
        assertTrue(thread.join().isDaemon());
        assertEquals("scheduler", thread.join().getName());
    }

    @Test
    void periodicTaskGoesOnWhateverItThrows() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(3);
        scheduler.every(SOON, () -> {
            runs.countDown();
            switch ((int) runs.getCount()) {
                case 2 -> throw new IllegalStateException("for the test");
                case 1 -> throw new AssertionError("for the test");
                default -> {}
            }
        });
        await(runs);
    }

    @Test
    void cancelledTaskDoesNotRun() throws InterruptedException {
        AtomicBoolean ran = new AtomicBoolean();
        CountDownLatch later = new CountDownLatch(1);
        Scheduled cancelled = scheduler.after(Duration.ofMillis(50), () -> ran.set(true));
        scheduler.after(Duration.ofMillis(100), later::countDown);
        cancelled.cancel();
        cancelled.cancel();
        await(later);
        assertFalse(ran.get());
    }

    @Test
    void closedSchedulerRunsNothingMore() throws InterruptedException {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CountDownLatch running = new CountDownLatch(1);
        scheduler.after(SOON, () -> {
            thread.complete(Thread.currentThread());
            running.countDown();
        });
        await(running);
        AtomicBoolean ran = new AtomicBoolean();
        scheduler.after(Duration.ofHours(1), () -> ran.set(true));
        scheduler.close();
        thread.join().join(10_000);
        assertFalse(thread.join().isAlive());
        assertFalse(ran.get());
    }
}

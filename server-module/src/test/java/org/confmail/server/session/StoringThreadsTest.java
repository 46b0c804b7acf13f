package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoringThreadsTest {
    private final StoringThreads threads = new StoringThreads();

    @Test
    void runsOnAThreadOfTheSystemOfTheSameName() throws Exception {
        assertEquals(
                "connection-7",
                onVirtual(() -> threads.run(() -> Thread.currentThread().getName())));
        assertFalse(onVirtual(() -> threads.run(() -> Thread.currentThread().isVirtual())));
    }

    @Test
    void whoFindsNoThreadFreeGoesOnInItsOwn() throws Exception {
        CountDownLatch taken = new CountDownLatch(StoringThreads.THREADS_MAX);
        CountDownLatch end = new CountDownLatch(1);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var holding = IntStream.range(0, StoringThreads.THREADS_MAX)
                    .mapToObj(number -> executor.submit(() -> threads.run(() -> {
                        taken.countDown();
                        return await(end);
                    })))
                    .toList();
            taken.await();
            assertTrue(onVirtual(() -> threads.run(() -> Thread.currentThread().isVirtual())));
            end.countDown();
            for (Future<Boolean> one : holding) {
                assertTrue(one.get());
            }
        }
        assertFalse(onVirtual(() -> threads.run(() -> Thread.currentThread().isVirtual())));
    }

    @Test
    void whereTheSystemHasNoThreadTheSessionGoesOnInItsOwn() throws Exception {
        StoringThreads none = new StoringThreads(_ -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        for (int i = 0; i <= StoringThreads.THREADS_MAX; i++) {
            assertTrue(onVirtual(() -> none.run(() -> Thread.currentThread().isVirtual())));
        }
    }

    @Test
    void aFailureReachesTheCallerAndFreesTheThread() {
        for (int i = 0; i <= StoringThreads.THREADS_MAX; i++) {
            var e = assertThrows(
                    CompletionException.class,
                    () -> threads.run(() -> {
                        throw new IllegalStateException(
                                Thread.currentThread().isVirtual() ? "virtual" : "of the system");
                    }));
            assertEquals("of the system", Objects.requireNonNull(e.getCause()).getMessage());
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static <T> T onVirtual(Callable<T> call) throws Exception {
        try (var executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("connection-7").factory())) {
            return executor.submit(call).get();
        }
    }
}

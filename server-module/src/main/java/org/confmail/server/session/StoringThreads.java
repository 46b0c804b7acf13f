package org.confmail.server.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Threads of the system for sessions that store block after block. A STORE waits for the disk two or three times, and each time
 * the scheduler of virtual threads wakes another thread in the place of the one that waits, mostly in vain; a thread of the
 * system stores for about a tenth less processor time. For all other commands a virtual thread is the cheaper one.
 */
final class StoringThreads {
    /** More than a disk has use for at once. Those who find no thread free go on in their virtual one. */
    static final int THREADS_MAX = 64;

    private final Semaphore free = new Semaphore(THREADS_MAX);
    private final Executor threads;

    StoringThreads() {
        this(StoringThreads::start);
    }

    /** @param threads throws {@link OutOfMemoryError} where the system has no thread to give */
    StoringThreads(Executor threads) {
        this.threads = threads;
    }

    /** Runs {@code part} of a session on a thread of the system while the calling one waits, or on that where none is free. */
    <T> T run(Supplier<T> part) {
        if (!free.tryAcquire()) {
            return part.get();
        }
        try {
            CompletableFuture<T> result;
            try {
                result = CompletableFuture.supplyAsync(part, threads);
            } catch (OutOfMemoryError e) { // no thread to be had, and nothing done yet
                return part.get();
            }
            return result.join();
        } finally {
            free.release();
        }
    }

    private static void start(Runnable part) {
        String name = Thread.currentThread().getName(); // the connection's, which the log shows
        Thread.ofPlatform().daemon().name(name).start(part);
    }
}

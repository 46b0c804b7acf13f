package org.confmail.server.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work that several threads do at once. */
final class Load {
    private Load() {}

    /** Runs {@code work} for each number below {@code threads}, each in a thread of its own; returns when all are done. */
    static void inThreads(int threads, Work work) throws ExecutionException, InterruptedException {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                running.add(executor.submit(() -> {
                    work.run(number);
                    return number;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    interface Work {
        void run(int thread) throws IOException;
    }
}

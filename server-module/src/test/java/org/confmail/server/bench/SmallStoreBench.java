package org.confmail.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.confmail.server.bench.ServerBench.Bench;

/**
 * Rate of durable STOREs of distinct acknowledgments on 16 connections, beside that of the same operations on files alone from
 * 16 threads. Once into leaf directories that are not there yet (the first-level directories are), once into 256 that are.
 * Nothing is deleted on the way, and nothing much should have been deleted on that disk in the last five minutes: ext4 without a
 * journal searches for inodes that were not, which can cost more than all the rest on both sides.
 */
final class SmallStoreBench {
    private static final int CONNECTIONS = 16;
    private static final int BLOCKS = 1_600;
    /**
     * Rounds before the figures count. It takes some 30,000 STOREs until the compiler, which has the same processors, is
     * through with the server: seen as processor time of its threads.
     */
    private static final int WARM_UP = 12;
    /** Acknowledgments with smaller numbers are for the leaves that exist. */
    private static final int NEW_LEAVES_FROM = 1_000_000;

    private final Instant now = Instant.now();
    private final FileWork files;
    private final MeasuredProcess server;
    private final List<TlsClient> clients = new ArrayList<>();
    private int next;

    private SmallStoreBench(Bench bench, MeasuredProcess server, BenchHome home) throws IOException {
        this.server = server;
        files = new FileWork(Files.createDirectory(bench.scratch().resolve("files")));
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(TlsClient.server(home));
        }
    }

    static void run(Bench bench) throws IOException, InterruptedException, ExecutionException {
        BenchHome home = BenchHome.make(bench.scratch().resolve("home"), 100);
        try (MeasuredProcess server = new Launch(bench.options()).server(home)) {
            SmallStoreBench self = new SmallStoreBench(bench, server, home);
            for (int round = 0; round < WARM_UP; round++) {
                self.existingLeaves(new Sides());
                self.newLeaves(new Sides());
            }
            Sides existing = new Sides();
            Sides fresh = new Sides();
            for (int run = 0; run < bench.options().runs(); run++) {
                self.existingLeaves(existing);
                self.newLeaves(fresh);
            }
            existing.report(bench.report(), "existing leaves");
            fresh.report(bench.report(), "new leaves");
        }
    }

    private void existingLeaves(Sides sides) throws InterruptedException, ExecutionException {
        round(sides, number -> BenchBlock.acknowledgmentInFewLeaves(number, now), next);
    }

    private void newLeaves(Sides sides) throws InterruptedException, ExecutionException {
        round(sides, number -> BenchBlock.acknowledgment(number, now), NEW_LEAVES_FROM + next);
    }

    private void round(Sides sides, IntFunction<BenchBlock> block, int first)
            throws InterruptedException, ExecutionException {
        next += BLOCKS;
        List<BenchBlock> blocks = IntStream.range(first, first + BLOCKS)
                .parallel()
                .mapToObj(block)
                .toList();
        List<byte[]> requests = blocks.stream().map(BenchBlock::storeRequest).toList();
        long used = server.processorTime().toNanos();
        long usedByClient = ownProcessorNanos();
        sides.server.add(rate(thread -> {
            for (int i = thread; i < BLOCKS; i += CONNECTIONS) {
                clients.get(thread).store(requests.get(i));
            }
        }));
        sides.serverProcessor.add((server.processorTime().toNanos() - used) / 1000.0 / BLOCKS);
        sides.clientProcessor.add((ownProcessorNanos() - usedByClient) / 1000.0 / BLOCKS);
        used = ownProcessorNanos();
        sides.files.add(rate(thread -> {
            for (int i = thread; i < BLOCKS; i += CONNECTIONS) {
                files.save(blocks.get(i));
            }
        }));
        sides.filesProcessor.add((ownProcessorNanos() - used) / 1000.0 / BLOCKS);
    }

    private static double rate(Load.Work work) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        Load.inThreads(CONNECTIONS, work);
        return BLOCKS / ((System.nanoTime() - start) / 1e9);
    }

    private static long ownProcessorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    /** The figures of the server and of the files alone. */
    private record Sides(
            Samples server, Samples files, Samples serverProcessor, Samples clientProcessor, Samples filesProcessor) {
        Sides() {
            this(new Samples(), new Samples(), new Samples(), new Samples(), new Samples());
        }

        void report(Report report, String where) {
            report.atLeast("small STOREs, " + CONNECTIONS + " connections, " + where, "/s", server, files, 0.7);
            report.note("  processor time of the server", "us", serverProcessor);
            report.note("  processor time of the client, on the same processors", "us", clientProcessor);
            report.note("  processor time of the files alone", "us", filesProcessor);
        }
    }
}

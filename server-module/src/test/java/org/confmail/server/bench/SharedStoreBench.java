package org.confmail.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.confmail.server.bench.ServerBench.Bench;
import org.confmail.server.block.Blocks;

/**
 * Rate of durable STOREs of three servers on one store together, beside that of one alone, with as many connections in all. Once
 * of distinct acknowledgments in 256 leaves, once of announcements into one mailbox, which is one file under one lock.
 */
final class SharedStoreBench implements AutoCloseable {
    private static final int SERVERS = 3;
    private static final int CONNECTIONS = 12;
    private static final int BLOCKS = 1_200;
    private static final int ANNOUNCEMENTS = 240;
    /**
     * Rounds before the figures count, of which each of the three servers does a third. It takes some 30,000 STOREs until the
     * compiler is through with a server, and three servers have three compilers on the same processors.
     */
    private static final int WARM_UP = 75;

    private final Instant now = Instant.now();
    private final Side together;
    private final Side alone;
    private int next;

    private SharedStoreBench(Bench bench) throws IOException {
        together = new Side(bench, "together", SERVERS);
        alone = new Side(bench, "alone", 1);
    }

    static void run(Bench bench) throws IOException, InterruptedException, ExecutionException {
        try (SharedStoreBench self = new SharedStoreBench(bench)) {
            for (int round = 0; round < WARM_UP; round++) {
                self.manyLeaves(new Sides());
                self.oneMailbox(new Sides());
            }
            Sides leaves = new Sides();
            Sides mailbox = new Sides();
            for (int run = 0; run < bench.options().runs(); run++) {
                self.manyLeaves(leaves);
                self.oneMailbox(mailbox);
            }
            leaves.report(bench.report(), "256 leaves");
            mailbox.report(bench.report(), "one mailbox");
        }
    }

    private void manyLeaves(Sides sides) throws InterruptedException, ExecutionException {
        round(sides, BLOCKS, number -> BenchBlock.acknowledgmentInFewLeaves(number, now));
    }

    private void oneMailbox(Sides sides) throws InterruptedException, ExecutionException {
        String recipient = Blocks.hash("recipient " + next);
        round(sides, ANNOUNCEMENTS, number -> BenchBlock.announcement(recipient, number, now));
    }

    /** Both sides get the same blocks, so that both stores are as full; who comes first takes turns. */
    private void round(Sides sides, int count, IntFunction<BenchBlock> block)
            throws InterruptedException, ExecutionException {
        int first = next;
        next += count;
        List<byte[]> requests = IntStream.range(first, first + count)
                .parallel()
                .mapToObj(number -> block.apply(number).storeRequest())
                .toList();
        if (sides.turn++ % 2 == 1) {
            alone.store(requests, sides.alone);
            together.store(requests, sides.together);
        } else {
            together.store(requests, sides.together);
            alone.store(requests, sides.alone);
        }
    }

    @Override
    public void close() throws IOException {
        together.close();
        alone.close();
    }

    /** Servers on one store, and their clients. */
    private static final class Side {
        private final List<MeasuredProcess> processes = new ArrayList<>();
        private final List<TlsClient> clients = new ArrayList<>();

        Side(Bench bench, String name, int servers) throws IOException {
            Path store = Files.createDirectory(bench.scratch().resolve("store-" + name));
            List<BenchHome> homes = new ArrayList<>();
            for (int server = 0; server < servers; server++) {
                BenchHome home = BenchHome.sharing(bench.scratch().resolve(name + server), store, 100);
                processes.add(new Launch(bench.options()).server(home));
                homes.add(home);
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(TlsClient.server(homes.get(i % servers)));
            }
        }

        void store(List<byte[]> requests, Figures figures) throws InterruptedException, ExecutionException {
            long used = processorNanos();
            long start = System.nanoTime();
            Load.inThreads(CONNECTIONS, thread -> {
                for (int i = thread; i < requests.size(); i += CONNECTIONS) {
                    clients.get(thread).store(requests.get(i));
                }
            });
            figures.rate.add(requests.size() / ((System.nanoTime() - start) / 1e9));
            figures.processor.add((processorNanos() - used) / 1000.0 / requests.size());
        }

        private long processorNanos() {
            return processes.stream()
                    .mapToLong(process -> process.processorTime().toNanos())
                    .sum();
        }

        void close() throws IOException {
            for (MeasuredProcess process : processes) {
                process.close();
            }
        }
    }

    /**
     * Figures of a side, run by run.
     *
     * @param rate STOREs a second
     * @param processor the servers' processor time for a STORE, in microseconds
     */
    private record Figures(Samples rate, Samples processor) {
        Figures() {
            this(new Samples(), new Samples());
        }
    }

    /** The figures of both, or of the three alone. */
    private static final class Sides {
        final Figures together = new Figures();
        final Figures alone = new Figures();
        int turn;

        void report(Report report, String where) {
            report.atLeast("STOREs of 3 servers beside 1, " + where, "/s", together.rate, alone.rate, 1);
            report.note("  processor time of the three", "us", together.processor);
            report.note("  processor time of the one", "us", alone.processor);
        }
    }
}

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
 * Rate of durable STOREs of three servers on one store together, beside that of one alone. Once of distinct acknowledgments in 256
 * leaves, once of announcements into one mailbox, which is one file under one lock; each with connections of its own for each
 * server, and with as many connections in all.
 *
 * <p>The last says less of the locks. In the leaves: where few processors are busy all the time, three processes are slower than one
 * because they take the caches from one another; how much that is, bare references show that do nothing but write files. In the
 * mailbox: one server joins the posts of all twelve in one write, each of three those of its four.
 */
final class SharedStoreBench implements AutoCloseable {
    private static final int SERVERS = 3;
    private static final int CONNECTIONS_EACH = 4;
    private static final int CONNECTIONS = SERVERS * CONNECTIONS_EACH;
    private static final int BLOCKS = 1_200;
    private static final int ANNOUNCEMENTS = 960;
    /**
     * Rounds before the figures count, of which each of the three servers does a third. It takes some 30,000 STOREs until the
     * compiler is through with a server, and three servers have three compilers on the same processors.
     */
    private static final int WARM_UP = 75;

    private final Instant now = Instant.now();
    private final Pair servers;
    private final Pair bare;
    private int next;

    private SharedStoreBench(Bench bench) throws IOException {
        servers = new Pair(bench, "server", (launch, home, store) -> {
            MeasuredProcess process = launch.server(home);
            return new Started(process, request -> TlsClient.server(home));
        });
        bare = new Pair(bench, "bare", (launch, home, store) -> {
            MeasuredProcess process = launch.referenceWithFiles(home, store);
            int port = TlsReference.port(process);
            return new Started(process, request -> TlsClient.reference(port, request, TlsClient.DONE.length));
        });
    }

    static void run(Bench bench) throws IOException, InterruptedException, ExecutionException {
        try (SharedStoreBench self = new SharedStoreBench(bench)) {
            for (int round = 0; round < WARM_UP; round++) {
                self.manyLeaves(self.servers, CONNECTIONS, new Sides());
                self.oneMailbox(CONNECTIONS, new Sides());
                self.manyLeaves(self.bare, CONNECTIONS, new Sides());
            }
            Sides leavesEach = new Sides();
            Sides mailboxEach = new Sides();
            Sides leaves = new Sides();
            Sides mailbox = new Sides();
            Sides files = new Sides();
            for (int run = 0; run < bench.options().runs(); run++) {
                self.manyLeaves(self.servers, CONNECTIONS_EACH, leavesEach);
                self.oneMailbox(CONNECTIONS_EACH, mailboxEach);
                self.manyLeaves(self.servers, CONNECTIONS, leaves);
                self.manyLeaves(self.bare, CONNECTIONS, files);
                self.oneMailbox(CONNECTIONS, mailbox);
            }
            Report report = bench.report();
            leavesEach.report(report, "256 leaves, 4 connections each");
            mailboxEach.report(report, "one mailbox, 4 connections each");
            leaves.report(report, "256 leaves, 12 in all");
            report.note("  the same of bare references", "ratio", files.together.rate.dividedBy(files.alone.rate));
            mailbox.report(report, "one mailbox, 12 in all");
        }
    }

    private void manyLeaves(Pair pair, int ofOne, Sides sides) throws InterruptedException, ExecutionException {
        pair.round(ofOne, sides, requests(BLOCKS, number -> BenchBlock.acknowledgmentInFewLeaves(number, now)));
    }

    private void oneMailbox(int ofOne, Sides sides) throws InterruptedException, ExecutionException {
        String recipient = Blocks.hash("recipient " + next);
        servers.round(ofOne, sides, requests(ANNOUNCEMENTS, number -> BenchBlock.announcement(recipient, number, now)));
    }

    private List<byte[]> requests(int count, IntFunction<BenchBlock> block) {
        int first = next;
        next += count;
        return IntStream.range(first, first + count)
                .parallel()
                .mapToObj(number -> block.apply(number).storeRequest())
                .toList();
    }

    @Override
    public void close() throws IOException {
        servers.close();
        bare.close();
    }

    /** Three processes of a kind on one store, and one alone. */
    private final class Pair {
        private final Side together;
        private final Side alone;
        private int turn;

        Pair(Bench bench, String name, Start start) throws IOException {
            int request = BenchBlock.acknowledgmentInFewLeaves(0, now).storeRequest().length;
            together = new Side(bench, name + "-together", SERVERS, start, request);
            alone = new Side(bench, name + "-alone", 1, start, request);
        }

        /** Both sides get the same blocks, so that both stores are as full; who comes first takes turns. */
        void round(int ofOne, Sides sides, List<byte[]> requests) throws InterruptedException, ExecutionException {
            if (turn++ % 2 == 1) {
                alone.store(requests, ofOne, sides.alone);
                together.store(requests, CONNECTIONS, sides.together);
            } else {
                together.store(requests, CONNECTIONS, sides.together);
                alone.store(requests, ofOne, sides.alone);
            }
        }

        void close() {
            together.close();
            alone.close();
        }
    }

    /** Processes on one store, and their clients. */
    private static final class Side {
        private final List<MeasuredProcess> processes = new ArrayList<>();
        private final List<TlsClient> clients = new ArrayList<>();

        Side(Bench bench, String name, int servers, Start start, int request) throws IOException {
            Path store = Files.createDirectory(bench.scratch().resolve("store-" + name));
            List<Started> started = new ArrayList<>();
            for (int server = 0; server < servers; server++) {
                BenchHome home = BenchHome.sharing(bench.scratch().resolve(name + server), store, 100);
                Started one = start.on(new Launch(bench.options()), home, store);
                started.add(one);
                processes.add(one.process);
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(started.get(i % servers).connect.with(request));
            }
        }

        void store(List<byte[]> requests, int connections, Figures figures)
                throws InterruptedException, ExecutionException {
            long used = processorNanos();
            long start = System.nanoTime();
            Load.inThreads(connections, thread -> {
                for (int i = thread; i < requests.size(); i += connections) {
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

        void close() {
            processes.forEach(MeasuredProcess::close);
        }
    }

    /** How a process of a kind is started. */
    private interface Start {
        Started on(Launch launch, BenchHome home, Path store) throws IOException;
    }

    private record Started(MeasuredProcess process, Connect connect) {}

    private interface Connect {
        /** @param requestBytes how long all requests are, for those who have to know */
        TlsClient with(int requestBytes) throws IOException;
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

    /** The figures of both sides. */
    private record Sides(Figures together, Figures alone) {
        Sides() {
            this(new Figures(), new Figures());
        }

        void report(Report report, String where) {
            report.atLeast("STOREs of 3 servers beside 1, " + where, "/s", together.rate, alone.rate, 1);
            report.note("  processor time of the three", "us", together.processor);
            report.note("  processor time of the one", "us", alone.processor);
        }
    }
}

package org.confmail.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.confmail.server.bench.ServerBench.Bench;

/**
 * Replication to a partner on this machine: how fast a backlog of acknowledgments drains once the partner can be reached, beside
 * the rate at which the same partner takes durable STOREs of such blocks on one connection; how soon a single block is there; and
 * what the server needs while the partner is down.
 *
 * <p>Both processes run all the time, or a cold runtime would be measured: the partner is down in that the server is told a port
 * on which nobody listens. The partner itself has no partner; what it takes is work for its store alone on both sides.
 */
final class DrainBench {
    private static final int FILLING_CONNECTIONS = 16;
    /** STOREs are measured for a part of the backlog, which is enough of them. */
    private static final int STORES_PER_BACKLOG = 2;

    private static final int SINGLE_BLOCKS = 20;
    /** Longer than a session stays open with nothing to do. */
    private static final Duration NEW_SESSION = Duration.ofMillis(1_500);

    private static final Duration SAME_SESSION = Duration.ofMillis(50);
    private static final Duration WITHOUT_PARTNER = Duration.ofSeconds(10);
    private static final Duration RELOAD = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int NOBODY = 1;

    private final Instant now = Instant.now();
    private final int backlog;
    private final MeasuredProcess server;
    private final BenchHome source;
    private final BenchHome partner;
    private final List<TlsClient> clients = new ArrayList<>();
    private final TlsClient clientOfPartner;
    private int next;

    private DrainBench(Bench bench, MeasuredProcess server, BenchHome source, BenchHome partner) throws IOException {
        this.backlog = bench.options().backlog();
        this.server = server;
        this.source = source;
        this.partner = partner;
        for (int i = 0; i < FILLING_CONNECTIONS; i++) {
            clients.add(TlsClient.server(source));
        }
        clientOfPartner = TlsClient.server(partner);
    }

    static void run(Bench bench) throws IOException, InterruptedException, ExecutionException {
        BenchHome source = BenchHome.make(bench.scratch().resolve("source"), 100);
        BenchHome partner = BenchHome.make(bench.scratch().resolve("partner"), 100);
        source.replicateTo(NOBODY);
        Launch launch = new Launch(bench.options());
        try (var _ = launch.server(partner);
                MeasuredProcess server = launch.server(source)) {
            DrainBench self = new DrainBench(bench, server, source, partner);
            self.round(new Figures()); // warm-up
            Figures figures = new Figures();
            for (int run = 0; run < bench.options().runs(); run++) {
                self.round(figures);
            }
            figures.report(bench.report(), self.backlog);
        }
    }

    private void round(Figures figures) throws IOException, InterruptedException, ExecutionException {
        partnerAt(NOBODY);
        fill();
        figures.share.add(shareWithoutPartner());
        figures.drain.add(drain());
        figures.stores.add(stores());
        for (int n = 0; n < SINGLE_BLOCKS; n++) {
            figures.openSession.add(millisToPartner());
            Thread.sleep(SAME_SESSION);
        }
        Thread.sleep(NEW_SESSION);
        figures.newSession.add(millisToPartner());
    }

    private void fill() throws IOException, InterruptedException, ExecutionException {
        List<byte[]> requests = requests(backlog);
        Load.inThreads(FILLING_CONNECTIONS, thread -> {
            for (int i = thread; i < requests.size(); i += FILLING_CONNECTIONS) {
                clients.get(thread).store(requests.get(i));
            }
        });
        if (queued() != backlog) {
            throw new IOException(queued() + " entries in the queue instead of " + backlog);
        }
    }

    /** In percent of one processor. */
    private double shareWithoutPartner() throws InterruptedException {
        Duration before = server.processorTime();
        Thread.sleep(WITHOUT_PARTNER);
        return 100.0 * server.processorTime().minus(before).toNanos() / WITHOUT_PARTNER.toNanos();
    }

    /** Blocks a second, from when the first has gone. */
    private double drain() throws IOException, InterruptedException {
        partnerAt(partner.port());
        long asked = System.nanoTime();
        long begin = asked;
        while (true) {
            long looked = System.nanoTime();
            int left = queued();
            if (left == backlog) {
                begin = looked;
            } else if (left == 0) {
                return backlog / ((System.nanoTime() - begin) / 1e9);
            }
            if (looked - asked > PATIENCE.toNanos()) {
                throw new IOException(left + " entries are not taken");
            }
            // Looking costs processor time that both servers want.
            LockSupport.parkNanos(10 * (System.nanoTime() - looked));
        }
    }

    private double stores() throws IOException {
        List<byte[]> requests = requests(Math.max(1, backlog / STORES_PER_BACKLOG));
        long begin = System.nanoTime();
        for (byte[] request : requests) {
            clientOfPartner.store(request);
        }
        return requests.size() / ((System.nanoTime() - begin) / 1e9);
    }

    /** From the start of a STORE until the partner's store has the block. */
    private double millisToPartner() throws IOException {
        BenchBlock block = BenchBlock.acknowledgment(next++, now);
        Path file = BenchHome.file(partner.home().localStore(), block.key());
        byte[] request = block.storeRequest();
        long begin = System.nanoTime();
        clients.getFirst().store(request);
        while (Files.notExists(file)) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IOException("block " + block.key() + " does not come to the partner");
            }
            LockSupport.parkNanos(100_000);
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private List<byte[]> requests(int count) {
        int first = next;
        next += count;
        return IntStream.range(first, first + count)
                .parallel()
                .mapToObj(number -> BenchBlock.acknowledgment(number, now).storeRequest())
                .toList();
    }

    private void partnerAt(int port) throws IOException, InterruptedException {
        source.replicateTo(port);
        server.reload();
        if (port == NOBODY) {
            Thread.sleep(RELOAD);
        }
    }

    private int queued() throws IOException {
        try (Stream<Path> files = Files.list(source.home().sendQueue())) {
            return (int) files.count();
        }
    }

    private record Figures(Samples drain, Samples stores, Samples openSession, Samples newSession, Samples share) {
        Figures() {
            this(new Samples(), new Samples(), new Samples(), new Samples(), new Samples());
        }

        void report(Report report, int backlog) {
            report.atLeast("draining " + backlog + " blocks; STOREs on one connection", "/s", drain, stores, 0.7);
            report.under("a small block to the partner, session open", "ms", openSession, 100);
            report.under("a small block to the partner, new session", "ms", newSession, 100);
            report.under("processor share, " + backlog + " queued, partner down", "%", share, 1);
        }
    }
}

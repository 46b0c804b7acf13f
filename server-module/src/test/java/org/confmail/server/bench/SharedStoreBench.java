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
    /** Rounds of which each server has its own before the figures count: of three servers each does a third of a round. */
    private static final int WARM_UP = 5;

    private final Instant now = Instant.now();
    private final List<MeasuredProcess> processes = new ArrayList<>();
    private final List<TlsClient> together;
    private final List<TlsClient> alone;
    private int next;

    private SharedStoreBench(Bench bench) throws IOException {
        together = clients(bench, "together", SERVERS);
        alone = clients(bench, "alone", 1);
    }

    static void run(Bench bench) throws IOException, InterruptedException, ExecutionException {
        try (SharedStoreBench self = new SharedStoreBench(bench)) {
            for (int round = 0; round < WARM_UP * SERVERS; round++) {
                boolean both = round % SERVERS == 0;
                self.manyLeaves(new Sides(both));
                self.oneMailbox(new Sides(both));
            }
            Sides leaves = new Sides(true);
            Sides mailbox = new Sides(true);
            for (int run = 0; run < bench.options().runs(); run++) {
                self.manyLeaves(leaves);
                self.oneMailbox(mailbox);
            }
            bench.report().atLeast("STOREs of 3 servers beside 1, 256 leaves", "/s", leaves.together, leaves.alone, 1);
            bench.report()
                    .atLeast("STOREs of 3 servers beside 1, one mailbox", "/s", mailbox.together, mailbox.alone, 1);
        }
    }

    private List<TlsClient> clients(Bench bench, String name, int servers) throws IOException {
        Path store = Files.createDirectory(bench.scratch().resolve("store-" + name));
        List<BenchHome> homes = new ArrayList<>();
        for (int server = 0; server < servers; server++) {
            BenchHome home = BenchHome.sharing(bench.scratch().resolve(name + server), store, 100);
            processes.add(new Launch(bench.options()).server(home));
            homes.add(home);
        }
        List<TlsClient> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(TlsClient.server(homes.get(i % servers)));
        }
        return clients;
    }

    private void manyLeaves(Sides sides) throws InterruptedException, ExecutionException {
        round(sides, BLOCKS, number -> BenchBlock.acknowledgmentInFewLeaves(number, now));
    }

    private void oneMailbox(Sides sides) throws InterruptedException, ExecutionException {
        String recipient = Blocks.hash("recipient " + next);
        round(sides, ANNOUNCEMENTS, number -> BenchBlock.announcement(recipient, number, now));
    }

    /** Both sides get the same blocks; who comes first takes turns. */
    private void round(Sides sides, int count, IntFunction<BenchBlock> block)
            throws InterruptedException, ExecutionException {
        int first = next;
        next += count;
        List<byte[]> requests = IntStream.range(first, first + count)
                .parallel()
                .mapToObj(number -> block.apply(number).storeRequest())
                .toList();
        boolean aloneFirst = sides.turn++ % 2 == 1;
        if (sides.both && aloneFirst) {
            sides.alone.add(rate(alone, requests));
        }
        sides.together.add(rate(together, requests));
        if (sides.both && !aloneFirst) {
            sides.alone.add(rate(alone, requests));
        }
    }

    private static double rate(List<TlsClient> clients, List<byte[]> requests)
            throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        Load.inThreads(CONNECTIONS, thread -> {
            for (int i = thread; i < requests.size(); i += CONNECTIONS) {
                clients.get(thread).store(requests.get(i));
            }
        });
        return requests.size() / ((System.nanoTime() - start) / 1e9);
    }

    @Override
    public void close() throws IOException {
        for (MeasuredProcess process : processes) {
            process.close();
        }
    }

    /** The rates of both, or of the three alone. */
    private static final class Sides {
        final Samples together = new Samples();
        final Samples alone = new Samples();
        final boolean both;
        int turn;

        Sides(boolean both) {
            this.both = both;
        }
    }
}

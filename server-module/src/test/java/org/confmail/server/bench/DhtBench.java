package org.confmail.server.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.confmail.server.bench.ServerBench.Bench;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.dht.TestDht;
import org.confmail.server.dht.wire.Query;
import org.slf4j.LoggerFactory;

/**
 * What other nodes' requests cost a node in processor time, and how long a client waits for a block from the DHT. Requests come
 * from several clients, each of which waits for its answer before it asks again.
 */
final class DhtBench {
    private static final int CLIENTS = 4;
    private static final int EXCHANGES = 50_000;
    private static final int WARM_UP = 3;
    /** More than an answer names, so that the closest have to be chosen. */
    private static final int NEIGHBOURS = 24;

    private static final int CONTACTS_NAMED = 8;
    private static final double MICROS_MAX = 25;

    private static final int SERVERS = 3;
    private static final int BLOCKS = 20;
    private static final int GETS = 1_000;
    private static final double GET_MILLIS_MAX = 20;

    private DhtBench() {}

    static void run(Bench bench) throws IOException, InterruptedException, ExecutionException {
        ((Logger) LoggerFactory.getLogger("dht")).setLevel(Level.WARN);
        answers(bench);
        gets(bench);
    }

    private static void answers(Bench bench) throws IOException, InterruptedException, ExecutionException {
        List<TestDht> neighbours = new ArrayList<>();
        try (MeasuredProcess node =
                new Launch(bench.options()).node(bench.scratch().resolve("node"))) {
            int port = DhtNode.port(node);
            for (int i = 0; i < NEIGHBOURS; i++) {
                Path home = bench.scratch().resolve("neighbour" + i);
                neighbours.add(new TestDht(home, 0, List.of(port), InstantSource.system()));
            }
            Key known = neighbours.getFirst().dht().snapshot().orElseThrow().id();
            awaitContacts(port, CONTACTS_NAMED);
            Random random = new Random(1);
            measure(bench, node, "ping", () -> new DhtClient(port, known, new Query.Ping()));
            measure(
                    bench,
                    node,
                    "findNode",
                    () -> new DhtClient(port, known, new Query.FindNode(DhtClient.key(random))));
        } finally {
            neighbours.forEach(TestDht::close);
        }
    }

    private static void measure(Bench bench, MeasuredProcess node, String what, Asking asking)
            throws IOException, InterruptedException, ExecutionException {
        Samples micros = new Samples();
        for (int i = -WARM_UP; i < bench.options().runs(); i++) {
            double spent = round(node, asking);
            if (i >= 0) {
                micros.add(spent);
            }
        }
        bench.report().under("DHT " + what + ", " + CLIENTS + " clients, processor time", "us", micros, MICROS_MAX);
    }

    /** Microseconds of processor time an exchange. */
    private static double round(MeasuredProcess node, Asking asking)
            throws IOException, InterruptedException, ExecutionException {
        List<DhtClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(asking.client());
            }
            Duration before = node.processorTime();
            Load.inThreads(CLIENTS, thread -> {
                for (int i = 0; i < EXCHANGES; i++) {
                    clients.get(thread).exchange();
                }
            });
            return node.processorTime().minus(before).toNanos() / 1000.0 / CLIENTS / EXCHANGES;
        } finally {
            clients.forEach(DhtClient::close);
        }
    }

    private static void gets(Bench bench) throws IOException, InterruptedException {
        Launch launch = new Launch(bench.options());
        BenchHome knode = BenchHome.inDht(bench.scratch().resolve("server0"), Optional.empty());
        Deque<MeasuredProcess> servers = new ArrayDeque<>();
        try {
            servers.add(launch.server(knode));
            BenchHome last = knode;
            for (int i = 1; i < SERVERS; i++) {
                last = BenchHome.inDht(bench.scratch().resolve("server" + i), Optional.of(knode));
                servers.add(launch.server(last));
            }
            awaitContacts(knode.port(), SERVERS - 1);
            awaitContacts(last.port(), SERVERS - 1);
            bench.report()
                    .under("GET ENTANGLED among three servers, wall time", "ms", gets(knode, last), GET_MILLIS_MAX);
        } finally {
            servers.forEach(MeasuredProcess::close);
        }
    }

    /** Milliseconds: the median of each block's GETs, which were stored by another server. */
    private static Samples gets(BenchHome storing, BenchHome getting) throws IOException {
        Samples millis = new Samples();
        try (TlsClient writer = TlsClient.server(storing);
                TlsClient reader = TlsClient.server(getting)) {
            for (int i = 0; i < BLOCKS; i++) {
                BenchBlock block = BenchBlock.announcement(
                        Blocks.hash("recipient " + i), i, Instant.now().minusSeconds(60));
                writer.store(block.storeRequest("ENTANGLED"));
                byte[] request = Blocks.bytes("GET ENTANGLED " + block.key() + "\r\n");
                byte[] answer = new byte[block.sent().length];
                Samples each = new Samples();
                for (int get = 0; get < GETS / BLOCKS; get++) {
                    long start = System.nanoTime();
                    reader.exchange(request, answer);
                    each.add((System.nanoTime() - start) / 1e6);
                }
                millis.add(each.median());
            }
        }
        return millis;
    }

    private static void awaitContacts(int port, int count) throws IOException {
        Key asker = DhtClient.key(new Random());
        try (DhtClient client = new DhtClient(port, asker, new Query.FindNode(asker))) {
            client.exchange();
            for (int i = 0; client.contacts() < count; i++) {
                if (i == 20) {
                    throw new IOException("the node on port " + port + " knows " + client.contacts() + " others");
                }
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                client.exchange();
            }
        }
    }

    private interface Asking {
        DhtClient client() throws IOException;
    }
}

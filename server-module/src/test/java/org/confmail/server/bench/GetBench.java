package org.confmail.server.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.confmail.server.bench.ServerBench.Bench;
import org.confmail.server.block.Blocks;

/** Processor time of the server for a GET beside that of a process that only sends as many bytes over TLS. */
final class GetBench {
    private static final int SMALL_CONNECTIONS = 10;
    private static final int SMALL_GETS = 10_000;
    private static final int SMALL_WARM_UP = 12;
    private static final int LARGE_GETS = 100;
    private static final int LARGE_WARM_UP = 4;

    private GetBench() {}

    static void small(Bench bench) throws IOException, InterruptedException, ExecutionException {
        BenchBlock block = BenchBlock.announcement(Blocks.hash("recipient"), 0, Instant.now());
        Shape shape = new Shape(SMALL_CONNECTIONS, SMALL_GETS, SMALL_WARM_UP);
        measure(
                bench,
                block,
                shape,
                "GET of " + block.sent().length + " bytes, " + SMALL_CONNECTIONS + " connections, processor time",
                1.5);
    }

    static void large(Bench bench) throws IOException, InterruptedException, ExecutionException {
        measure(
                bench,
                BenchBlock.data(0, Instant.now()),
                new Shape(1, LARGE_GETS, LARGE_WARM_UP),
                "GET of 8 MiB, 1 connection, processor time",
                1.3);
    }

    private static void measure(Bench bench, BenchBlock block, Shape shape, String what, double goal)
            throws IOException, InterruptedException, ExecutionException {
        Launch launch = new Launch(bench.options());
        BenchHome home = BenchHome.make(bench.scratch().resolve("home"), 100);
        byte[] request = TlsClient.get(block.key());
        try (MeasuredProcess server = launch.server(home);
                MeasuredProcess reference = launch.reference(home)) {
            try (TlsClient client = TlsClient.server(home)) {
                client.store(block.storeRequest());
                byte[] answer = new byte[block.sent().length];
                client.exchange(request, answer);
                if (!Arrays.equals(answer, block.sent())) {
                    throw new IOException("another block came back: " + Blocks.text(answer));
                }
            }
            int port = TlsReference.port(reference);
            Connect toServer = () -> TlsClient.server(home);
            Connect toReference = () -> TlsClient.reference(port, request.length, block.sent().length);
            for (int i = 0; i < shape.warmUp; i++) {
                round(server, toServer, shape, request, block.sent().length);
                round(reference, toReference, shape, request, block.sent().length);
            }
            Samples ours = new Samples();
            Samples bare = new Samples();
            for (int i = 0; i < bench.options().runs(); i++) {
                ours.add(round(server, toServer, shape, request, block.sent().length));
                bare.add(round(reference, toReference, shape, request, block.sent().length));
            }
            bench.report().atMost(what, "us", ours, bare, goal);
        }
    }

    /** Microseconds of processor time an exchange. */
    private static double round(MeasuredProcess process, Connect connect, Shape shape, byte[] request, int answerBytes)
            throws IOException, InterruptedException, ExecutionException {
        List<TlsClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < shape.connections; i++) {
                clients.add(connect.connect());
            }
            Duration before = process.processorTime();
            Load.inThreads(shape.connections, thread -> {
                byte[] answer = new byte[answerBytes];
                TlsClient client = clients.get(thread);
                for (int i = 0; i < shape.exchanges; i++) {
                    client.exchange(request, answer);
                }
            });
            long nanos = process.processorTime().minus(before).toNanos();
            return nanos / 1000.0 / shape.connections / shape.exchanges;
        } finally {
            for (TlsClient client : clients) {
                client.close();
            }
        }
    }

    private interface Connect {
        TlsClient connect() throws IOException;
    }

    /** @param exchanges on each connection */
    private record Shape(int connections, int exchanges, int warmUp) {}
}

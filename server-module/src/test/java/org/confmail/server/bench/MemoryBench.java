package org.confmail.server.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.confmail.server.bench.ServerBench.Bench;

/** The resident set of an idle server, and of one with 2,000 connections that are encrypted, logged in and idle. */
final class MemoryBench {
    private static final int CONNECTIONS = 2_000;
    private static final long MIB = 1 << 20;
    private static final long SETTLING_MILLIS = 3_000;

    private MemoryBench() {}

    static void run(Bench bench) throws IOException, InterruptedException {
        BenchHome home = BenchHome.make(bench.scratch().resolve("home"), CONNECTIONS + 10);
        List<TlsClient> clients = new ArrayList<>();
        try (MeasuredProcess server = new Launch(bench.options()).server(home)) {
            Thread.sleep(bench.options().idle());
            Samples idle = new Samples();
            idle.add((double) server.residentBytes() / MIB);
            bench.report()
                    .under(
                            "resident " + bench.options().idle().toSeconds() + " s after the start, idle",
                            "MiB",
                            idle,
                            100);
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(TlsClient.server(home));
            }
            Thread.sleep(SETTLING_MILLIS);
            Samples connected = new Samples();
            connected.add((double) server.residentBytes() / MIB);
            bench.report().under("resident with 2,000 idle TLS connections", "MiB", connected, 350);
        } finally {
            for (TlsClient client : clients) {
                client.close();
            }
        }
    }
}

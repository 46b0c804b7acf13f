package org.confmail.server.bench;

import java.io.IOException;
import org.confmail.server.bench.ServerBench.Bench;

/** From the start of the process to its READY line. */
final class StartBench {
    private StartBench() {}

    static void run(Bench bench) throws IOException {
        BenchHome home = BenchHome.make(bench.scratch().resolve("home"), 100);
        Samples seconds = new Samples();
        Samples processor = new Samples();
        for (int run = -1; run < bench.options().runs(); run++) {
            try (MeasuredProcess server = new Launch(bench.options()).server(home)) {
                if (run >= 0) {
                    seconds.add(server.startTime().toMillis() / 1000.0);
                    processor.add(server.processorTime().toMillis() / 1000.0);
                }
            }
        }
        bench.report().under("start to READY, wall time", "s", seconds, 0.6);
        bench.report().note("  processor time to READY", "s", processor);
    }
}

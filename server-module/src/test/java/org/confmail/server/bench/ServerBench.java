package org.confmail.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * Measures a real server process beside bare references, in alternating runs, and prints medians with their goals. From the
 * project's directory, for an image that was built before:
 *
 * <pre>{@code
 * mvn -Pbench test-compile -pl shared-module,server-module -Dbench.options="--image ../jlink/target/confmail-server"
 * }</pre>
 *
 * <p>Without {@code --image} the classes that Maven compiled are run, with the flags given by {@code --flags}.
 *
 * <p>Goals are ratios where that is possible: load of the machine and speed of its disk enter both sides. The client that
 * makes the load is this process; it shares the processors with both sides alike. Only loopback is used, and nothing stays
 * behind, neither process nor file.
 */
public final class ServerBench {
    private ServerBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BenchOptions options;
        try {
            options = BenchOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(BenchOptions.USAGE);
            System.exit(2);
            return;
        }
        Path scratch = Files.createTempDirectory(options.directory(), "confmail-bench");
        Report report = new Report(System.out);
        report.conditions(options);
        try (var _ = Scratch.deleting(scratch)) {
            for (BenchOptions.Part part : options.parts()) {
                run(part, new Bench(options, scratch.resolve(part.name().toLowerCase(Locale.ROOT)), report));
            }
        } catch (ExecutionException e) {
            throw new IOException("a client failed", e);
        } finally {
            report.print();
        }
    }

    private static void run(BenchOptions.Part part, Bench bench)
            throws IOException, InterruptedException, ExecutionException {
        Files.createDirectory(bench.scratch());
        switch (part) {
            case SMALL_GET -> GetBench.small(bench);
            case LARGE_GET -> GetBench.large(bench);
            case LARGE_STORE -> LargeStoreBench.run(bench);
            case SMALL_STORE -> SmallStoreBench.run(bench);
            case SHARED_STORE -> SharedStoreBench.run(bench);
            case MAILBOX -> MailboxBench.run(bench);
            case MEMORY -> MemoryBench.run(bench);
            case START -> StartBench.run(bench);
            case UPKEEP -> UpkeepBench.run(bench);
            case DRAIN -> DrainBench.run(bench);
            case DHT -> DhtBench.run(bench);
        }
    }

    /** What each part of the benchmark works with. */
    record Bench(BenchOptions options, Path scratch, Report report) {}
}

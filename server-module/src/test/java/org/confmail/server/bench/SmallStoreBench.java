package org.confmail.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.confmail.server.bench.ServerBench.Bench;

/**
 * Rate of durable STOREs of distinct acknowledgments on 16 connections, beside that of the same operations on files alone from
 * 16 threads. Once into leaf directories that are not there yet (the first-level directories mostly are), once more after the
 * blocks were deleted and the leaf directories left.
 */
final class SmallStoreBench {
    private static final int CONNECTIONS = 16;
    private static final int BLOCKS = 1_600;

    private SmallStoreBench() {}

    static void run(Bench bench) throws IOException, InterruptedException, ExecutionException {
        Instant now = Instant.now();
        BenchHome home = BenchHome.make(bench.scratch().resolve("home"), 100);
        Path store = home.home().localStore();
        FileWork files = new FileWork(Files.createDirectory(bench.scratch().resolve("files")));
        List<TlsClient> clients = new ArrayList<>();
        try (MeasuredProcess server = new Launch(bench.options()).server(home)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(TlsClient.server(home));
            }
            Samples freshServer = new Samples();
            Samples freshFiles = new Samples();
            Samples warmServer = new Samples();
            Samples warmFiles = new Samples();
            Samples processor = new Samples();
            for (int run = -1; run < bench.options().runs(); run++) {
                int first = (run + 1) * BLOCKS;
                List<BenchBlock> blocks = IntStream.range(first, first + BLOCKS)
                        .parallel()
                        .mapToObj(number -> BenchBlock.acknowledgment(number, now))
                        .toList();
                List<byte[]> requests =
                        blocks.stream().map(BenchBlock::storeRequest).toList();
                Load.Work posting = thread -> {
                    for (int i = thread; i < BLOCKS; i += CONNECTIONS) {
                        clients.get(thread).store(requests.get(i));
                    }
                };
                Load.Work writing = thread -> {
                    for (int i = thread; i < BLOCKS; i += CONNECTIONS) {
                        files.save(blocks.get(i));
                    }
                };
                double freshRate = rate(posting);
                double freshBare = rate(writing);
                delete(store, blocks);
                delete(files.root(), blocks);
                long used = server.processorTime().toNanos();
                double warmRate = rate(posting);
                used = server.processorTime().toNanos() - used;
                double warmBare = rate(writing);
                if (run >= 0) {
                    freshServer.add(freshRate);
                    freshFiles.add(freshBare);
                    warmServer.add(warmRate);
                    warmFiles.add(warmBare);
                    processor.add(used / 1000.0 / BLOCKS);
                }
                delete(store, blocks); // which also says that they were there
                delete(files.root(), blocks);
            }
            bench.report().atLeast("small STOREs, 16 connections, new leaves", "/s", freshServer, freshFiles, 0.7);
            bench.report().atLeast("small STOREs, 16 connections, existing leaves", "/s", warmServer, warmFiles, 0.7);
            bench.report().note("  processor time of the server", "us", processor);
        } finally {
            for (TlsClient client : clients) {
                client.close();
            }
        }
    }

    private static double rate(Load.Work work) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        Load.inThreads(CONNECTIONS, work);
        return BLOCKS / ((System.nanoTime() - start) / 1e9);
    }

    private static void delete(Path root, List<BenchBlock> blocks) throws IOException {
        for (BenchBlock block : blocks) {
            Files.delete(BenchHome.file(root, block.key()));
        }
        FileWork.force(root); // so that the deletion is over before the clock starts
    }
}

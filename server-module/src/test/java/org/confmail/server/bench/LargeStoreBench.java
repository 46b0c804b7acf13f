package org.confmail.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.confmail.server.bench.ServerBench.Bench;

/**
 * Time of a STORE of 8 MiB, from its first byte to DONE, beside that of hashing the same bytes (SHA-1, and SHA-256 for each
 * nonce of the proof) and making them durable, one after the other in one thread.
 */
final class LargeStoreBench {
    private static final int BLOCKS = 4;
    private static final int WARM_UP = 15;
    private static final int NONCES = 2;

    private LargeStoreBench() {}

    static void run(Bench bench) throws IOException {
        Instant now = Instant.now();
        List<BenchBlock> blocks = IntStream.range(0, BLOCKS)
                .mapToObj(number -> BenchBlock.data(number, now))
                .toList();
        BenchHome home = BenchHome.make(bench.scratch().resolve("home"), 100);
        FileWork files = new FileWork(Files.createDirectory(bench.scratch().resolve("files")));
        try (MeasuredProcess server = new Launch(bench.options()).server(home);
                TlsClient client = TlsClient.server(home)) {
            Samples ours = new Samples();
            Samples bare = new Samples();
            Samples hashing = new Samples();
            Samples processor = new Samples();
            for (int run = -WARM_UP; run < bench.options().runs(); run++) {
                delete(home.home().localStore(), blocks);
                delete(files.root(), blocks);
                double stores = 0;
                double works = 0;
                double hashes = 0;
                long used = server.processorTime().toMillis();
                for (BenchBlock block : blocks) { // in turn, so that a busy disk is busy for both
                    byte[] request = block.storeRequest();
                    stores += millis(() -> client.store(request));
                    double hash = millis(() -> hash(block.stored()));
                    hashes += hash;
                    works += hash + millis(() -> files.save(block));
                }
                if (run >= 0) {
                    ours.add(stores / BLOCKS);
                    bare.add(works / BLOCKS);
                    hashing.add(hashes / BLOCKS);
                    processor.add((double) (server.processorTime().toMillis() - used) / BLOCKS);
                }
            }
            for (BenchBlock block : blocks) {
                if (!Files.exists(BenchHome.file(home.home().localStore(), block.key()))) {
                    throw new IOException("not stored: " + block.key());
                }
            }
            bench.report().atMost("STORE of 8 MiB to DONE, wall time", "ms", ours, bare, 1.5);
            bench.report().note("  of the reference: hashing", "ms", hashing);
            bench.report().note("  processor time of the server", "ms", processor);
        }
    }

    private static void hash(byte[] bytes) throws IOException {
        try {
            MessageDigest.getInstance("SHA-1").digest(bytes);
            for (int nonce = 0; nonce < NONCES; nonce++) {
                MessageDigest.getInstance("SHA-256").digest(bytes);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path store, List<BenchBlock> blocks) throws IOException {
        for (BenchBlock block : blocks) {
            Files.deleteIfExists(BenchHome.file(store, block.key()));
        }
        FileWork.force(store); // so that the deletion is over before the clock starts
    }

    private static double millis(Work work) throws IOException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private interface Work {
        void run() throws IOException;
    }
}

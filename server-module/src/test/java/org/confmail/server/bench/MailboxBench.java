package org.confmail.server.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.confmail.server.bench.ServerBench.Bench;
import org.confmail.server.block.Blocks;

/** A thousand announcements, one by one, into one mailbox on one connection; then what one more costs. */
final class MailboxBench {
    private static final int ANNOUNCEMENTS = 1_000;
    private static final int MORE = 50;

    private MailboxBench() {}

    static void run(Bench bench) throws IOException {
        Instant now = Instant.now();
        BenchHome home = BenchHome.make(bench.scratch().resolve("home"), 100);
        Samples filling = new Samples();
        Samples oneMore = new Samples();
        Samples processor = new Samples();
        Samples files = new Samples();
        FileWork work = new FileWork(Files.createDirectory(bench.scratch().resolve("files")));
        try (MeasuredProcess server = new Launch(bench.options()).server(home);
                TlsClient client = TlsClient.server(home)) {
            for (int run = 0; run < bench.options().runs(); run++) { // the first one meets a cold server
                String recipient = Blocks.hash("recipient " + run);
                List<BenchBlock> blocks = IntStream.range(0, ANNOUNCEMENTS + MORE)
                        .mapToObj(number -> BenchBlock.announcement(recipient, number, now))
                        .toList();
                List<byte[]> requests =
                        blocks.stream().map(BenchBlock::storeRequest).toList();
                long start = System.nanoTime();
                for (byte[] request : requests.subList(0, ANNOUNCEMENTS)) {
                    client.store(request);
                }
                filling.add((System.nanoTime() - start) / 1e9);
                files.add(filesAlone(work, blocks.subList(0, ANNOUNCEMENTS)));
                Duration before = server.processorTime();
                Samples more = new Samples();
                for (byte[] request : requests.subList(ANNOUNCEMENTS, ANNOUNCEMENTS + MORE)) {
                    long begin = System.nanoTime();
                    client.store(request);
                    more.add((System.nanoTime() - begin) / 1e6);
                }
                oneMore.add(more.median());
                processor.add(server.processorTime().minus(before).toNanos() / 1e6 / MORE);
            }
        }
        bench.report().under("1,000 STOREs into one mailbox, wall time", "s", filling, 5);
        bench.report().note("  of these, the growing file alone", "s", files);
        bench.report().under("one more (median of 50), wall time", "ms", oneMore, 20);
        bench.report().under("one more (mean of 50), processor time", "ms", processor, 20);
    }

    /** Seconds that it takes to make a mailbox durable each time that it has grown by one. */
    private static double filesAlone(FileWork work, List<BenchBlock> blocks) throws IOException {
        ByteArrayOutputStream mailbox = new ByteArrayOutputStream();
        long start = System.nanoTime();
        for (BenchBlock block : blocks) {
            mailbox.writeBytes(block.stored());
            work.save(new BenchBlock(block.key(), mailbox.toByteArray(), block.sent()));
        }
        return (System.nanoTime() - start) / 1e9;
    }
}

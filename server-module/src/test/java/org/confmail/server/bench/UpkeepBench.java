package org.confmail.server.bench;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.confmail.server.bench.ServerBench.Bench;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.Limits;
import org.confmail.server.block.Stamp;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.store.StoreKind;
import org.confmail.server.store.StoreUpkeep;
import org.confmail.server.time.Ticker;
import org.confmail.server.upkeep.HtmlReport;
import org.confmail.server.upkeep.Order;
import org.confmail.server.upkeep.Order.ReportOrder;
import org.confmail.server.upkeep.Upkeep;
import org.confmail.server.upkeep.Watch;

/**
 * A prune with a report of a whole store, beside a plain loop that opens each of its files and reads the header. Both run in this
 * process. Of the blocks a tenth has just become too old; it is laid anew for every run.
 */
final class UpkeepBench {
    private static final int USERS = 2000;
    private static final int HEADER_BYTES = 2048;
    private static final int OLD_PART = 10;

    private UpkeepBench() {}

    static void run(Bench bench) throws IOException {
        int blocks = bench.options().blocks();
        Path local = Files.createDirectory(bench.scratch().resolve("localstore"));
        Path entangled = Files.createDirectory(bench.scratch().resolve("entangled"));
        Instant now = Instant.now();
        for (int number = 0; number < blocks; number++) {
            lay(local, number, now);
        }
        Samples upkeep = new Samples();
        Samples loop = new Samples();
        Samples memory = new Samples();
        for (int run = -1; run < bench.options().runs(); run++) {
            long start = System.nanoTime();
            long seen = readAll(local);
            long between = System.nanoTime();
            long deleted = prune(local, entangled, now);
            long end = System.nanoTime();
            require(seen, blocks);
            require(deleted, blocks / OLD_PART);
            if (run >= 0) {
                loop.add((between - start) / 1e9);
                upkeep.add((end - between) / 1e9);
                memory.add(usedMebibytes());
            }
            for (int number = 0; number < blocks; number += OLD_PART) {
                lay(local, number, now);
            }
        }
        bench.report().atMost("prune and report of " + blocks + " blocks", "s", upkeep, loop, 1.5);
        bench.report().note("  heap in use behind it", "MiB", memory);
    }

    private static void require(long found, long expected) {
        if (found != expected) {
            throw new IllegalStateException(found + " blocks where " + expected + " should be");
        }
    }

    private static double usedMebibytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
    }

    /** Half of them data, the rest mailboxes that announce them and acknowledgments; every tenth is too old. */
    private static void lay(Path store, int number, Instant now) throws IOException {
        Instant date = now.minus(number % OLD_PART == 0 ? Duration.ofDays(11) : Duration.ofDays(1));
        String stamp = Stamp.format(date);
        String head = "Date: " + stamp + "\nVersion: 1\nProofOfWork: bd,000000001,000000002\n";
        String text = switch (number % 4) {
            case 0, 1 -> "Type: data\n" + head + "Data: 3000\n" + "x".repeat(3000);
            case 2 ->
                "Type: message-announcement\n" + head + "Recipient: " + Blocks.hash("user " + number % USERS)
                        + "\nMailbox: 0\nDataBlock: " + key(number - 1) + "\nDataBlock: " + key(number - 2)
                        + "\nMessageHash: " + Blocks.hash("message " + number) + "\n";
            default -> "Type: acknowledgment\n" + head + "Hash: " + Blocks.hash("message " + number) + "\n";
        };
        Path file = BenchHome.file(store, key(number));
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, Blocks.bytes(text));
    }

    private static Key key(int number) {
        return Key.sha1(Blocks.bytes("block " + number));
    }

    private static long prune(Path local, Path entangled, Instant now) throws IOException {
        InstantSource clock = () -> now;
        FileDisk disk = new FileDisk();
        Upkeep upkeep = new Upkeep(
                StoreUpkeep.of(local, StoreKind.LOCAL, disk, "00000000", clock, Ticker.SYSTEM),
                StoreUpkeep.of(entangled, StoreKind.ENTANGLED, disk, "00000000", clock, Ticker.SYSTEM),
                () -> Limits.server(Map.of()),
                clock,
                new Random(1));
        var result = upkeep.run(
                new Order(true, false, false, Duration.ZERO, Optional.of(new ReportOrder(512))), Watch.NOBODY);
        new HtmlReport("bench", now, true).write(result.usage().orElseThrow(), new StringWriter());
        return result.counts().values().stream()
                .mapToLong(counts -> counts.total().deleted())
                .sum();
    }

    private static long readAll(Path store) throws IOException {
        long seen = 0;
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        for (Path first : list(store)) {
            for (Path leaf : list(first)) {
                for (Path file : list(leaf)) {
                    if (file.endsWith("LOCKFILE")) {
                        continue;
                    }
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                        header.clear();
                        channel.read(header);
                        seen++;
                    }
                }
            }
        }
        return seen;
    }

    private static List<Path> list(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(files::add);
        }
        return files;
    }
}

package org.confmail.server.home;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.confmail.server.block.Key;
import org.confmail.server.block.Limits;
import org.confmail.server.dht.TestDht;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.disk.Trials;
import org.confmail.server.home.InputQueue.Report;
import org.confmail.server.store.BlockStore;
import org.confmail.server.store.StoredFile;
import org.confmail.server.time.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The input queue of a home that the existing server left when it was killed. */
class InputQueueTest {
    private static final Path VECTORS = Path.of("src/test/resources/vectors/home");
    /** Shortly after that server was killed. */
    private static final Instant NOW = Instant.parse("2026-11-22T15:36:00Z");

    private static final Map<String, String> FOR_STORE = Map.of(
            "92EF72C58582E8398CC58C27EBA34578B00740C7", "2C86614AC6CD81C275C4A53EE11CE9072E40EC9E",
            "A7324F6949505AF77540D182106F092114D9481B", "AF43AC1458B0FD29846D1E3C936A8E1692A0A395",
            "25C31CD3E5178AC2841C0EEE14FD98F4CDAA819F", "53B230267D3E4BFB89147F8BD97441A3EDB1BC5B");
    private static final List<String> FOR_DHT =
            List.of("2380A43509E1FC646C56A0B2426C9EAB9D0F009F", "55361879B1DA3D9E3B9F92ECA1C414209D85E2AF");

    @TempDir
    Path root;

    private final AtomicLong ticks = new AtomicLong();

    @Test
    void blocksOfClientsAndPartnerAreStoredAndThoseOfTheDhtStay() throws IOException {
        copy(root);
        Report report = queue(root, new FileDisk()).takeIn(() -> false);
        assertEquals(new Report(3, 0, 0, 2), report);
        for (Map.Entry<String, String> entry : FOR_STORE.entrySet()) {
            assertArrayEquals(
                    posted(entry.getKey()), held(root, entry.getValue()).orElseThrow());
        }
        assertEquals(List.copyOf(new TreeSet<>(FOR_DHT)), names(root.resolve("inputqueue")));
    }

    @Test
    void blocksOfTheDhtAreTakenInWhereThereIsANode() throws Exception {
        copy(root);
        try (TestDht node = new TestDht(root, 0, List.of(), () -> NOW)) {
            BlockStore store =
                    new BlockStore(root.resolve("localstore"), new FileDisk(), "0123abcd", () -> NOW, Ticker.SYSTEM);
            InputQueue queue = new InputQueue(
                    Home.at(root),
                    new FileDisk(),
                    store,
                    () -> Limits.server(Map.of()),
                    () -> NOW,
                    Optional.of(node.dht()));
            // The old server's data block shows the work of a local store only, and the DHT asks for more.
            Report report = queue.takeIn(() -> false);
            assertEquals(0, report.left(), report::toString);
            assertEquals(5, report.stored() + report.dropped(), report::toString);
            assertEquals(List.of(), names(root.resolve("inputqueue")));
            Files.writeString(
                    root.resolve("inputqueue").resolve("55361879B1DA3D9E3B9F92ECA1C414209D85E2AF"),
                    "StoreType: entangled-incoming\nStoreKeyid: DE902D57C202BC5D3707B30A0FA70913386B7A87\nno header\n");
            assertEquals(new Report(0, 0, 1, 0), queue.takeIn(() -> false));
        }
    }

    @Test
    void nothingIsReplicatedAgain() throws IOException {
        copy(root);
        List<String> before = names(root.resolve("sendqueue"));
        queue(root, new FileDisk()).takeIn(() -> false);
        assertEquals(before, names(root.resolve("sendqueue")));
    }

    @Test
    void secondRunFindsNothingNew() throws IOException {
        copy(root);
        queue(root, new FileDisk()).takeIn(() -> false);
        assertEquals(new Report(0, 0, 0, 2), queue(root, new FileDisk()).takeIn(() -> false));
    }

    @Test
    void stoppingServerTakesNoFurtherEntry() throws IOException {
        copy(root);
        List<String> before = names(root.resolve("inputqueue"));
        assertEquals(Report.EMPTY, queue(root, new FileDisk()).takeIn(() -> true));
        assertEquals(before, names(root.resolve("inputqueue")));
    }

    @Test
    void damagedEntriesMoveAsideAndInvalidOnesAreDropped() throws IOException {
        copy(root);
        Path queue = root.resolve("inputqueue");
        byte[] whole = Files.readAllBytes(queue.resolve("92EF72C58582E8398CC58C27EBA34578B00740C7"));
        Files.write(queue.resolve("92EF72C58582E8398CC58C27EBA34578B00740C7"), Arrays.copyOf(whole, whole.length - 1));
        Files.writeString(queue.resolve("00000000000000000000000000000000000000AA"), "no entry at all\n");
        Files.writeString(queue.resolve("00000000000000000000000000000000000000BB"), "");
        Files.writeString(
                queue.resolve("00000000000000000000000000000000000000CC"),
                "StoreType: server\nStoreKeyid: 53B230267D3E4BFB89147F8BD97441A3EDB1BC5B\nLoginUser: none\nType: x\n");
        Files.writeString(queue.resolve("notes of the operator"), "stay");
        Report report = queue(root, new FileDisk()).takeIn(() -> false);
        assertEquals(new Report(2, 1, 3, 2), report);
        assertEquals(3, names(root.resolve("damaged")).size());
        assertTrue(Files.exists(queue.resolve("notes of the operator")));
        assertEquals(Optional.empty(), held(root, "2C86614AC6CD81C275C4A53EE11CE9072E40EC9E"));
    }

    @Test
    void everyEntryIsInTheQueueOrInTheStoreWhateverFailsAndWhenever() throws IOException {
        Trials.run(root, new Trials<InputQueue>() {
            @Override
            public void prepare(Path directory) throws IOException {
                copy(VECTORS.resolve("inputqueue"), Files.createDirectory(directory.resolve("inputqueue")));
                Files.createDirectory(directory.resolve("localstore"));
            }

            @Override
            public InputQueue start(Path directory, Disk disk) {
                return queue(directory, disk);
            }

            @Override
            public void work(InputQueue queue) throws IOException {
                if (queue.takeIn(() -> false).left() > FOR_DHT.size()) {
                    throw new IOException(FaultyDisk.MESSAGE);
                }
            }

            @Override
            public void check(InputQueue queue, Path directory, Result result) throws IOException {
                for (Map.Entry<String, String> entry : FOR_STORE.entrySet()) {
                    Optional<byte[]> held = held(directory, entry.getValue());
                    boolean waits = Files.exists(directory.resolve("inputqueue").resolve(entry.getKey()));
                    assertTrue(held.isPresent() || (!result.done() && waits), entry::getValue);
                    if (held.isPresent()) {
                        assertArrayEquals(posted(entry.getKey()), held.get());
                    }
                }
                for (String name : FOR_DHT) {
                    assertTrue(Files.exists(directory.resolve("inputqueue").resolve(name)), name);
                }
            }
        });
    }

    private InputQueue queue(Path directory, Disk disk) {
        InstantSource clock = () -> NOW.plusMillis(ticks.incrementAndGet());
        Home home = Home.at(directory);
        BlockStore store = new BlockStore(home.localStore(), disk, "0123abcd", clock, Ticker.SYSTEM);
        return new InputQueue(home, disk, store, () -> Limits.server(Map.of()), clock, Optional.empty());
    }

    private static Optional<byte[]> held(Path directory, String key) throws IOException {
        BlockStore store =
                new BlockStore(directory.resolve("localstore"), new FileDisk(), "0", () -> NOW, Ticker.SYSTEM);
        Optional<StoredFile> open = store.open(Key.parse(key).orElseThrow());
        if (open.isEmpty()) {
            return Optional.empty();
        }
        try (StoredFile file = open.get()) {
            byte[] content = new byte[(int) file.size()];
            file.read(0, content, 0, content.length);
            return Optional.of(content);
        }
    }

    /** The block in an entry, behind its three leading lines. */
    private static byte[] posted(String entry) throws IOException {
        byte[] whole = Files.readAllBytes(VECTORS.resolve("inputqueue").resolve(entry));
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        return text.substring(text.indexOf("Type: ", text.indexOf("LoginUser: ")))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void copy(Path to) throws IOException {
        copy(VECTORS, to);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}

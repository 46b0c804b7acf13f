package org.confmail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.time.Ticker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockStoreTest {
    private static final Key MAILBOX = Posts.MAILBOX;
    private static final String FIRST = Posts.announcement("first");
    private static final String SECOND = Posts.announcement("second");

    @TempDir
    Path root;

    private final FaultyDisk disk = new FaultyDisk(new FileDisk());
    private final Posts posts = new Posts();
    private BlockStore store;

    @BeforeEach
    void open() {
        store = posts.store(root, disk);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void blocksLieWhereTheExistingServerLooks() throws IOException {
        Key key = Blocks.mailbox(Posts.RECIPIENT, "0");
        assertEquals(Optional.empty(), Posts.held(store, key));
        assertEquals(new Outcome.Stored(), Posts.post(store, FIRST));
        String name = key.toString();
        Path file = root.resolve(name.substring(0, 2), name.substring(2, 4), name);
        assertEquals(FIRST, Files.readString(file));
        assertEquals(List.of(name, "LOCKFILE"), names(file.resolve("..").normalize()));
    }

    @Test
    void aTextThatAppearsWhileTheFirstIsWrittenIsMergedWithIt() throws IOException {
        AtomicBoolean appears = new AtomicBoolean();
        BlockStore racing = new BlockStore(
                root,
                disk,
                Posts.SERVER_ID,
                () -> {
                    if (appears.getAndSet(false)) {
                        lay(FIRST);
                    }
                    return Posts.NOW;
                },
                Ticker.SYSTEM);
        appears.set(true);
        assertEquals(new Outcome.Stored(), Posts.post(racing, SECOND));
        assertFalse(appears.get());
        String held = Posts.held(racing, MAILBOX).orElseThrow();
        assertTrue(held.contains(Blocks.hash("first")) && held.contains(Blocks.hash("second")), held);
        assertEquals(List.of(MAILBOX.toString(), "LOCKFILE"), names(directory()));
    }

    private void lay(String text) {
        try {
            Posts.lay(root, MAILBOX, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path directory() {
        return Posts.file(root, MAILBOX).resolveSibling("");
    }

    @Test
    void outcomeSaysWhatBecameOfABlock() throws IOException {
        assertEquals(new Outcome.Stored(), Posts.post(store, FIRST));
        assertEquals(new Outcome.Unchanged(), Posts.post(store, FIRST));
        assertEquals(new Outcome.Stored(), Posts.postData(store, Posts.NOW.minusSeconds(60)));
        assertEquals(new Outcome.Unchanged(), Posts.postData(store, Posts.NOW.minusSeconds(60)));
        assertEquals(new Outcome.Stored(), Posts.postData(store, Posts.NOW.minusSeconds(30)));
        Posts.lay(root, MAILBOX, "Server: a certificate record\n");
        assertInstanceOf(Outcome.Refused.class, Posts.post(store, FIRST));
    }

    @Test
    void postsThatWaitForOneFileAreWrittenTogether() throws IOException {
        JointPosts joint = new JointPosts();
        store = posts.store(root, joint.on(disk));
        Posts.post(store, FIRST);
        disk.heal(); // counts anew
        List<String> mail = List.of(SECOND, FIRST, Posts.announcement("third"), SECOND);
        Outcome stored = new Outcome.Stored();
        Outcome unchanged = new Outcome.Unchanged();
        assertEquals(List.of(stored, unchanged, stored, unchanged), joint.post(store, mail));
        assertEquals(List.of("create", "force", "force directory", "rename"), changes());
        assertEquals(
                Optional.of(mail.get(2) + "NextMessage\n" + SECOND + "NextMessage\n" + FIRST),
                Posts.held(store, MAILBOX));

        disk.heal();
        assertEquals(List.of(unchanged, unchanged), joint.post(store, List.of(FIRST, SECOND)));
        assertEquals(List.of("force", "force directory"), changes());

        Posts.lay(root, MAILBOX, "Server: a certificate record\n");
        assertTrue(joint.post(store, List.of(FIRST, SECOND)).stream().allMatch(Outcome.Refused.class::isInstance));
    }

    /** What the disk did, sorted, without the lock and what goes into a file before it is forced. */
    private List<String> changes() {
        return disk.operations().stream()
                .map(operation -> operation.substring(0, operation.indexOf(root.toString()) - 1))
                .filter(operation ->
                        !Set.of("open lock", "lock", "write", "set time of").contains(operation))
                .sorted()
                .toList();
    }

    @Test
    void mailboxTooLargeToReadIsLeftAsItIs() throws IOException {
        Posts.lay(root, MAILBOX, FIRST + "NextMessage\n");
        Path file = Posts.file(root, MAILBOX);
        long size = (64L << 20) + 1;
        try (RandomAccessFile grown = new RandomAccessFile(file.toFile(), "rw")) {
            grown.setLength(size);
        }
        assertInstanceOf(Outcome.Refused.class, Posts.post(store, SECOND));
        assertEquals(size, Files.size(file));
    }

    @Test
    void firstLevelDirectoryMayBeALinkToAnotherDisk() throws IOException {
        Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
        Path store = Files.createDirectory(root.resolve("store"));
        Files.createSymbolicLink(store.resolve(MAILBOX.toString().substring(0, 2)), elsewhere);
        assertEquals(new Outcome.Stored(), Posts.post(posts.store(store, disk), FIRST));
        assertEquals(
                FIRST,
                Files.readString(
                        elsewhere.resolve(MAILBOX.toString().substring(2, 4)).resolve(MAILBOX.toString())));
    }

    @Test
    void diskThatIsNotMountedFailsItsBlocksOnly() throws IOException {
        Path first = Leaf.of(root, MAILBOX).first();
        Files.createSymbolicLink(first, root.resolve("not mounted"));
        String why =
                assertThrows(IOException.class, () -> Posts.post(store, FIRST)).toString();
        assertTrue(why.contains(first.toString()), why);
        assertEquals(new Outcome.Stored(), Posts.postData(store, Posts.NOW.minusSeconds(60)));
    }

    @Test
    void plainFileInTheRootIsIgnored() throws IOException {
        Files.writeString(root.resolve("NOTES"), "of the operator");
        assertEquals(new Outcome.Stored(), Posts.post(store, FIRST));
        assertEquals("of the operator", Files.readString(root.resolve("NOTES")));
    }

    /** PROTOCOL section 6: the storage utility must not take a temporary file for a block. */
    @Test
    void namesOfTemporaryFilesHaveMoreDigitsThanAKey() throws IOException {
        Posts.post(store, FIRST);
        Posts.postData(store, Posts.NOW.minusSeconds(60));
        store.probe(Key.sha1(new byte[0]));
        List<Path> made = disk.operations().stream()
                .filter(operation -> operation.startsWith("create /"))
                .map(operation -> Path.of(operation.substring("create ".length())))
                .toList();
        assertEquals(3, made.size());
        assertEquals(3, new HashSet<>(made).size());
        for (Path file : made) {
            String name = String.valueOf(file.getFileName());
            assertTrue(name.matches("[0-9A-F]{40}\\.0123abcd-[0-9-]+\\.tmp"), name);
            assertEquals(
                    Leaf.of(root, Key.parse(name.substring(0, 40)).orElseThrow())
                            .directory(),
                    file.resolveSibling(""));
        }
    }

    @Test
    void leftOversGoWhenTheLeafIsFirstWrittenTo() throws IOException {
        Path leaf = Leaf.of(root, MAILBOX).directory();
        Files.createDirectories(leaf);
        Instant old = Posts.NOW.minusSeconds(86_401);
        for (String name : List.of(
                MAILBOX + ".0123abcd-1-17.tmp", // of an earlier run, whatever its time
                MAILBOX + ".ffffffff-1-17.tmp",
                MAILBOX + ".7-1.tmp",
                MAILBOX + ".eeeeeeee-1-17.tmp",
                "notes.tmp")) {
            Path file = Files.writeString(leaf.resolve(name), "left");
            boolean young = name.contains("eeeeeeee") || name.contains("0123abcd");
            Files.setLastModifiedTime(file, FileTime.from(young ? Posts.NOW.plusSeconds(60) : old));
        }
        Posts.held(store, MAILBOX);
        assertEquals(5, names(leaf).size(), "reading removes nothing");
        Posts.post(store, FIRST);
        assertEquals(
                Set.of(MAILBOX.toString(), MAILBOX + ".eeeeeeee-1-17.tmp", "notes.tmp", "LOCKFILE"),
                Set.copyOf(names(leaf)));
    }

    @Test
    void leftOverThatCannotBeDeletedIsInNobodysWay() throws IOException {
        Path stuck = Leaf.of(root, MAILBOX).directory().resolve(MAILBOX + ".0123abcd-1-17.tmp");
        Files.createDirectories(stuck.resolve("not empty"));
        assertEquals(new Outcome.Stored(), Posts.post(store, FIRST));
    }

    @Test
    void leafThatSomebodyRemovedIsMadeAnew() throws IOException {
        Posts.post(store, FIRST);
        Path leaf = Leaf.of(root, MAILBOX).directory();
        Files.delete(leaf.resolve(MAILBOX.toString()));
        Files.delete(leaf.resolve("LOCKFILE"));
        Files.delete(leaf);
        assertEquals(new Outcome.Stored(), Posts.post(store, SECOND));
        assertEquals(Optional.of(SECOND), Posts.held(store, MAILBOX));
    }

    @Test
    void firstLevelDirectoryThatSomebodyRemovedIsMadeAnewForAllItsLeaves() throws IOException {
        Posts.post(store, FIRST);
        Leaf first = Leaf.of(root, MAILBOX);
        String name = "1";
        while (!Leaf.of(root, Blocks.mailbox(Posts.RECIPIENT, name)).first().equals(first.first())) {
            name += "1";
        }
        Key neighbour = Blocks.mailbox(Posts.RECIPIENT, name);
        Files.delete(first.block(MAILBOX));
        Files.delete(first.lockFile());
        Files.delete(first.directory());
        Files.delete(first.first());
        assertEquals(new Outcome.Stored(), Posts.post(store, neighbour, Posts.announcement(name, "first")));
        assertEquals(new Outcome.Stored(), Posts.post(store, FIRST));
    }

    @Test
    void probeGoesTheWholeWayAndLeavesNothing() throws IOException {
        store.probe(MAILBOX);
        assertEquals(List.of("LOCKFILE"), names(Leaf.of(root, MAILBOX).directory()));
        List<String> operations = disk.operations();
        for (int n = 1; n <= operations.size(); n++) {
            disk.failAt(n);
            BlockStore fresh = posts.store(root, disk);
            if (operations.get(n - 1).startsWith("set time of ")) {
                fresh.probe(MAILBOX); // a file system that knows no times loses readers some time, and nothing else
            } else {
                assertThrows(IOException.class, () -> fresh.probe(MAILBOX), "operation " + n);
            }
        }
        disk.heal();
        posts.store(root, disk).probe(MAILBOX);
        assertEquals(List.of("LOCKFILE"), names(Leaf.of(root, MAILBOX).directory()));
    }

    @Test
    void readersSeeOneWholeVersionWhileManyWrite() throws Exception {
        int writers = 6;
        int each = 15;
        AtomicBoolean writing = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String name = "writer " + writer + ", message ";
                done.add(threads.submit(() -> {
                    for (int n = 0; n < each; n++) {
                        assertEquals(new Outcome.Stored(), Posts.post(store, Posts.announcement(name + n)));
                    }
                    return null;
                }));
            }
            Future<Integer> reader = threads.submit(() -> {
                int most = 0;
                do {
                    int seen = messages();
                    assertTrue(seen >= most, "messages were there and are gone");
                    most = seen;
                } while (writing.get());
                return most;
            });
            for (Future<?> future : done) {
                future.get(60, TimeUnit.SECONDS);
            }
            writing.set(false);
            reader.get(20, TimeUnit.SECONDS);
        }
        assertEquals(writers * each, messages());
    }

    private int messages() throws IOException {
        Optional<String> held = Posts.held(store, MAILBOX);
        if (held.isEmpty()) {
            return 0;
        }
        Set<String> hashes = new HashSet<>();
        for (String announcement : held.get().split("NextMessage\n", -1)) {
            List<String> lines = announcement.lines().toList();
            assertEquals("Type: message-announcement", lines.getFirst());
            assertTrue(lines.getLast().startsWith("MessageHash: "), announcement);
            assertTrue(hashes.add(lines.getLast()), "twice: " + lines.getLast());
        }
        return hashes.size();
    }
}

package org.confmail.server.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.confmail.server.account.Account;
import org.confmail.server.account.AuthKey;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.StoredHead;
import org.confmail.server.disk.FileDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendQueueTest {
    /** Entries that the existing server made, of all kinds. */
    private static final Path REFERENCE = Path.of("src/test/resources/vectors/home/sendqueue");

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456789Z");
    private static final Key KEY = Key.sha1(Blocks.bytes("key"));
    private static final String REPLICATE = "StoreType: replicate";

    @TempDir
    Path root;

    private Path directory;
    private Instant now = NOW;
    private SendQueue queue;

    @BeforeEach
    void open() throws IOException {
        directory = Files.createDirectory(root.resolve("sendqueue"));
        restart();
    }

    private void restart() throws IOException {
        queue = Queues.open(directory, new FileDisk(), () -> now);
    }

    /** The entries in the order in which they are to leave. */
    private List<Path> entries() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted(Comparator.comparing(SendQueueTest::modified)).toList();
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path entry : entries()) {
            texts.add(Blocks.text(Files.readAllBytes(entry)));
        }
        return texts;
    }

    private static String entry(String block) {
        return REPLICATE + "\nStoreKeyid: " + KEY + "\nLoginUser: none\n" + block;
    }

    private void queueText(String block) throws IOException {
        queue.replicate(KEY, "none", Blocks.bytes(block));
    }

    private void queueData(Key key, String user, byte[] block) throws IOException {
        Path stored = Files.write(root.resolve("stored"), block);
        MessageDigest naming = SendQueue.naming(key, user);
        naming.update(block);
        try (FileChannel file = FileChannel.open(stored)) {
            queue.replicate(key, user, naming, file);
        }
    }

    @Test
    void entriesAreThoseOfTheExistingServer() throws IOException {
        int blocks = 0;
        int accounts = 0;
        for (Path reference : list(REFERENCE)) {
            byte[] content = Files.readAllBytes(reference);
            String[] lines = Blocks.text(content).split("\n", 4);
            if (!lines[0].equals(REPLICATE)) {
                continue; // STORE PROXY has its own time
            }
            if (lines[1].startsWith("Replogin-User: ")) {
                AuthKey key = new AuthKey(lines[2].substring("Replogin-Auth: ".length()));
                queue.pass(List.of(new Account(lines[1].substring("Replogin-User: ".length()), key)));
                accounts++;
            } else {
                Key key = Key.parse(lines[1].substring("StoreKeyid: ".length())).orElseThrow();
                String user = lines[2].substring("LoginUser: ".length());
                int header = lines[0].length() + lines[1].length() + lines[2].length() + 3;
                byte[] block = Arrays.copyOfRange(content, header, content.length);
                if (StoredHead.read(block, block.length) instanceof StoredHead.Data) {
                    queueData(key, user, block);
                } else {
                    queue.replicate(key, user, block);
                }
                blocks++;
            }
            assertArrayEquals(content, Files.readAllBytes(directory.resolve(reference.getFileName())));
        }
        assertEquals(6, blocks);
        assertEquals(3, accounts);
        assertEquals(9, entries().size());
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void nameIsTheHashOfTheContent() throws IOException {
        queueText("text\n");
        byte[] data = new byte[300_000];
        Arrays.fill(data, (byte) '\r');
        queueData(KEY, "0123456789ABCDEF", data);
        assertEquals(2, entries().size());
        for (Path entry : entries()) {
            assertEquals(Key.sha1(Files.readAllBytes(entry)).toString(), String.valueOf(entry.getFileName()));
        }
    }

    @Test
    void entriesKeepTheirOrderWithinOneTickOfTheClock() throws IOException {
        List<String> expected = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            queueText("text " + n + "\n");
            expected.add(entry("text " + n + "\n"));
        }
        assertEquals(expected, texts());
        assertEquals(
                50,
                new HashSet<>(entries().stream().map(SendQueueTest::modified).toList()).size());
        FileTime first = modified(entries().getFirst());
        assertEquals(Instant.parse("2026-11-22T12:00:00.123456Z"), first.toInstant());
    }

    @Test
    void orderOutlivesRestartsAndClocksThatGoBack() throws IOException {
        queueText("first\n");
        now = NOW.minusSeconds(3600);
        queueText("second\n");
        restart();
        queueText("third\n");
        now = NOW.plusSeconds(1);
        queueText("fourth\n");
        assertEquals(
                Stream.of("first\n", "second\n", "third\n", "fourth\n")
                        .map(SendQueueTest::entry)
                        .toList(),
                texts());
    }

    @Test
    void newEntriesComeBehindThoseOfTheExistingServer() throws IOException {
        Path old = Files.writeString(directory.resolve("OLD"), "of the existing server");
        Files.setLastModifiedTime(old, FileTime.from(NOW.plusSeconds(5).plusNanos(999)));
        restart();
        queueText("new\n");
        assertEquals(List.of("of the existing server", entry("new\n")), texts());
    }

    @Test
    void sameContentMovesToTheEnd() throws IOException {
        AuthKey key = new AuthKey("SOMEKEY1");
        queue.pass(List.of(new Account(Account.UNDEFINED, key)));
        queue.pass(List.of(new Account(Account.DISABLED, key)));
        queue.pass(List.of(new Account(Account.UNDEFINED, key)));
        assertEquals(
                Stream.of(Account.DISABLED, Account.UNDEFINED)
                        .map(user -> REPLICATE + "\nReplogin-User: " + user + "\nReplogin-Auth: SOMEKEY1\n")
                        .toList(),
                texts());
    }

    @Test
    void leftOversAreRemovedWhenTheQueueIsOpened() throws IOException {
        queueText("kept\n");
        Files.writeString(directory.resolve(KEY + ".17-0.tmp"), "half of it");
        Files.createDirectories(directory.resolve("stuck.tmp").resolve("not empty"));
        restart();
        assertTrue(Files.notExists(directory.resolve(KEY + ".17-0.tmp")));
        Files.delete(directory.resolve("stuck.tmp").resolve("not empty"));
        restart();
        assertEquals(List.of(entry("kept\n")), texts());
    }

    @Test
    void entriesAreForTheOwnersEyesOnly() throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        queueText("text\n");
        queueData(KEY, "none", new byte[10]);
        queue.pass(List.of(new Account(Account.UNDEFINED, new AuthKey("SOMEKEY1"))));
        for (Path entry : entries()) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)));
        }
    }

    @Test
    void manyMayQueueTheSameAtOnce() throws Exception {
        queue = Queues.open(directory, new FileDisk(), InstantSource.system());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int n = 0; n < 32; n++) {
                String block = "text " + n % 4 + "\n";
                done.add(threads.submit(() -> {
                    queueText(block);
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get(20, TimeUnit.SECONDS);
            }
        }
        assertEquals(4, entries().size());
        for (Path entry : entries()) {
            assertEquals(Key.sha1(Files.readAllBytes(entry)).toString(), String.valueOf(entry.getFileName()));
        }
    }
}

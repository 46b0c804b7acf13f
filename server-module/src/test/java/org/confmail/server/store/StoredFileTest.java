package org.confmail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.StoredHead;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a file is read under its leaf's lock, and what a reader does whose file is written in place, or replaced. */
@Timeout(60)
class StoredFileTest {
    private static final Key KEY = Posts.MAILBOX;
    private static final int PIECE = 100_000;
    private static final int LARGE = StoredFile.LOCKED_TEXT_BYTES_MAX + PIECE;

    @TempDir
    Path root;

    private final FaultyDisk disk = new FaultyDisk(new FileDisk());
    private final AtomicLong time = new AtomicLong();
    private Path file;
    private BlockStore store;

    @BeforeEach
    void open() {
        file = Posts.file(root, KEY);
        store = new BlockStore(root, disk, Posts.SERVER_ID, Instant::now, time::get);
    }

    /** A text of so many bytes that says everywhere which one it is. */
    private static String text(char which, int bytes) {
        StringBuilder text = new StringBuilder("Type: acknowledgment\nDate: 2026-11-22T13:00:00Z\n");
        while (text.length() < bytes - 50) {
            text.append("X: ").append(("" + which).repeat(46)).append('\n');
        }
        return text.append("X".repeat(bytes - text.length() - 1)).append('\n').toString();
    }

    private long locks() {
        return disk.operations().stream()
                .filter(done -> done.startsWith("lock "))
                .count();
    }

    private void laidAt(String content, Instant modified) throws IOException {
        Posts.lay(root, KEY, content);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    private static String read(StoredFile open, int from, int to) throws IOException {
        byte[] bytes = new byte[to - from];
        open.read(from, bytes, 0, bytes.length);
        return Blocks.text(bytes);
    }

    private String held() throws IOException {
        return Posts.held(store, KEY).orElseThrow();
    }

    @Test
    void whatThisServerWroteIsReadWithoutTheLock() throws Exception {
        Posts.post(store, Posts.announcement("one"));
        Posts.postData(store, Posts.NOW);
        disk.heal();
        assertEquals(Posts.announcement("one"), held());
        assertEquals(Posts.data(Posts.NOW), Posts.held(store, Posts.DATA).orElseThrow());
        assertEquals(0, locks());
    }

    @Test
    void whatIsOldIsReadWithoutTheLock() throws Exception {
        laidAt(text('a', 500), Instant.now().minus(Version.QUIET).minusSeconds(1));
        assertEquals(text('a', 500), held());
        assertEquals(0, locks());
    }

    @Test
    void whatSomebodyElseWroteOfLateIsReadUnderTheLock() throws Exception {
        for (Instant modified : List.of(
                Instant.now().minus(Version.QUIET).plusSeconds(60),
                Instant.now(),
                Instant.now().plusSeconds(60))) {
            disk.heal();
            laidAt(text('a', 500), modified);
            assertEquals(text('a', 500), held());
            assertEquals(1, locks());
        }
    }

    @Test
    void whatWasWrittenInPlaceOverOursIsReadUnderTheLock() throws Exception {
        Posts.post(store, Posts.announcement("one"));
        Files.write(file, Blocks.bytes(Posts.announcement("two")));
        disk.heal();
        assertEquals(Posts.announcement("two"), held());
        assertEquals(1, locks());
    }

    @Test
    void fileThatWasJustCutIsReadUnderTheLock() throws Exception {
        laidAt("", Instant.EPOCH); // as it looks for a moment: the size goes first
        disk.heal();
        try (StoredFile open = store.open(KEY).orElseThrow()) {
            assertInstanceOf(StoredHead.Unreadable.class, open.head());
        }
        assertEquals(1, locks());
    }

    @Test
    void nothingIsServedWhileTheWriterKeepsTheLock() throws Exception {
        Posts.lay(root, KEY, text('a', 500));
        Optional<Holder> holder =
                Holder.start(Holder.Language.PYTHON, Leaf.of(root, KEY).lockFile());
        assumeTrue(holder.isPresent(), "this machine has no python3");
        try (var _ = holder.get()) {
            BlockStore impatient = new BlockStore(
                    root, disk, Posts.SERVER_ID, Instant::now, () -> time.addAndGet(LeafLocks.PATIENCE.toNanos()));
            assertThrows(LeafBusyException.class, () -> impatient.open(KEY));
        }
        assertEquals(text('a', 500), held());
    }

    @Test
    void textOfAPostIsReadToItsEndUnderTheLock() throws Exception {
        String whole = text('a', PIECE);
        Posts.lay(root, KEY, whole);
        try (StoredFile open = store.open(KEY).orElseThrow()) {
            Files.write(file, Blocks.bytes(text('b', PIECE)));
            assertEquals(whole, read(open, 0, PIECE));
        }
    }

    @Test
    void readingEndsWhereTheFileIsWrittenInPlace() throws Exception {
        for (boolean settled : List.of(true, false)) {
            for (int size : List.of(LARGE, LARGE - 50, LARGE + 50)) {
                laidAt(text('a', LARGE), settled ? Instant.EPOCH : Instant.now());
                try (StoredFile open = store.open(KEY).orElseThrow()) {
                    assertEquals(text('a', LARGE).substring(0, PIECE), read(open, 0, PIECE));
                    Files.write(file, Blocks.bytes(text('b', size)));
                    assertThrows(IOException.class, () -> read(open, PIECE, 2 * PIECE));
                }
            }
        }
    }

    @Test
    void fileThatIsReplacedIsReadToItsEnd() throws Exception {
        String whole = text('a', LARGE);
        laidAt(whole, Instant.EPOCH);
        try (StoredFile open = store.open(KEY).orElseThrow()) {
            assertEquals(whole.substring(0, PIECE), read(open, 0, PIECE));
            replace(text('b', LARGE));
            assertEquals(whole.substring(PIECE, 2 * PIECE), read(open, PIECE, 2 * PIECE));
            replace(text('c', LARGE));
            assertEquals(whole.substring(2 * PIECE), read(open, 2 * PIECE, LARGE));
        }
        laidAt(whole, Instant.EPOCH);
        try (StoredFile open = store.open(KEY).orElseThrow()) {
            Files.delete(file);
            assertEquals(whole, read(open, 0, LARGE));
        }
    }

    @Test
    void fileThatIsWrittenInPlaceAndThenReplacedIsNotReadOn() throws Exception {
        laidAt(text('a', LARGE), Instant.EPOCH);
        try (StoredFile open = store.open(KEY).orElseThrow()) {
            assertEquals(text('a', LARGE).substring(0, PIECE), read(open, 0, PIECE));
            Files.write(file, Blocks.bytes(text('b', LARGE)));
            replace(text('c', LARGE));
            IOException torn = assertThrows(IOException.class, () -> read(open, PIECE, 2 * PIECE));
            assertTrue(torn.toString().contains("in place"), torn::toString);
        }
    }

    private void replace(String content) throws IOException {
        Path fresh = Files.write(root.resolve("fresh"), Blocks.bytes(content));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

package org.confmail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.confmail.server.block.BlockType;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.StoredHead;
import org.confmail.server.disk.FileDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which texts are remembered, how many, and that what changed on disk is never served from memory. */
@Timeout(30)
class RecentTextsTest {
    private static final Key KEY = Posts.MAILBOX;
    private static final Instant SEALED = Posts.NOW.plusNanos(271_828_000);
    private static final int BYTES = 1_000;

    @TempDir
    Path root;

    private Instant now = Posts.NOW;
    private BlockStore store;
    private Path file;

    @BeforeEach
    void open() {
        store = new BlockStore(root, new FileDisk(), Posts.SERVER_ID, () -> now, () -> 0);
        file = Posts.file(root, KEY);
    }

    private static Version version(Instant modified) {
        return new Version("file", FileTime.from(modified), BYTES);
    }

    private static StoredStart text(Version version, int bytes) {
        return new StoredStart(
                version, new byte[bytes], new StoredHead.Text(BlockType.MESSAGE_ANNOUNCEMENT, Optional.of(Posts.NOW)));
    }

    private RecentTexts recent() {
        return new RecentTexts(() -> now);
    }

    private String held() throws IOException {
        return Posts.held(store, KEY).orElseThrow();
    }

    /** A file of this time, written over the one that is there without another change of it. */
    private void laidAt(String content, Instant modified) throws IOException {
        Posts.lay(root, KEY, content);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    @Test
    void textIsRememberedOnceItsSecondIsOver() {
        RecentTexts recent = recent();
        Version version = version(SEALED);
        for (Instant young : new Instant[] {Posts.NOW, SEALED, SEALED.plus(RecentTexts.YOUNG)}) {
            now = young;
            recent.add(KEY, text(version, BYTES));
            assertTrue(recent.of(KEY, version).isEmpty(), young.toString());
        }
        now = SEALED.plus(RecentTexts.YOUNG).plusNanos(1);
        recent.add(KEY, text(version, BYTES));
        assertTrue(recent.of(KEY, version).isPresent());
        assertTrue(recent.of(KEY, version(SEALED.plusSeconds(1))).isEmpty());
        assertTrue(
                recent.of(KEY, new Version("other", version.modified(), BYTES)).isEmpty());
        assertTrue(recent.of(KEY, new Version("file", version.modified(), BYTES + 1))
                .isEmpty());
        assertTrue(recent.of(Posts.DATA, version).isEmpty());
    }

    @Test
    void whatIsNoSmallTextIsNotRemembered() {
        now = SEALED.plusSeconds(10);
        RecentTexts recent = recent();
        Version version = version(SEALED);
        recent.add(KEY, text(version, BYTES - 1)); // not whole
        Version large = new Version("file", FileTime.from(SEALED), RecentTexts.TEXT_BYTES_MAX + 1);
        recent.add(KEY, text(large, RecentTexts.TEXT_BYTES_MAX + 1));
        recent.add(KEY, new StoredStart(version, new byte[BYTES], new StoredHead.Unreadable("torn")));
        Version ofNoFile = new Version(null, FileTime.from(SEALED), BYTES);
        recent.add(KEY, text(ofNoFile, BYTES));
        for (Version each : new Version[] {version, large, ofNoFile}) {
            assertTrue(recent.of(KEY, each).isEmpty(), each.toString());
        }
    }

    @Test
    void textsAskedForLastStay() {
        now = SEALED.plusSeconds(10);
        RecentTexts recent = recent();
        Version version = version(SEALED);
        int room = RecentTexts.BYTES_MAX / (BYTES + RecentTexts.OVERHEAD_BYTES);
        for (int i = 0; i <= room; i++) {
            Key key = Blocks.mailbox(Posts.RECIPIENT, "" + i);
            recent.add(key, text(version, BYTES));
            recent.add(key, text(version, BYTES)); // counts once
            assertTrue(recent.of(Blocks.mailbox(Posts.RECIPIENT, "0"), version).isPresent());
        }
        assertTrue(recent.of(Blocks.mailbox(Posts.RECIPIENT, "1"), version).isEmpty());
        assertTrue(recent.of(Blocks.mailbox(Posts.RECIPIENT, "2"), version).isPresent());
    }

    @Test
    void whatHasAllMarksOfTheFileThatWasReadIsServedFromMemory() throws Exception {
        laidAt(Posts.announcement("one"), SEALED);
        now = SEALED.plusSeconds(10);
        assertEquals(Posts.announcement("one"), held());
        laidAt(Posts.announcement("two"), SEALED); // nobody's clock does that
        assertEquals(Posts.announcement("one"), held());
    }

    @Test
    void whatChangedIsServedAnew() throws Exception {
        laidAt(Posts.announcement("one"), SEALED);
        now = SEALED.plusSeconds(10);
        assertEquals(Posts.announcement("one"), held());
        Files.write(file, Blocks.bytes(Posts.announcement("two"))); // as the existing server does
        assertEquals(Posts.announcement("two"), held());
        Path other = root.resolve("other");
        Files.write(other, Blocks.bytes(Posts.announcement("six")));
        Files.setLastModifiedTime(other, FileTime.from(SEALED));
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
        assertEquals(Posts.announcement("six"), held());
        now = now.plusSeconds(1);
        Posts.post(store, Posts.announcement("ten"));
        assertTrue(held().contains(Blocks.hash("ten")));
        Files.delete(file);
        assertTrue(Posts.held(store, KEY).isEmpty());
    }
}

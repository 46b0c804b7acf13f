package org.confmail.server.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.confmail.server.block.Key;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.time.Ticker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HeldStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:30:00Z");
    private static final Key ONE = Key.sha1(new byte[] {1});
    private static final Key OTHER = Key.sha1(new byte[] {2});
    private static final int HEADER = new HeldBlock(NOW, NOW, ONE, new byte[100]).bytes().length - 100;
    private static final int ROOM = 2 * HEADER + 300;

    @TempDir
    Path root;

    private HeldStore store;
    private boolean refusing;

    @BeforeEach
    void open() {
        store = new HeldStore(root, new FileDisk(), "7", () -> NOW, Ticker.SYSTEM, () -> refusing, ROOM, ROOM);
    }

    private void write(Key key, int bytes) throws IOException {
        store.change(key, _ -> new HeldStore.Next.Write(new HeldBlock(NOW, NOW, key, new byte[bytes])));
    }

    private int held(Key key) throws IOException {
        return store.read(key).orElseThrow().block().length;
    }

    @Test
    void blocksThatNeedMoreRoomThanThereIsAreRefusedAndTheOthersStay() throws IOException {
        write(ONE, 100);
        write(OTHER, 100);
        assertEquals(ROOM - 100, store.bytes());
        assertThrows(HeldFullException.class, () -> write(Key.sha1(new byte[] {3}), 100));
        assertThrows(HeldFullException.class, () -> write(ONE, 201));
        assertEquals(100, held(ONE));
        write(ONE, 200);
        assertThrows(HeldFullException.class, () -> write(OTHER, 101));
        assertEquals(ROOM, store.bytes());
    }

    @Test
    void belowTheReserveNothingNewIsHeldAndWhatIsThereStaysAndMayShrink() throws IOException {
        write(ONE, 100);
        refusing = true;
        assertThrows(HeldFullException.class, () -> write(OTHER, 1));
        assertThrows(HeldFullException.class, () -> write(ONE, 101));
        write(ONE, 100); // published anew
        write(ONE, 50);
        assertEquals(50, held(ONE));
        refusing = false;
        write(OTHER, 1);
        assertEquals(1, held(OTHER));
    }

    @Test
    void whatIsShortenedOrDeletedMakesRoom() throws IOException {
        write(ONE, 200);
        write(OTHER, 100);
        write(ONE, 100);
        write(OTHER, 200);
        store.change(ONE, _ -> new HeldStore.Next.Delete());
        store.change(ONE, _ -> new HeldStore.Next.Delete());
        assertEquals(HEADER + 200, store.bytes());
        write(ONE, 100);
        assertArrayEquals(new byte[200], store.read(OTHER).orElseThrow().block());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void walkToTheEndLeavesNothingOpen() throws IOException {
        Key last = Key.parse("FFFF" + "0".repeat(36)).orElseThrow();
        write(last, 1);
        HeldKeys keys = store.keys();
        assertEquals(Optional.of(last), keys.next());
        assertTrue(isOpen(root.resolve("FF/FF")));
        assertEquals(Optional.empty(), keys.next());
        assertFalse(isOpen(root.resolve("FF/FF")));
    }

    private static boolean isOpen(Path directory) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(directory.toRealPath());
                } catch (IOException e) {
                    return false; // closed meanwhile
                }
            });
        }
    }

    @Test
    void blockThatIsTooLargeForTheMemoryIsLeftAsItIsAndNeverCut() throws IOException {
        write(ONE, 200);
        HeldStore small =
                new HeldStore(root, new FileDisk(), "7", () -> NOW, Ticker.SYSTEM, () -> refusing, ROOM, HEADER + 199);
        assertThrows(HeldTooLargeException.class, () -> small.read(ONE));
        assertThrows(
                HeldTooLargeException.class, () -> small.change(ONE, held -> new HeldStore.Next.Write(held.get())));
        assertThrows(
                HeldTooLargeException.class,
                () -> small.change(
                        OTHER, _ -> new HeldStore.Next.Write(new HeldBlock(NOW, NOW, OTHER, new byte[200]))));
        assertEquals(200, held(ONE));
        assertEquals(Optional.empty(), store.read(OTHER));
        assertEquals(NOW, small.readHeader(ONE).orElseThrow().lastPublished());
    }

    @Test
    void whatWasHeldBeforeCounts() throws IOException {
        write(ONE, 200);
        HeldStore again =
                new HeldStore(root, new FileDisk(), "7", () -> NOW, Ticker.SYSTEM, () -> refusing, ROOM, ROOM);
        again.counted(again.bytes(ONE));
        assertEquals(HEADER + 200, again.bytes());
        HeldBlock block = new HeldBlock(NOW, NOW, OTHER, new byte[101]);
        assertThrows(HeldFullException.class, () -> again.change(OTHER, _ -> new HeldStore.Next.Write(block)));
        again.change(ONE, _ -> new HeldStore.Next.Write(new HeldBlock(NOW, NOW, ONE, new byte[200])));
    }
}

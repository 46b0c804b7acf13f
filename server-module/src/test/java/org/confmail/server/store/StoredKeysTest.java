package org.confmail.server.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.openpgp.Fixtures;
import org.confmail.server.time.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredKeysTest {
    private static final Key KEY = Key.sha1(new byte[0]);

    @TempDir
    private Path root;

    private Path file() throws IOException {
        Path leaf = root.resolve("DA/39");
        Files.createDirectories(leaf);
        return leaf.resolve(KEY.toString());
    }

    private Optional<byte[]> lookUp() {
        return new StoredKeys(new BlockStore(root, new FileDisk(), "7", InstantSource.system(), Ticker.SYSTEM))
                .announcement(KEY);
    }

    @Test
    void storedKeyAnnouncementIsFound() throws IOException {
        byte[] announcement = Fixtures.bytes("rsa2048.key-announcement");
        Files.write(file(), announcement);
        assertArrayEquals(announcement, lookUp().orElseThrow());
    }

    @Test
    void anythingElseIsNoKey() throws IOException {
        assertEquals(Optional.empty(), lookUp());
        Files.write(file(), Fixtures.bytes("rsa2048.address-claim"));
        assertEquals(Optional.empty(), lookUp());
        Files.writeString(file(), "torn");
        assertEquals(Optional.empty(), lookUp());
        Files.writeString(file(), Fixtures.text("rsa2048.key-announcement") + "\n".repeat(600_000));
        assertEquals(Optional.empty(), lookUp());
    }

    @Test
    void whatCannotBeReadIsNotTakenForUnknown() throws IOException {
        Files.createDirectory(file());
        assertThrows(UncheckedIOException.class, this::lookUp);
    }
}

package org.confmail.server.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.confmail.server.disk.Disk.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyDiskTest {
    private static final byte[] OLD = {'o', 'l', 'd'};
    private static final byte[] NEW = {'n', 'e', 'w', '!'};

    @TempDir
    Path directory;

    private final FaultyDisk disk = new FaultyDisk(new FileDisk());

    @Test
    void replacementThatFailsAnywhereLeavesOldOrNewContentAndNoTemporaryFile() throws IOException {
        Path target = directory.resolve("target");
        Path temporary = directory.resolve("target.tmp");
        disk.replace(target, temporary, OLD, Access.OWNER_ONLY);
        int operations = disk.operations().size();
        assertEquals(6, operations, () -> disk.operations().toString());

        for (int n = 1; n <= operations; n++) {
            Files.write(target, OLD);
            disk.failAt(n);
            assertThrows(IOException.class, () -> disk.replace(target, temporary, NEW, Access.OWNER_ONLY));
            String failed = disk.failed().orElseThrow();
            assertArrayEquals(failed.startsWith("force directory") ? NEW : OLD, Files.readAllBytes(target), failed);
            assertTrue(Files.notExists(temporary), failed);
        }
    }

    @Test
    void failedWriteLeavesHalfOfItsBytes() throws IOException {
        Path file = directory.resolve("file");
        try (DurableFile open = disk.create(file, Access.BY_UMASK)) {
            disk.failFrom(1);
            assertThrows(IOException.class, () -> open.write(ByteBuffer.wrap(NEW)));
            assertThrows(IOException.class, open::force);
            disk.heal();
            open.force();
        }
        assertEquals("ne", Files.readString(file));
    }
}

package org.confmail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.confmail.server.block.DataHeader;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads so large that the disk begins with them before they are whole. */
class UploadTest {
    private static final int PIECES = 48;
    private static final byte[] PIECE = new byte[128 * 1024];
    private static final DataHeader HEADER = Posts.header(Posts.NOW.minusSeconds(60), (long) PIECES * PIECE.length);

    private final Posts posts = new Posts();

    @TempDir
    Path root;

    private Outcome upload(BlockStore store) throws IOException {
        try (Upload upload = store.upload(Posts.DATA, HEADER)) {
            for (int i = 0; i < PIECES; i++) {
                upload.write(PIECE, 0, PIECE.length);
            }
            return store.place(upload, HEADER);
        }
    }

    @Test
    void aLargeUploadIsForcedOnTheWay() throws IOException {
        FaultyDisk disk = new FaultyDisk(new FileDisk());
        assertInstanceOf(Outcome.Stored.class, upload(posts.store(root, disk)));
        long forces =
                disk.operations().stream().filter(UploadTest::isForceOfUpload).count();
        assertTrue(forces >= 2, () -> disk.operations().toString());
        assertEquals(HEADER.stored().length + (long) PIECES * PIECE.length, Files.size(Posts.file(root, Posts.DATA)));
    }

    @Test
    void aFailureOfAnyOperationFailsTheUploadAlsoWhereALaterForceSucceeds() throws IOException {
        FaultyDisk disk = new FaultyDisk(new FileDisk());
        BlockStore store = posts.store(root, disk);
        boolean anyForce = false;
        disk.heal();
        for (int number = 1; number == 1 || disk.failed().isPresent(); number++) {
            Files.deleteIfExists(Posts.file(root, Posts.DATA));
            disk.failAt(number);
            try {
                upload(store);
            } catch (IOException e) {
                assertFalse(disk.failed().isEmpty(), e::toString);
                anyForce |= isForceOfUpload(disk.failed().orElseThrow());
                continue;
            }
            assertTrue(
                    disk.failed()
                            .filter(operation -> !operation.startsWith("delete"))
                            .filter(operation -> !operation.startsWith("set time of")) // readers take the lock then
                            .isEmpty(),
                    () -> "stored although this failed: " + disk.failed());
        }
        assertTrue(anyForce);
    }

    @Test
    void anUploadThatIsGivenUpLeavesNothing() throws IOException {
        BlockStore store = posts.store(root, new FileDisk());
        Upload upload = store.upload(Posts.DATA, HEADER);
        for (int i = 0; i < PIECES; i++) {
            upload.write(PIECE, 0, PIECE.length);
        }
        upload.close();
        assertThrows(IOException.class, () -> upload.write(PIECE, 0, 1));
        try (Stream<Path> files = Files.walk(root)) {
            assertEquals(0, files.filter(Files::isRegularFile).count());
        }
    }

    private static boolean isForceOfUpload(String operation) {
        return operation.startsWith("force ") && operation.endsWith(".tmp");
    }
}

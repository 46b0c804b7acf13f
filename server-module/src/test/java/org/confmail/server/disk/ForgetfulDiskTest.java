package org.confmail.server.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.disk.ForgetfulDisk.Loss;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tests of power loss are worth as much as the disk that they run on. */
class ForgetfulDiskTest {
    @TempDir
    Path root;

    private ForgetfulDisk disk;

    @BeforeEach
    void holdOneFile() throws IOException {
        Files.writeString(root.resolve("held"), "held");
        disk = new ForgetfulDisk(root);
    }

    private DurableFile written(String name, String content) throws IOException {
        DurableFile file = disk.create(root.resolve(name), Access.BY_UMASK);
        file.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
        return file;
    }

    private List<String> found() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> !file.equals(root))
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasForcedWithItsNameSurvives(Loss loss) throws IOException {
        disk.createDirectory(root.resolve("directory"), Access.BY_UMASK);
        disk.forceDirectory(root);
        try (DurableFile file = written("directory/file", "new")) {
            file.force();
        }
        disk.forceDirectory(root.resolve("directory"));
        disk.crash(loss);
        assertEquals(List.of("directory", "directory/file", "held"), found());
        assertEquals("new", Files.readString(root.resolve("directory/file")));
    }

    @Test
    void contentThatWasNotForcedIsLostOrTorn() throws IOException {
        for (Loss loss : Loss.values()) {
            disk = new ForgetfulDisk(root);
            Files.deleteIfExists(root.resolve("file"));
            written("file", "abcd").close();
            disk.forceDirectory(root);
            disk.crash(loss);
            String content = Files.readString(root.resolve("file"));
            assertEquals(
                    switch (loss) {
                        case ALL -> "";
                        case NAMES -> "abcd";
                        case CONTENT_CUT -> "ab";
                        case CONTENT_ZEROED -> "\0\0\0\0";
                    },
                    content);
        }
    }

    @Test
    void namesThatWereNotForcedGoBack() throws IOException {
        try (DurableFile file = written("temporary", "new")) {
            file.force();
        }
        disk.rename(root.resolve("temporary"), root.resolve("held"));
        disk.crash(Loss.ALL);
        assertEquals(List.of("held"), found());
        assertEquals("held", Files.readString(root.resolve("held")));
    }

    @Test
    void namesMayAlsoBeKeptWithoutContent() throws IOException {
        written("temporary", "newer").close();
        disk.rename(root.resolve("temporary"), root.resolve("held"));
        disk.crash(Loss.CONTENT_CUT);
        assertEquals(List.of("held"), found());
        assertEquals("ne", Files.readString(root.resolve("held")));
    }

    @Test
    void whatLiesInADirectoryWithoutNameIsLost() throws IOException {
        disk.createDirectory(root.resolve("directory"), Access.BY_UMASK);
        try (DurableFile file = written("directory/file", "new")) {
            file.force();
        }
        disk.forceDirectory(root.resolve("directory"));
        disk.crash(Loss.ALL);
        assertEquals(List.of("held"), found());
    }

    @Test
    void deletedFilesComeBackUntilTheirDirectoryIsForced() throws IOException {
        disk.delete(root.resolve("held"));
        disk.crash(Loss.NAMES);
        assertEquals(List.of("held"), found());
        disk = new ForgetfulDisk(root);
        disk.delete(root.resolve("held"));
        disk.forceDirectory(root);
        disk.crash(Loss.ALL);
        assertEquals(List.of(), found());
    }

    @Test
    void appendedBytesAreLostBehindWhatWasForced() throws IOException {
        try (DurableFile file = disk.append(root.resolve("held"), Access.BY_UMASK)) {
            file.write(ByteBuffer.wrap(new byte[] {'!', '?'}));
        }
        disk.crash(Loss.CONTENT_CUT);
        assertEquals("held!", Files.readString(root.resolve("held")));
    }
}

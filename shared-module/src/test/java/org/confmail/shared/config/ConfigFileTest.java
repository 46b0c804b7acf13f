package org.confmail.shared.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    @TempDir
    Path home;

    private Path path = Path.of("");

    @BeforeEach
    void write() throws IOException {
        path = home.resolve("config.txt");
        Files.writeString(path, "# mine\r\nsport: 1");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void assumePosix(Path file) throws IOException {
        FileStore store = Files.getFileStore(file);
        assumeTrue(store.supportsFileAttributeView("posix"));
    }

    @Test
    void savesWhatWasEditedAndNothingElse() throws IOException {
        ConfigFile file = ConfigFile.load(path);
        ConfigFile saved = file.save(file.document().set("sport", "2"));
        assertEquals("# mine\r\nsport: 2", Files.readString(path));
        assertEquals(List.of("config.txt"), names());
        saved.save(saved.document().set("eport", "3"));
        assertEquals("# mine\r\nsport: 2\r\neport: 3\r\n", Files.readString(path));
    }

    @Test
    void refusesToOverwriteWhatSomebodyElseChanged() throws IOException {
        ConfigFile file = ConfigFile.load(path);
        Files.writeString(path, "# mine\r\nsport: 7");
        IOException refusal = assertThrows(
                ConfigChangedException.class, () -> file.save(file.document().set("sport", "2")));
        assertTrue(refusal.toString().contains(path.toString()));
        assertEquals("# mine\r\nsport: 7", Files.readString(path));
        assertEquals(List.of("config.txt"), names());
    }

    @Test
    void doesNotBringBackAFileThatIsGone() throws IOException {
        ConfigFile file = ConfigFile.load(path);
        Files.delete(path);
        assertThrows(NoSuchFileException.class, () -> file.save(file.document().set("sport", "2")));
        assertEquals(List.of(), names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-r-----", "rw-rw-r--", "r--r--r--"})
    void keepsThePermissions(String permissions) throws IOException {
        assumePosix(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        ConfigFile file = ConfigFile.load(path);
        file.save(file.document().set("sport", "2"));
        assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        assertEquals("# mine\r\nsport: 2", Files.readString(path));
    }

    @Test
    void keepsOwnerAndGroupWhereTheProcessMay() throws IOException {
        assumePosix(path);
        try {
            Files.setAttribute(path, "unix:uid", 54321);
            Files.setAttribute(path, "unix:gid", 54322);
        } catch (IOException e) {
            assumeTrue(false, "only root may give files away: " + e);
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        ConfigFile file = ConfigFile.load(path);
        file.save(file.document().set("sport", "2"));
        assertEquals(54321, Files.getAttribute(path, "unix:uid"));
        assertEquals(54322, Files.getAttribute(path, "unix:gid"));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @Test
    void followsASymbolicLinkAndLeavesItOne() throws IOException {
        assumePosix(path);
        Path elsewhere = Files.createDirectory(home.resolve("etc")).resolve("mail.conf");
        Files.move(path, elsewhere);
        Files.createSymbolicLink(path, Path.of("etc/mail.conf"));
        ConfigFile file = ConfigFile.load(path);
        file.save(file.document().set("sport", "2"));
        assertTrue(Files.isSymbolicLink(path));
        assertEquals("# mine\r\nsport: 2", Files.readString(elsewhere));
        assertEquals(List.of("config.txt", "etc"), names());
    }

    @Test
    void leavesNoTemporaryFileWhenItFails() throws IOException {
        Path inTheWay = Files.createDirectory(home.resolve("directory"));
        Files.createFile(inTheWay.resolve("inside"));
        assertThrows(IOException.class, () -> ConfigFile.replace(inTheWay, new byte[] {1}));
        assertEquals(List.of("config.txt", "directory"), names());
    }

    @Test
    void saysPlainlyWhyAFileCannotBeRead() throws IOException {
        Path missing = home.resolve("missing.txt");
        assertTrue(assertThrows(IOException.class, () -> ConfigFile.load(missing))
                .toString()
                .contains("missing.txt: does not exist"));
        assertTrue(assertThrows(IOException.class, () -> ConfigFile.load(home))
                .toString()
                .contains("not a regular file"));
        byte[] large = new byte[ConfigDocument.BYTES_MAX + 1];
        Files.write(path, large);
        assertTrue(assertThrows(IOException.class, () -> ConfigFile.load(path))
                .toString()
                .contains("larger than 1048576 bytes"));
        assertArrayEquals(large, Files.readAllBytes(path));
    }
}

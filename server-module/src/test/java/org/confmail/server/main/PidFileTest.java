package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.confmail.server.disk.FileDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    Path directory;

    private PidFile write(String name, long pid) throws StartFailure {
        return PidFile.write(new FileDisk(), directory.resolve(name), pid);
    }

    @Test
    void holdsTheProcessIdAndIsGoneAfterwards() throws Exception {
        PidFile pidFile = write("server.pid", 4711);
        assertEquals("4711\n", Files.readString(directory.resolve("server.pid")));
        pidFile.remove();
        assertEquals(List.of(), names());
    }

    @Test
    void staleFileIsReplaced() throws Exception {
        Files.writeString(directory.resolve("server.pid"), "99999\n");
        write("server.pid", 4711);
        assertEquals("4711\n", Files.readString(directory.resolve("server.pid")));
        assertEquals(List.of("server.pid"), names());
    }

    @Test
    void fileOfAnotherProcessStays() throws Exception {
        PidFile pidFile = write("server.pid", 4711);
        Files.writeString(directory.resolve("server.pid"), "4712\n");
        pidFile.remove();
        assertTrue(Files.exists(directory.resolve("server.pid")));
    }

    @Test
    void removingAFileThatIsGoneIsNoError() throws Exception {
        PidFile pidFile = write("server.pid", 4711);
        Files.delete(directory.resolve("server.pid"));
        pidFile.remove();
        assertFalse(Files.exists(directory.resolve("server.pid")));
    }

    @Test
    void unwritableFileSaysWhyAndWhatToDo() throws IOException {
        StartFailure failure = assertThrows(StartFailure.class, () -> write("none/server.pid", 4711));
        assertEquals(
                List.of("pid file: cannot write " + directory.resolve("none/server.pid")
                        + ": No such file or directory. Name a file in a directory that this user may write to."),
                failure.lines());
        Files.createDirectory(directory.resolve("taken"));
        assertThrows(StartFailure.class, () -> write("taken", 4711));
        assertEquals(List.of("taken"), names());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}

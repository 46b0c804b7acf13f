package org.confmail.server.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTimesTest {
    private final Path directory;

    FileTimesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void timesAreSetToTheMicrosecond() throws IOException {
        for (String time :
                new String[] {"2026-11-23T01:02:03.271828Z", "1970-01-01T00:00:00Z", "2040-01-01T00:00:00.999999Z"}) {
            Path file = Files.writeString(directory.resolve("file with blanks"), "content");
            FileTimes.modified(file, Instant.parse(time));
            assertEquals(Instant.parse(time), Files.getLastModifiedTime(file).toInstant());
            assertEquals("content", Files.readString(file));
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = directory.resolve("missing");
        NoSuchFileException failure =
                assertThrows(NoSuchFileException.class, () -> FileTimes.modified(missing, Instant.EPOCH));
        assertEquals(missing.toString(), failure.getFile());
    }
}

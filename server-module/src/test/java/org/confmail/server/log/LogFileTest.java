package org.confmail.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-11-22T15:00:00.5Z");

    private Path file() {
        return directory.resolve("server.log");
    }

    private LogFile log() {
        return new LogFile(
                file(), () -> now, ZoneOffset.UTC, message -> (message + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static LogOutput output(LogFile log) throws IOException {
        return new LogOutput(log, lost -> (lost + " lost\n").getBytes(StandardCharsets.UTF_8));
    }

    private void line(LogOutput output, String text) {
        String time = now.toString().substring(0, 19).replace('T', ' ');
        byte[] bytes = (time + ",000 INFO store main " + text + "\n").getBytes(StandardCharsets.UTF_8);
        output.write(bytes, 0, bytes.length);
    }

    /** The texts of a file's lines. */
    private static List<String> texts(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst(".* main ", ""))
                .toList();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void withoutRotationTheFileGrows() throws IOException {
        LogOutput output = output(log());
        for (int i = 0; i < 100; i++) {
            line(output, "x".repeat(1000));
            now = now.plus(Duration.ofDays(100));
        }
        assertEquals(List.of("server.log"), names());
    }

    @Test
    void fullFileIsMovedAsideAndEachLineIsInOneOfThem() throws IOException {
        LogFile log = log();
        log.rotate(new Rotation(1000, 0, 1000));
        LogOutput output = output(log);
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            written.add("line " + i);
            line(output, "line " + i);
        }
        List<String> read = new ArrayList<>();
        for (Path path : log.all()) {
            assertTrue(Files.size(path) <= 1000, path + " " + Files.size(path));
            read.addAll(texts(path));
        }
        assertEquals(written, read);
        assertTrue(log.all().size() > 8, () -> "only so many files: " + written.size());
        assertEquals("server.log.20261122T150000Z", names().get(1));
        assertEquals("server.log.20261122T150001Z", names().get(2), "two in a second");
    }

    @Test
    void oldFileIsMovedAsideAtTheFirstLineOfALaterDay() throws IOException {
        LogFile log = log();
        log.rotate(new Rotation(0, 2, 10));
        LogOutput output = output(log);
        line(output, "Sunday");
        now = Instant.parse("2026-11-23T23:59:59Z");
        line(output, "Monday");
        output = output(log); // a start in between changes nothing: the first line counts
        now = Instant.parse("2026-11-24T00:00:00Z");
        line(output, "Tuesday");
        assertEquals(List.of("Sunday", "Monday"), texts(directory.resolve("server.log.20261124T000000Z")));
        assertEquals(List.of("Tuesday"), texts(file()));
    }

    @Test
    void onlyOldFilesOfItsOwnAreDeleted() throws IOException {
        List<String> others = List.of(
                "server.log.1",
                "server.log.20261122T150000Z.gz",
                "server.log.20261399T150000Z",
                "other.20261122T150000Z");
        for (String name : others) {
            Files.writeString(directory.resolve(name), "not ours");
        }
        LogFile log = log();
        log.rotate(new Rotation(1, 0, 2));
        LogOutput output = output(log);
        for (int i = 0; i < 5; i++) {
            line(output, "line " + i);
        }
        assertEquals(3, log.all().size());
        assertEquals(List.of("line 2"), texts(log.all().getFirst()));
        assertTrue(names().containsAll(others));
    }

    @Test
    void clockThatGoesBackKeepsTheOrderOfNames() throws IOException {
        LogFile log = log();
        log.rotate(new Rotation(1, 0, 10));
        LogOutput output = output(log);
        for (int i = 0; i < 4; i++) {
            line(output, "line " + i);
            now = now.minus(Duration.ofHours(1));
        }
        List<String> read = new ArrayList<>();
        for (Path path : log.all()) {
            read.addAll(texts(path));
        }
        assertEquals(List.of("line 0", "line 1", "line 2", "line 3"), read);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fileThatSomebodyElseMovedAwayIsLeftAlone() throws IOException {
        LogFile log = log();
        log.rotate(new Rotation(150, 0, 10));
        LogOutput output = output(log);
        line(output, "one");
        Files.move(file(), directory.resolve("server.log.1"));
        line(output, "two, still in the file that was moved away");
        line(output, "three, where a new file is due");
        assertEquals(List.of("server.log", "server.log.1"), names());
        output.reopen();
        line(output, "four");
        assertEquals(
                List.of("one", "two, still in the file that was moved away"), texts(directory.resolve("server.log.1")));
        assertEquals(
                List.of("three, where a new file is due", "four"), texts(file()).subList(0, 2));
    }

    @Test
    void whereMovingFailsTheLogGoesOnAndSaysSoNowAndThen() throws IOException {
        // Long enough that the name of an old file would be too long.
        Path file = directory.resolve("x".repeat(244) + ".log");
        LogFile log = new LogFile(
                file,
                () -> now,
                ZoneOffset.UTC,
                message -> (message.replaceFirst(" " + file + ".*", " …") + "\n").getBytes(StandardCharsets.UTF_8));
        log.rotate(new Rotation(1, 0, 10));
        LogOutput output = output(log);
        for (int i = 0; i < 4; i++) {
            line(output, "line " + i);
            now = now.plus(Duration.ofMinutes(4));
        }
        assertEquals(List.of("line 0", "log: cannot move …", "line 1", "line 2", "line 3"), texts(file));
        line(output, "line 4");
        assertEquals(List.of("log: cannot move …", "line 4"), texts(file).subList(5, 7));
        now = now.minus(Duration.ofDays(9)); // the clock was wrong
        line(output, "line 5");
        assertEquals(List.of("log: cannot move …", "line 5"), texts(file).subList(7, 9));
        assertEquals(0, output.lost());
    }
}

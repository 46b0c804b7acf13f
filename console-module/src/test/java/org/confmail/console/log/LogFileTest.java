package org.confmail.console.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.confmail.console.lines.Line;
import org.confmail.console.lines.Mark;
import org.confmail.console.log.Pages.Page;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int EVENTS = 20_000; // several pieces

    @TempDir
    Path directory;

    private Path path;
    private LogFile file;

    @BeforeEach
    void write() throws IOException {
        path = directory.resolve("server.log");
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < EVENTS; n++) {
            text.append("2026-11-22 %02d:%02d:%02d,%03d ".formatted(n / 3600, n / 60 % 60, n % 60, n % 1000));
            if (n % 1000 == 500) {
                text.append("ERROR store connection-7 event ")
                        .append(n)
                        .append("\njava.io.IOException: x\n\tat a.B.c(B.java)\n");
            } else {
                text.append("INFO server main event ").append(n).append('\n');
            }
        }
        Files.writeString(path, text);
        file = new LogFile(path, ZONE);
    }

    private static int number(Line line) {
        return Integer.parseInt(line.firstLine().substring("event ".length()));
    }

    @Test
    void linesHaveTheirFieldsAndTheirStackTraces() throws IOException {
        Page page = file.from(Instant.parse("2026-11-22T00:08:20Z"), 2);
        assertEquals(3600 + 500, number(page.lines().getFirst()));
        Page withTrace = file.from(Instant.parse("2026-11-21T23:08:20Z"), 2);
        assertEquals(
                new Line(
                        Instant.parse("2026-11-21T23:08:20.500Z"),
                        Mark.ERROR,
                        "store",
                        "connection-7",
                        OptionalLong.of(7),
                        "event 500\njava.io.IOException: x\n\tat a.B.c(B.java)"),
                withTrace.lines().getFirst());
        assertEquals("event 501", withTrace.lines().get(1).text());
    }

    @Test
    void pagesGoBackToTheBeginningAndForthToTheEnd() throws IOException {
        List<Integer> back = new ArrayList<>();
        Page page = file.newest(300);
        while (true) {
            List<Integer> numbers =
                    page.lines().stream().map(LogFileTest::number).toList();
            assertTrue(numbers.size() <= 300);
            back.addAll(0, numbers);
            if (page.older().isEmpty()) {
                break;
            }
            page = file.before(Long.parseLong(page.older().get()), 300);
        }
        List<Integer> forth = new ArrayList<>();
        for (page = file.behind(0, 300);
                !page.lines().isEmpty();
                page = file.behind(Long.parseLong(page.newer()), 300)) {
            page.lines().forEach(line -> forth.add(number(line)));
        }
        List<Integer> all = IntStream.range(0, EVENTS).boxed().toList();
        assertEquals(all, back);
        assertEquals(all, forth);
    }

    @Test
    void anyTimeIsFound() throws IOException {
        for (int n = 0; n < EVENTS; n += 777) {
            Instant time = Instant.parse("2026-11-21T23:00:00Z").plusSeconds(n);
            assertEquals(n, number(file.from(time, 1).lines().getFirst()));
        }
        assertEquals(
                List.of(), file.from(Instant.parse("2026-11-23T00:00:00Z"), 1).lines());
        assertEquals(0, number(file.from(Instant.EPOCH, 1).lines().getFirst()));
    }

    @Test
    void whatIsBeingWrittenComesWithTheNextPage() throws IOException {
        Page newest = file.newest(10);
        append("2026-11-22 12:00:00,000 INFO server main eve");
        assertEquals(List.of(), file.behind(Long.parseLong(newest.newer()), 10).lines());
        append("nt 20000\n");
        Page next = file.behind(Long.parseLong(newest.newer()), 10);
        assertEquals(
                List.of(20_000), next.lines().stream().map(LogFileTest::number).toList());
    }

    @Test
    void fileThatWasReplacedIsReadFromItsBeginning() throws IOException {
        Page newest = file.newest(10);
        Files.writeString(path, "2026-11-23 00:00:00,000 INFO server main event 1\n");
        assertEquals(
                1,
                number(file.behind(Long.parseLong(newest.newer()), 10).lines().getFirst()));
        Files.writeString(path, "");
        assertEquals(List.of(), file.newest(10).lines());
        assertEquals(Optional.empty(), file.newest(10).older());
    }

    @Test
    void pageOfWhatIsNoLogIsBounded() throws IOException {
        String line = "x".repeat(1 << 20) + "\n";
        Files.writeString(path, line.repeat(40));
        Page newest = file.newest(1000);
        assertTrue(newest.older().isPresent());
        assertTrue(newest.lines().size() < 100, () -> "" + newest.lines().size());
        assertTrue(newest.lines().stream().allMatch(part -> part.text().length() < 10_000));
        assertTrue(file.behind(0, 1000).lines().size() < 100);
        assertEquals(
                List.of(), file.from(Instant.parse("2026-11-22T00:00:00Z"), 10).lines());
    }

    @Test
    void anythingElseIsShownAsItIs() throws IOException {
        byte[] bytes = new byte[600 << 10];
        Arrays.fill(bytes, (byte) 'x');
        bytes[bytes.length - 1] = '\n';
        Files.write(path, bytes);
        Page page = file.newest(10);
        assertTrue(
                page.lines().size() <= 3 && page.older().isEmpty(),
                "" + page.lines().size());
        assertEquals(Mark.INFO, page.lines().getFirst().mark());
        Files.writeString(path, "no log\nat all\n");
        assertEquals("no log\nat all", file.newest(10).lines().getFirst().text());
    }

    private void append(String text) throws IOException {
        Files.writeString(path, text, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }
}

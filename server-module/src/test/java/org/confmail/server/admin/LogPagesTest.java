package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.LogMethods.Lines;
import org.confmail.shared.admin.LogMethods.LogLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of a log file of several MiB with many stack traces, so that pages and the pieces that are read end in all places. */
class LogPagesTest {
    private static final int LINES = 20_000;
    /** A line each second; in January, so that no clock is turned in between. */
    private static final LocalDateTime START = LocalDateTime.parse("2026-01-15T00:00:00");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS", Locale.ROOT);

    @TempDir
    Path directory;

    private Path file;
    private final List<String> texts = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("server.log");
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            log.append(line(i));
        }
        Files.writeString(file, log);
        assertTrue(Files.size(file) > 4 << 20, "larger than what one request reads");
    }

    /** Every third line has a stack trace, each of another length. */
    private String line(int number) {
        StringBuilder text = new StringBuilder("message " + number + " \u00fc " + "x".repeat(number % 97));
        for (int i = 0; i < (number % 3 == 0 ? number % 19 : 0); i++) {
            text.append("\n\tat org.example.Part.method")
                    .append(i)
                    .append("(Part.java:")
                    .append(number)
                    .append(')');
        }
        texts.add(text.toString());
        return TIME.format(START.plusSeconds(number)) + " INFO store thread-1 " + text + "\n";
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> old = all.filter(path -> !path.equals(file)).sorted().toList();
            return Stream.concat(old.stream(), Stream.of(file)).toList();
        }
    }

    /** What rotation does; the new file has these lines. */
    private void moveAside(String name, String text) throws IOException {
        Files.move(file, directory.resolve(name));
        Files.writeString(file, text);
    }

    private static Instant time(int number) {
        return START.plusSeconds(number).atZone(ZoneId.systemDefault()).toInstant();
    }

    private LogPages pages(int limit) {
        return new LogPages(file, this::files, line -> true, limit);
    }

    private Lines newest(int limit) throws Exception {
        return pages(limit).page(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Lines from(Instant time, int limit) throws Exception {
        return pages(limit).page(Optional.of(time), Optional.empty(), Optional.empty());
    }

    private Lines older(Lines page, int limit) throws Exception {
        return pages(limit).page(Optional.empty(), page.older(), Optional.empty());
    }

    private Lines newer(Lines page, int limit) throws Exception {
        return pages(limit).page(Optional.empty(), Optional.empty(), Optional.of(page.newer()));
    }

    private static List<String> texts(Lines page) {
        return page.lines().stream().map(LogLine::text).toList();
    }

    /** Puts so many bytes that are no line into the middle of the file. */
    private void damage(int bytes) throws IOException {
        byte[] all = Files.readAllBytes(file);
        int middle =
                new String(all, StandardCharsets.ISO_8859_1).indexOf("\n" + TIME.format(START.plusSeconds(LINES / 2)))
                        + 1;
        ByteBuffer damaged = ByteBuffer.allocate(all.length + bytes);
        damaged.put(all, 0, middle);
        damaged.position(middle + bytes);
        damaged.put(all, middle, all.length - middle);
        Files.write(file, damaged.array());
    }

    @ParameterizedTest
    @ValueSource(ints = {300 << 10, (512 << 10) - 12, 9 << 20})
    void zerosInTheFileHideNothingBehindThemAndNothingBefore(int bytes) throws Exception {
        damage(bytes);
        Lines before = from(time(LINES / 2 - 3), 2);
        assertEquals(texts.subList(LINES / 2 - 3, LINES / 2 - 1), texts(before));
        Lines page = newer(before, 1000);
        for (int i = 0; i < 4 && !texts(page).contains(texts.get(LINES / 2 + 1)); i++) {
            page = newer(page, 1000);
        }
        assertTrue(texts(page).contains(texts.get(LINES / 2 + 1)), "not one after them");
        Lines back = older(from(time(LINES / 2 + 4), 2), 1000);
        for (int i = 0; i < 4 && !texts(back).contains(texts.get(LINES / 2 - 2)); i++) {
            back = older(back, 1000);
        }
        assertTrue(texts(back).contains(texts.get(LINES / 2 - 2)), "not one before them");
    }

    @Test
    void requestReadsAFewMebibytesOfAFileWithoutLines() throws Exception {
        Path holes = directory.resolve("holes");
        try (FileChannel channel = FileChannel.open(holes, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}), 1L << 40); // a terabyte of nothing
        }
        LogPages pages = new LogPages(holes, () -> List.of(holes), line -> true, 10);
        Lines newest = assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> pages.page(Optional.empty(), Optional.empty(), Optional.empty()));
        assertEquals(List.of(), newest.lines());
        assertTrue(newest.older().isPresent());
    }

    @Test
    void newestPageEndsWithTheLastLine() throws Exception {
        assertEquals(texts.subList(LINES - 7, LINES), texts(newest(7)));
    }

    @Test
    void olderPagesGiveEachLineOnceWithItsWholeTrace() throws Exception {
        List<String> found = new ArrayList<>();
        Lines page = newest(997);
        found.addAll(0, texts(page));
        while (page.older().isPresent()) {
            page = older(page, 997);
            found.addAll(0, texts(page));
        }
        assertEquals(texts, found);
    }

    @Test
    void newerPagesGiveEachLineOnceWithItsWholeTrace() throws Exception {
        Lines page = from(Instant.EPOCH, 997);
        assertEquals(Optional.empty(), page.older());
        List<String> found = new ArrayList<>(texts(page));
        while (!page.lines().isEmpty()) {
            page = newer(page, 997);
            found.addAll(texts(page));
        }
        assertEquals(texts, found);
    }

    @Test
    void pageFromATimeBeginsWithTheFirstLineAtOrAfterIt() throws Exception {
        for (int number : List.of(0, 1, 2, 4999, 9_999, 10_000, 15_001, LINES - 2, LINES - 1)) {
            assertEquals(texts.get(number), texts(from(time(number), 1)).getFirst(), "at line " + number);
            assertEquals(
                    texts.get(number),
                    texts(from(time(number).minusMillis(1), 1)).getFirst());
        }
        assertEquals(texts.getFirst(), texts(from(time(-5000), 1)).getFirst());
    }

    @Test
    void pageFromATimeThatIsToComeIsEmptyAndIsFollowedByWhatComes() throws Exception {
        Lines page = from(time(LINES), 100);
        assertEquals(List.of(), page.lines());
        Files.writeString(file, line(LINES), StandardOpenOption.APPEND);
        assertEquals(List.of(texts.getLast()), texts(newer(page, 100)));
    }

    @Test
    void pagesOnBothSidesOfATimeMeet() throws Exception {
        Lines after = from(time(10_000), 50);
        Lines before = older(after, 50);
        assertEquals(texts(after).getFirst(), texts.get(10_000));
        assertEquals(texts.get(10_050), texts(newer(after, 1)).getFirst());
        assertEquals(texts(before).getLast(), texts.get(9_999), "the line right before is on the page before");
    }

    @Test
    void halfALineIsLeftToALaterPage() throws Exception {
        String whole = line(LINES);
        Files.writeString(file, whole.substring(0, 30), StandardOpenOption.APPEND);
        Lines page = newest(3);
        assertEquals(texts.subList(LINES - 3, LINES), texts(page));
        assertEquals(List.of(), newer(page, 10).lines());
        Files.writeString(file, whole.substring(30), StandardOpenOption.APPEND);
        assertEquals(List.of(texts.getLast()), texts(newer(page, 10)));
    }

    @Test
    void filterThatFindsNothingInAFewMebibytesGivesTheNextPlace() throws Exception {
        LogPages rare = new LogPages(file, this::files, line -> line.text().startsWith("message 3 "), 10);
        Lines page = rare.page(Optional.empty(), Optional.empty(), Optional.empty());
        int requests = 1;
        while (page.lines().isEmpty()) {
            page = rare.page(Optional.empty(), page.older(), Optional.empty());
            requests++;
        }
        assertEquals(List.of(texts.get(3)), texts(page));
        assertEquals(2, requests);
    }

    @Test
    void wrongPlacesAreRefused() throws Exception {
        Lines page = newest(1);
        Files.writeString(file, "");
        assertEquals(AdminError.CONFLICT, refusal(Optional.empty(), page.older()));
        assertEquals(AdminError.WRONG_PARAMS, refusal(Optional.empty(), Optional.of("yesterday")));
        assertEquals(AdminError.WRONG_PARAMS, refusal(Optional.of(time(0)), page.older()));
        assertEquals(List.of(), newest(10).lines());
    }

    @Test
    void pagesGoThroughOldFilesAndPlacesOutliveARotation() throws Exception {
        int more = LINES + 300;
        moveAside("server.log.20260115T053320Z", line(LINES) + line(LINES + 1));
        Lines page = newest(5);
        assertEquals(texts.subList(LINES - 3, LINES + 2), texts(page));

        StringBuilder rest = new StringBuilder();
        for (int i = LINES + 2; i < more; i++) {
            rest.append(line(i));
        }
        moveAside("server.log.20260115T053321Z", rest.toString());
        assertEquals(texts.subList(LINES + 2, more), texts(newer(page, 1000)));
        List<String> found = new ArrayList<>();
        for (Lines old = newest(700); ; old = older(old, 700)) {
            found.addAll(0, texts(old));
            if (old.older().isEmpty()) {
                break;
            }
        }
        assertEquals(texts, found);
        assertEquals(
                texts.subList(LINES - 2, LINES + 4),
                texts(from(time(LINES - 2), 1000)).subList(0, 6));
    }

    @Test
    void placeInADeletedFileIsRefused() throws Exception {
        Lines page = newest(10);
        moveAside("server.log.20260115T053320Z", line(LINES));
        assertEquals(texts.subList(LINES - 17, LINES - 10), texts(older(page, 7)));
        Files.delete(directory.resolve("server.log.20260115T053320Z"));
        assertEquals(AdminError.CONFLICT, refusal(Optional.empty(), page.older()));
        assertEquals(List.of(texts.getLast()), texts(newest(10)));
    }

    private AdminError refusal(Optional<Instant> from, Optional<String> older) {
        return assertThrows(AdminException.class, () -> pages(10).page(from, older, Optional.empty()))
                .error();
    }
}

package org.confmail.server.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.confmail.server.log.LogLine;
import org.confmail.server.log.LogLineParser;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.LogMethods;
import org.confmail.shared.admin.LogMethods.Lines;

/**
 * Pages of the log, through its file and the old ones beside it, found by their place: nothing is kept between requests, and a
 * request reads a few MiB at most, however much there is. A place is the position of a line's first byte.
 */
final class LogPages {
    /** What one request reads; a filter that finds nothing in it gives an empty page that names the next one. */
    private static final int BYTES_MAX = 4 << 20;

    /** A piece that is read and taken apart at once. */
    private static final int PIECE_BYTES = 256 << 10;

    /** So that a page fits a message, whatever its lines hold. */
    private static final int PAGE_CHARACTERS_MAX = 256 << 10;

    private final Path file;
    private final OpenLogs.Listing files;
    private final Predicate<LogLine> wanted;
    private final int limit;

    /**
     * Pages of a log.
     *
     * @param file the present one
     */
    LogPages(Path file, OpenLogs.Listing files, Predicate<LogLine> wanted, int limit) {
        this.file = file;
        this.files = files;
        this.wanted = wanted;
        this.limit = limit;
    }

    /**
     * The page at that place; without any, the newest.
     *
     * @throws AdminException when more than one place is given, or one is none
     */
    Lines page(Optional<Instant> from, Optional<String> older, Optional<String> newer)
            throws AdminException, IOException {
        if (Stream.of(from, older, newer).filter(Optional::isPresent).count() > 1) {
            throw new AdminException(AdminError.WRONG_PARAMS, "give one of from, older and newer at most");
        }
        try (OpenLogs logs = OpenLogs.open(files)) {
            long size = linesEnd(logs);
            if (from.isPresent()) {
                return forward(logs, find(logs, size, from.get()), size, from.get());
            }
            if (newer.isPresent()) {
                return forward(logs, place(logs, newer.get(), size), size, Instant.MIN);
            }
            return backward(logs, older.isPresent() ? place(logs, older.get(), size) : size);
        }
    }

    /** Where the last whole line ends: what follows is still being written, and belongs to a later page. */
    private static long linesEnd(OpenLogs logs) throws IOException {
        long size = logs.size();
        long start = Math.max(0, size - PIECE_BYTES);
        byte[] bytes = logs.read(start, size);
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return start + i + 1;
            }
        }
        return start;
    }

    private static long place(OpenLogs logs, String name, long size) throws AdminException, IOException {
        return Math.min(size, logs.position(name));
    }

    private Lines forward(OpenLogs logs, long start, long size, Instant from) throws IOException {
        List<LogLine> found = new ArrayList<>();
        long first = start; // of the page: behind the lines that are before its time
        long place = start;
        long read = 0;
        int characters = 0;
        while (place < size && read < BYTES_MAX && found.size() < limit && characters < PAGE_CHARACTERS_MAX) {
            List<Placed> piece = whole(logs, place, Math.min(size, place + PIECE_BYTES), size);
            if (piece.isEmpty()) {
                long behind = behindLong(logs, place, size);
                read += behind - place;
                place = behind;
                continue;
            }
            for (Placed line : piece) {
                if (found.size() >= limit || characters >= PAGE_CHARACTERS_MAX) {
                    break;
                }
                read += line.end - place;
                place = line.end;
                boolean isBefore = line.line.time().isBefore(from);
                if (isBefore && first == line.start) {
                    first = line.end;
                }
                if (!isBefore && wanted.test(line.line)) {
                    found.add(line.line);
                    characters += line.line.text().length();
                }
            }
        }
        return new Lines(
                file.toString(),
                shown(found),
                first == 0 ? Optional.empty() : Optional.of(logs.name(first)),
                logs.name(place));
    }

    private Lines backward(OpenLogs logs, long end) throws IOException {
        List<LogLine> found = new ArrayList<>();
        long place = end;
        long read = 0;
        int characters = 0;
        while (place > 0 && read < BYTES_MAX && found.size() < limit && characters < PAGE_CHARACTERS_MAX) {
            long start = Math.max(0, place - PIECE_BYTES);
            List<Placed> piece = whole(logs, start == 0 ? 0 : lineAfter(logs, start, place), place, place);
            if (piece.isEmpty()) {
                read += place - start;
                place = start; // one event longer than a piece: it is passed over
                continue;
            }
            for (Placed line : piece.reversed()) {
                if (found.size() >= limit || characters >= PAGE_CHARACTERS_MAX) {
                    break;
                }
                read += place - line.start;
                place = line.start;
                if (wanted.test(line.line)) {
                    found.add(line.line);
                    characters += line.line.text().length();
                }
            }
        }
        Collections.reverse(found);
        return new Lines(
                file.toString(),
                shown(found),
                place == 0 ? Optional.empty() : Optional.of(logs.name(place)),
                logs.name(end));
    }

    /** The place of the first line at or after a time, nearly: the search ends within a piece. Lines are in order of time. */
    private static long find(OpenLogs logs, long size, Instant time) throws IOException {
        long low = 0;
        long high = size;
        while (high - low > PIECE_BYTES) {
            long middle = lineAfter(logs, (low + high) >>> 1, high);
            List<Placed> lines = whole(logs, middle, Math.min(high, middle + PIECE_BYTES), size);
            if (lines.isEmpty() || !lines.getFirst().line.time().isBefore(time)) {
                high = (low + high) >>> 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** The place of the first event that begins behind {@code from}; {@code end} where none does. */
    private static long lineAfter(OpenLogs logs, long from, long end) throws IOException {
        byte[] bytes = logs.read(from, Math.min(end, from + PIECE_BYTES));
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' && LogLineParser.begins(bytes, i + 1)) {
                return from + i + 1;
            }
        }
        return end;
    }

    /**
     * Passes over an event that is longer than a piece, such as the zeros that a loss of power may leave in a file: the place of the
     * next one, or where a request has read enough.
     */
    private static long behindLong(OpenLogs logs, long from, long end) throws IOException {
        long place = from;
        while (place < end && place - from < BYTES_MAX) {
            long pieceEnd = Math.min(end, place + PIECE_BYTES);
            long next = lineAfter(logs, place, pieceEnd);
            if (next < pieceEnd || pieceEnd == end) {
                return next;
            }
            place = pieceEnd - LogLineParser.BEGIN_BYTES; // the next one may begin across the pieces
        }
        return place;
    }

    /**
     * The whole events between two places, with the lines of their stack traces. An event is whole when another one begins
     * behind it, or when it ends with the file.
     */
    private static List<Placed> whole(OpenLogs logs, long start, long end, long fileEnd) throws IOException {
        byte[] bytes = logs.read(start, end);
        List<Placed> events = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            boolean last = i == bytes.length - 1 && end == fileEnd;
            if (bytes[i] == '\n' && (last || LogLineParser.begins(bytes, i + 1))) {
                String text = new String(bytes, begin, i - begin, StandardCharsets.UTF_8);
                events.add(new Placed(start + begin, start + i + 1, LogLineParser.parse(text)));
                begin = i + 1;
            }
        }
        return events;
    }

    private static List<LogMethods.LogLine> shown(List<LogLine> lines) {
        return lines.stream().map(Levels::toShared).toList();
    }

    private record Placed(long start, long end, LogLine line) {}
}

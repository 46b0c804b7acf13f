package org.confmail.server.admin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * Pages of the log file, found by their place in it: nothing is kept between requests, and a request reads a few MiB at most,
 * however large the file. A place is the offset of a line's first byte.
 */
final class LogPages {
    /** What one request reads; a filter that finds nothing in it gives an empty page that names the next one. */
    private static final int BYTES_MAX = 4 << 20;

    /** A piece that is read and taken apart at once. */
    private static final int PIECE_BYTES = 256 << 10;

    /** So that a page fits a message, whatever its lines hold. */
    private static final int PAGE_CHARACTERS_MAX = 256 << 10;

    private final Path file;
    private final Predicate<LogLine> wanted;
    private final int limit;

    LogPages(Path file, Predicate<LogLine> wanted, int limit) {
        this.file = file;
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
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (from.isPresent()) {
                return forward(channel, find(channel, size, from.get()), size, from.get());
            }
            if (newer.isPresent()) {
                return forward(channel, place(newer.get(), size), size, Instant.MIN);
            }
            return backward(channel, older.isPresent() ? place(older.get(), size) : size);
        }
    }

    private static long place(String text, long size) throws AdminException {
        try {
            long place = Long.parseLong(text);
            if (place >= 0 && place <= size) {
                return place;
            }
            throw new AdminException(
                    AdminError.CONFLICT, "the log file was replaced since that page was read: begin anew, from a time");
        } catch (NumberFormatException e) {
            throw new AdminException(
                    AdminError.WRONG_PARAMS, "'older' and 'newer' take what a page gave under these names", e);
        }
    }

    private Lines forward(FileChannel channel, long start, long size, Instant from) throws IOException {
        List<LogLine> found = new ArrayList<>();
        long place = start;
        long read = 0;
        int characters = 0;
        while (place < size && read < BYTES_MAX && found.size() < limit && characters < PAGE_CHARACTERS_MAX) {
            List<Placed> piece = whole(channel, place, Math.min(size, place + PIECE_BYTES), size);
            if (piece.isEmpty()) {
                if (size - place < PIECE_BYTES) {
                    break; // half a line, which is still being written
                }
                place = lineAfter(channel, place, size); // one line longer than a piece: it is passed over
                continue;
            }
            for (Placed line : piece) {
                if (found.size() >= limit || characters >= PAGE_CHARACTERS_MAX) {
                    break;
                }
                read += line.end - place;
                place = line.end;
                if (!line.line.time().isBefore(from) && wanted.test(line.line)) {
                    found.add(line.line);
                    characters += line.line.text().length();
                }
            }
        }
        return new Lines(
                file.toString(), shown(found), start == 0 ? Optional.empty() : Optional.of("" + start), "" + place);
    }

    private Lines backward(FileChannel channel, long end) throws IOException {
        List<LogLine> found = new ArrayList<>();
        long place = end;
        long read = 0;
        int characters = 0;
        while (place > 0 && read < BYTES_MAX && found.size() < limit && characters < PAGE_CHARACTERS_MAX) {
            long start = Math.max(0, place - PIECE_BYTES);
            List<Placed> piece = whole(channel, start == 0 ? 0 : lineAfter(channel, start, place), place, place);
            if (piece.isEmpty()) {
                place = start; // one line longer than a piece: it is passed over
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
                file.toString(), shown(found), place == 0 ? Optional.empty() : Optional.of("" + place), "" + end);
    }

    /** The place of the first line at or after a time, nearly: the search ends within a piece. Lines are in order of time. */
    private static long find(FileChannel channel, long size, Instant time) throws IOException {
        long low = 0;
        long high = size;
        while (high - low > PIECE_BYTES) {
            long middle = lineAfter(channel, (low + high) >>> 1, high);
            List<Placed> lines = whole(channel, middle, Math.min(high, middle + PIECE_BYTES), size);
            if (lines.isEmpty() || !lines.getFirst().line.time().isBefore(time)) {
                high = (low + high) >>> 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** The place of the first event that begins behind {@code from}; {@code end} where none does. */
    private static long lineAfter(FileChannel channel, long from, long end) throws IOException {
        byte[] bytes = read(channel, from, Math.min(end, from + PIECE_BYTES));
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' && LogLineParser.begins(bytes, i + 1)) {
                return from + i + 1;
            }
        }
        return end;
    }

    /**
     * The whole events between two places, with the lines of their stack traces. An event is whole when another one begins
     * behind it, or when it ends with the file.
     */
    private static List<Placed> whole(FileChannel channel, long start, long end, long fileEnd) throws IOException {
        byte[] bytes = read(channel, start, end);
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

    private static byte[] read(FileChannel channel, long start, long end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, end - start));
        while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {
            // until it is full, or the file has become shorter
        }
        byte[] read = new byte[bytes.position()];
        bytes.flip().get(read);
        return read;
    }

    private static List<LogMethods.LogLine> shown(List<LogLine> lines) {
        return lines.stream().map(Levels::toShared).toList();
    }

    private record Placed(long start, long end, LogLine line) {}
}

package org.confmail.console.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.console.log.Pages.Page;

/**
 * A log file, of which a page at a time is read, however large it is. A place is the offset of a line's first byte; a line has
 * its stack trace with it. What is still being written at the end belongs to a later page.
 */
final class LogFile {
    /** Read at once; a line with its stack trace that is longer comes in parts. */
    private static final int PIECE_BYTES = 256 << 10;

    /** A page of a file whose lines are very long, or that is no log, has fewer of them. */
    private static final int PAGE_BYTES_MAX = 16 << 20;

    private final Path file;
    private final ZoneId zone;

    /** Reads nothing yet; {@code zone} is that of the times in it. */
    LogFile(Path file, ZoneId zone) {
        this.file = file;
        this.zone = zone;
    }

    Page newest(int linesMax) throws IOException {
        try (FileChannel channel = open()) {
            return before(channel, end(channel), linesMax);
        }
    }

    /** The lines before a place. */
    Page before(long place, int linesMax) throws IOException {
        try (FileChannel channel = open()) {
            return before(channel, Math.min(place, end(channel)), linesMax);
        }
    }

    /** The lines from a place on. */
    Page behind(long place, int linesMax) throws IOException {
        try (FileChannel channel = open()) {
            long end = end(channel);
            // A file that has become shorter is another one: the log was moved away.
            return behind(channel, place > end ? 0 : place, end, linesMax);
        }
    }

    /** The lines from a time on. */
    Page from(Instant time, int linesMax) throws IOException {
        try (FileChannel channel = open()) {
            long end = end(channel);
            return behind(channel, first(channel, time, end), end, linesMax);
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    private Page before(FileChannel channel, long place, int linesMax) throws IOException {
        List<Placed> found = new ArrayList<>();
        long start = place;
        while (start > 0 && found.size() < linesMax && place - start < PAGE_BYTES_MAX) {
            long from = Math.max(0, start - PIECE_BYTES);
            byte[] bytes = read(channel, from, start);
            List<Placed> piece = lines(bytes, from, from == 0);
            if (piece.isEmpty()) {
                // A piece in which no line begins is part of a long one.
                piece = lines(bytes, from, true);
            }
            if (piece.isEmpty()) {
                break; // the file has become shorter
            }
            int kept = Math.min(piece.size(), linesMax - found.size());
            found.addAll(0, piece.subList(piece.size() - kept, piece.size()));
            start = found.getFirst().start;
        }
        return page(found, start, place);
    }

    private Page behind(FileChannel channel, long place, long end, int linesMax) throws IOException {
        List<Placed> found = new ArrayList<>();
        long next = place;
        while (next < end && found.size() < linesMax && next - place < PAGE_BYTES_MAX) {
            List<Placed> piece = whole(channel, next, end);
            if (piece.isEmpty()) {
                break; // the file has become shorter
            }
            found.addAll(piece.subList(0, Math.min(piece.size(), linesMax - found.size())));
            next = found.getLast().end;
        }
        return page(found, place, next);
    }

    /** Some lines from a place on, without the last one where that may go on behind the piece. */
    private static List<Placed> whole(FileChannel channel, long place, long end) throws IOException {
        long to = Math.min(end, place + PIECE_BYTES);
        List<Placed> piece = lines(read(channel, place, to), place, true);
        return to < end && piece.size() > 1 ? piece.subList(0, piece.size() - 1) : piece;
    }

    private Page page(List<Placed> found, long start, long end) {
        return new Page(
                file.toString(),
                found.stream().map(line -> FileLine.parse(line.text, zone)).toList(),
                start == 0 ? Optional.empty() : Optional.of("" + start),
                "" + end);
    }

    /** The place of the first line at or after a time: halves the file until what is left is small. */
    private long first(FileChannel channel, Instant time, long end) throws IOException {
        long low = 0; // all lines that begin before here are before the time
        long high = end;
        while (high - low > PIECE_BYTES) {
            long middle = (low + high) >>> 1;
            List<Placed> piece = lines(read(channel, middle, Math.min(high, middle + PIECE_BYTES)), middle, false);
            if (piece.isEmpty() || !isBefore(piece.getFirst(), time)) {
                high = middle;
            } else {
                low = piece.getFirst().end;
            }
        }
        // It begins not far behind, or there is none: what is no log is not read to its end.
        long last = Math.min(end, high + PAGE_BYTES_MAX);
        long place = low;
        while (place < last) {
            List<Placed> piece = whole(channel, place, end);
            if (piece.isEmpty()) {
                break; // the file has become shorter
            }
            for (Placed line : piece) {
                if (!isBefore(line, time)) {
                    return line.start;
                }
                place = line.end;
            }
        }
        return end;
    }

    private boolean isBefore(Placed line, Instant time) {
        return FileLine.parse(line.text, zone).time().isBefore(time);
    }

    /** Where the last whole line ends. */
    private static long end(FileChannel channel) throws IOException {
        long size = channel.size();
        long from = Math.max(0, size - PIECE_BYTES);
        byte[] bytes = read(channel, from, size);
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return from + i + 1;
            }
        }
        return from;
    }

    /** The lines in these bytes of the file; the first one begins with them, or is the first that begins among them. */
    private static List<Placed> lines(byte[] bytes, long start, boolean beginning) {
        List<Placed> lines = new ArrayList<>();
        int begin = beginning ? 0 : nextBeginning(bytes, 0);
        while (begin < bytes.length) {
            int next = nextBeginning(bytes, begin);
            int behind = next;
            while (behind > begin && (bytes[behind - 1] == '\n' || bytes[behind - 1] == '\r')) {
                behind--;
            }
            lines.add(new Placed(start + begin, start + next, FileLine.text(bytes, begin, behind)));
            begin = next;
        }
        return lines;
    }

    private static int nextBeginning(byte[] bytes, int behind) {
        for (int i = behind; i < bytes.length; i++) {
            if (bytes[i] == '\n' && FileLine.begins(bytes, i + 1)) {
                return i + 1;
            }
        }
        return bytes.length;
    }

    private static byte[] read(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (to - from));
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // until it is full, or the file has become shorter
        }
        byte[] read = new byte[bytes.position()];
        bytes.flip().get(read);
        return read;
    }

    private record Placed(long start, long end, String text) {}
}

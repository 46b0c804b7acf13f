package org.confmail.console.lines;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines that are kept, numbered in their order; the numbers of lines stay the same while others come and go at both ends.
 * Bounded by lines and by bytes: whoever adds at one end loses some at the other. Belongs to the thread of the window; what it
 * gives away is immutable.
 */
public final class LineStore {
    /** What an operator wants to look back at without asking for a file. */
    public static final int LINES_MAX = 200_000;

    /** So that very long lines do not take more than their share: log and traffic together stay below 60 MiB of a small heap. */
    public static final long BYTES_MAX = 28L << 20;

    private final int linesMax;
    private final long bytesMax;
    private final List<Placed> segments = new ArrayList<>();
    private long first;
    private long end;
    private long bytes;

    /** Keeps at most so many lines, which take at most about so many bytes. */
    public LineStore(int linesMax, long bytesMax) {
        this.linesMax = linesMax;
        this.bytesMax = bytesMax;
    }

    /** The number of the oldest line; {@link #end} when there is none. */
    public long first() {
        return first;
    }

    /** The number behind the newest line. */
    public long end() {
        return end;
    }

    /** How many lines there are. */
    public int size() {
        return Math.toIntExact(end - first);
    }

    /** About how much memory the lines take. */
    public long bytes() {
        return bytes;
    }

    /** The line of that number, if it is there. */
    public Optional<Line> line(long number) {
        if (number < first || number >= end) {
            return Optional.empty();
        }
        Placed placed = at(number);
        return Optional.of(placed.segment.line((int) (number - placed.first)));
    }

    /** What the line of that number is; it must be there. */
    Mark mark(long number) {
        Placed placed = at(number);
        return placed.segment.mark((int) (number - placed.first));
    }

    /** Adds newer lines, at the cost of the oldest. */
    void append(List<Line> lines) {
        List<Line> all = new ArrayList<>();
        long number = end;
        if (!segments.isEmpty() && !segments.getLast().segment.isFull()) {
            Placed last = segments.removeLast();
            bytes -= last.segment.bytes();
            number = last.first;
            all.addAll(last.segment.lines());
        }
        all.addAll(lines);
        for (Segment segment : Segment.of(all)) {
            segments.add(new Placed(number, segment));
            bytes += segment.bytes();
            number += segment.size();
        }
        end = number;
        while (isTooMuch()) {
            Placed oldest = segments.removeFirst();
            bytes -= oldest.segment.bytes();
            first = oldest.end();
        }
    }

    /** Adds older lines, at the cost of the newest; whether it cost any. */
    boolean prepend(List<Line> lines) {
        long number = first - lines.size();
        first = number;
        int place = 0;
        for (Segment segment : Segment.of(lines)) {
            segments.add(place++, new Placed(number, segment));
            bytes += segment.bytes();
            number += segment.size();
        }
        long endBefore = end;
        while (isTooMuch()) {
            Placed newest = segments.removeLast();
            bytes -= newest.segment.bytes();
            end = newest.first;
        }
        return end < endBefore;
    }

    /** Forgets all lines; those that come now get numbers that none had before. */
    void clear() {
        segments.clear();
        bytes = 0;
        first = ++end;
    }

    /** The first line at or after that time, if there is one. */
    public Optional<Long> firstAt(Instant time) {
        long millis = time.toEpochMilli();
        for (Placed placed : segments) {
            Segment segment = placed.segment;
            if (segment.millis(segment.size() - 1) >= millis) {
                int i = 0;
                while (segment.millis(i) < millis) {
                    i++;
                }
                return Optional.of(placed.first + i);
            }
        }
        return Optional.empty();
    }

    /** The lines from one number on and before another, for the background. */
    List<Slice> slices(long from, long to) {
        List<Slice> slices = new ArrayList<>();
        for (Placed placed : segments) {
            long begin = Math.max(from, placed.first);
            long behind = Math.min(to, placed.end());
            if (begin < behind) {
                slices.add(new Slice(
                        placed.segment, (int) (begin - placed.first), (int) (behind - placed.first), placed.first));
            }
        }
        return slices;
    }

    private boolean isTooMuch() {
        return segments.size() > 1
                && (segments.getLast().end() - segments.getFirst().first > linesMax || bytes > bytesMax);
    }

    private Placed at(long number) {
        int low = 0;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (segments.get(middle).first <= number) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return segments.get(low);
    }

    /**
     * Lines of a segment.
     *
     * @param from place of the first one in the segment
     * @param to place behind the last one
     * @param first number of the segment's first line
     */
    record Slice(Segment segment, int from, int to, long first) {}

    private record Placed(long first, Segment segment) {
        long end() {
            return first + segment.size();
        }
    }
}

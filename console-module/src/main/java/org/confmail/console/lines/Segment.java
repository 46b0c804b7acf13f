package org.confmail.console.lines;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Some hundred lines in arrays: about 27 bytes a line beside its text and the name of its thread, which are kept as UTF-8: each
 * connection has a thread of its own, so that names of threads hardly repeat. Immutable, so that the background may read it
 * while the window goes on.
 */
final class Segment {
    /** Lines of a full one: few enough to be copied whenever some are added to it. */
    private static final int LINES_MAX = 512;

    /** Bytes of a full one, more or less, for the same reason. */
    private static final int BYTES_FULL = 64 << 10;

    private static final long NO_CONNECTION = -1;
    private static final int BYTES_PER_LINE = 27;
    private static final int BYTES_PER_NAME = 64;
    private static final List<Mark> MARKS = List.of(Mark.values());

    private final long[] times; // milliseconds since 1970
    private final byte[] marks;
    private final short[] sources; // in names
    private final long[] connections;
    private final int[] starts; // of texts, behind the name of the thread
    private final int[] ends; // of texts
    private final byte[] texts;
    private final List<String> names;

    private Segment(List<Line> lines) {
        int count = lines.size();
        times = new long[count];
        marks = new byte[count];
        sources = new short[count];
        connections = new long[count];
        starts = new int[count];
        ends = new int[count];
        Map<String, Short> known = new HashMap<>();
        List<String> found = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(count * 100);
        for (int i = 0; i < count; i++) {
            Line line = lines.get(i);
            times[i] = line.time().toEpochMilli();
            marks[i] = (byte) MARKS.indexOf(line.mark());
            sources[i] = place(line.source(), known, found);
            connections[i] = line.connection().orElse(NO_CONNECTION);
            bytes.writeBytes(line.thread().getBytes(StandardCharsets.UTF_8));
            starts[i] = bytes.size();
            bytes.writeBytes(line.text().getBytes(StandardCharsets.UTF_8));
            ends[i] = bytes.size();
        }
        texts = bytes.toByteArray();
        names = List.copyOf(found);
    }

    /** Segments with these lines, in their order. */
    static List<Segment> of(List<Line> lines) {
        List<Segment> segments = new ArrayList<>();
        int from = 0;
        int characters = 0;
        for (int i = 0; i < lines.size(); i++) {
            characters += lines.get(i).text().length();
            if (i + 1 == lines.size() || i + 1 - from == LINES_MAX || characters >= BYTES_FULL) {
                segments.add(new Segment(lines.subList(from, i + 1)));
                from = i + 1;
                characters = 0;
            }
        }
        return segments;
    }

    /** Whether it is not worth copying to add some lines. */
    boolean isFull() {
        return size() >= LINES_MAX || texts.length >= BYTES_FULL;
    }

    private static short place(String name, Map<String, Short> known, List<String> names) {
        return known.computeIfAbsent(name, added -> {
            names.add(added);
            return (short) (names.size() - 1);
        });
    }

    int size() {
        return times.length;
    }

    /** About how much memory it takes. */
    long bytes() {
        return texts.length + (long) BYTES_PER_LINE * size() + (long) BYTES_PER_NAME * names.size();
    }

    long millis(int i) {
        return times[i];
    }

    Mark mark(int i) {
        return MARKS.get(marks[i]);
    }

    String source(int i) {
        return names.get(sources[i]);
    }

    String text(int i) {
        return new String(texts, starts[i], ends[i] - starts[i], StandardCharsets.UTF_8);
    }

    private String thread(int i) {
        int start = i == 0 ? 0 : ends[i - 1];
        return new String(texts, start, starts[i] - start, StandardCharsets.UTF_8);
    }

    boolean isOf(int i, long connection) {
        return connections[i] == connection;
    }

    Line line(int i) {
        return new Line(
                Instant.ofEpochMilli(times[i]),
                mark(i),
                source(i),
                thread(i),
                connections[i] == NO_CONNECTION ? OptionalLong.empty() : OptionalLong.of(connections[i]),
                text(i));
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            lines.add(line(i));
        }
        return lines;
    }
}

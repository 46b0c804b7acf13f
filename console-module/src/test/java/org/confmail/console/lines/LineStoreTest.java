package org.confmail.console.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineStoreTest {
    private static final Instant START = Instant.parse("2026-11-22T15:00:00Z");

    static Line line(int n) {
        return new Line(
                START.plusMillis(n),
                n % 100 == 0 ? Mark.ERROR : Mark.INFO,
                "store",
                "connection-" + n % 7,
                OptionalLong.of(n % 7),
                "line " + n + ": block … kept");
    }

    static List<Line> lines(int from, int to) {
        List<Line> lines = new ArrayList<>();
        for (int n = from; n < to; n++) {
            lines.add(line(n));
        }
        return lines;
    }

    @Test
    void linesComeBackAsTheyWereGiven() {
        LineStore store = new LineStore(10_000, LineStore.BYTES_MAX);
        Line note = Line.note(START, "a\nb ü 😀");
        store.append(List.of(note));
        store.append(lines(0, 2000));
        assertEquals(2001, store.size());
        assertEquals(Optional.of(note), store.line(store.first()));
        for (int n = 0; n < 2000; n += 37) {
            assertEquals(Optional.of(line(n)), store.line(store.first() + 1 + n));
        }
        assertEquals(Optional.empty(), store.line(store.end()));
        assertEquals(Optional.empty(), store.line(store.first() - 1));
    }

    @Test
    void oldestGoWhenNewOnesComeAndNewestWhenOldOnesCome() {
        LineStore store = new LineStore(5000, LineStore.BYTES_MAX);
        store.append(lines(10_000, 18_000));
        assertTrue(store.size() <= 5000 && store.size() > 4000, "" + store.size());
        assertEquals(Optional.of(line(17_999)), store.line(store.end() - 1));
        long number = store.first() + 100;
        Optional<Line> line = store.line(number);

        int first = (int)
                START.until(store.line(store.first()).orElseThrow().time()).toMillis();
        assertTrue(store.prepend(lines(first - 2000, first)));
        assertTrue(store.size() <= 5000 && store.size() > 4000, "" + store.size());
        assertEquals(line, store.line(number));
        assertEquals(Optional.of(line(first - 2000)), store.line(store.first()));
    }

    @Test
    void longLinesAreBoundedByTheirBytes() {
        LineStore store = new LineStore(LineStore.LINES_MAX, 1 << 20);
        String text = "x".repeat(8192);
        for (int n = 0; n < 1000; n++) {
            store.append(List.of(new Line(START, Mark.ERROR, "a", "b", OptionalLong.empty(), text)));
        }
        // A segment may be larger than that by itself, and is kept.
        assertTrue(store.bytes() < (1 << 20) + 512L * 8300, "" + store.bytes());
        assertTrue(store.size() < 1000);
    }

    @Test
    void firstLineAtATimeIsFound() {
        LineStore store = new LineStore(10_000, LineStore.BYTES_MAX);
        assertEquals(Optional.empty(), store.firstAt(START));
        store.append(lines(0, 3000));
        assertEquals(Optional.of(store.first() + 1234), store.firstAt(START.plusMillis(1234)));
        assertEquals(Optional.of(store.first()), store.firstAt(Instant.EPOCH));
        assertEquals(Optional.empty(), store.firstAt(START.plusMillis(3000)));
    }

    @Test
    void numbersAreNotUsedAgain() {
        LineStore store = new LineStore(1000, LineStore.BYTES_MAX);
        store.append(lines(0, 10));
        long end = store.end();
        store.clear();
        store.append(lines(0, 10));
        assertTrue(store.first() >= end);
        assertFalse(store.line(end - 1).isPresent());
    }

    @Test
    void anyOrderOfComingAndGoingKeepsNumbersInOrder() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        LineStore store = new LineStore(3000, LineStore.BYTES_MAX);
        int next = 50_000;
        int before = 50_000;
        store.append(lines(next, ++next));
        long base = store.first() - before;
        for (int step = 0; step < 200; step++) {
            int count = random.nextInt(700);
            if (random.nextInt(3) > 0) {
                store.append(lines(next, next + count));
            } else {
                int from = (int) (store.first() - base) - count;
                store.prepend(lines(from, from + count));
            }
            next = (int) (store.end() - base);
            for (long number = store.first(); number < store.end(); number += 211) {
                assertEquals(Optional.of(line((int) (number - base))), store.line(number), "seed " + seed);
            }
        }
    }
}

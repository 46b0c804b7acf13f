package org.confmail.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static final String LONGEST = "x".repeat(LineReader.LINE_BYTES_MAX);

    /** Gives at most {@code atOnce} bytes a read, as a network does. */
    private static LineReader reader(String text, int atOnce) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        InputStream in = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, atOnce));
            }
        };
        return new LineReader(in);
    }

    private static List<String> lines(LineReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = reader.line(); line != null; line = reader.line()) {
            lines.add(line);
        }
        return lines;
    }

    @Test
    void lineEndsAreLfAndCrLfHoweverTheyArrive() throws IOException {
        for (int atOnce : new int[] {1, 2, 3, 7, 100_000}) {
            assertEquals(
                    List.of("one", "", "two\r", "a\rb", "", "\u00ff"),
                    lines(reader("one\r\n\r\ntwo\r\r\na\rb\n\n\u00ff\n", atOnce)));
        }
    }

    @Test
    void longestLineIsTakenAndALongerOneIsNot() throws IOException {
        for (int atOnce : new int[] {1, 511, 16383, 16384, 100_000}) {
            for (String end : List.of("\n", "\r\n")) {
                assertEquals(List.of("a", LONGEST, "b"), lines(reader("a\n" + LONGEST + end + "b\n", atOnce)));
                LineReader longer = reader("a\n" + LONGEST + "x" + end, atOnce);
                assertEquals("a", longer.line());
                assertThrows(LineTooLongException.class, longer::line);
            }
            assertThrows(LineTooLongException.class, reader(LONGEST + "xx", atOnce)::line);
        }
    }

    @Test
    void endBetweenLinesIsNoLineAndEndWithinOneIsAnError() throws IOException {
        assertNull(reader("", 1).line());
        assertThrows(EOFException.class, reader("half", 1)::line);
        assertThrows(EOFException.class, reader("", 1)::lineWithinBlock);
        assertThrows(EOFException.class, () -> reader("", 1).read(new byte[1], 0, 1));
    }

    @Test
    void linesAndRawBytesMixInAnyMeasure() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            char[] part = new char[random.nextInt(10) == 0 ? random.nextInt(16384) : random.nextInt(40)];
            boolean line = i % 2 == 0;
            for (int c = 0; c < part.length; c++) {
                part[c] = (char) (line ? 'a' + random.nextInt(26) : random.nextInt(256));
            }
            parts.add(new String(part));
            text.append(part).append(line ? random.nextBoolean() ? "\r\n" : "\n" : "");
        }
        LineReader reader = reader(text.toString(), 1 + random.nextInt(3000));
        for (int i = 0; i < parts.size(); i++) {
            String expected = parts.get(i);
            if (i % 2 == 0) {
                assertEquals(expected, reader.line(), "seed " + seed);
                continue;
            }
            byte[] bytes = new byte[expected.length()];
            for (int filled = 0; filled < bytes.length; ) {
                filled += reader.read(bytes, filled, bytes.length - filled);
            }
            assertEquals(expected, new String(bytes, StandardCharsets.ISO_8859_1), "seed " + seed);
            reader.idle();
        }
        assertNull(reader.line());
    }

    @Test
    void unreadPlainTextKeepsTheReaderFromGoingOnInsideTls() throws IOException {
        InputStream inside = new ByteArrayInputStream("inside\n".getBytes(StandardCharsets.ISO_8859_1));
        LineReader injected = reader("STARTTLS\r\nLOGIN", 100);
        injected.line();
        assertTrue(injected.hasBuffered());
        assertThrows(IllegalStateException.class, () -> injected.continueWith(inside));

        LineReader clean = reader("STARTTLS\r\n", 100);
        clean.line();
        assertFalse(clean.hasBuffered());
        clean.continueWith(inside);
        assertEquals("inside", clean.line());
    }
}

package org.confmail.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the command does without a window. */
class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... words) {
        return Main.run(
                List.of(words),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        assertEquals(Main.DONE, run("--help"));
        assertEquals(Arguments.USAGE, out.toString(StandardCharsets.UTF_8));
        out.reset();
        assertEquals(Main.DONE, run("-version"));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("confmail-console "));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void wrongUseIsStatusTwoAndOneLine() {
        for (List<String> words : List.of(
                List.of("-hom", "x"),
                List.of("-homedir"),
                List.of("-homedir", "a\0b"),
                List.of("-socket", "a", "-homedir", "b"))) {
            err.reset();
            assertEquals(Main.WRONG_USE, run(words.toArray(String[]::new)), words::toString);
            String text = err.toString(StandardCharsets.UTF_8);
            assertTrue(text.startsWith("confmail-console: ") && text.lines().count() == 1, text);
        }
    }
}

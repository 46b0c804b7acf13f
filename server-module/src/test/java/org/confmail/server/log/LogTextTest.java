package org.confmail.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LogTextTest {
    @Test
    void textOfAPeerIsQuotedAndEscaped() {
        assertEquals("\"plain\"", LogText.quote("plain"));
        assertEquals("\"a\\\"b\\\\c\\x0a\\x7f\\x85\"", LogText.quote("a\"b\\c\n\u007f\u0085"));
        assertEquals("\"Grüße 😀\"", LogText.quote("Grüße 😀"));
        assertEquals("\"\\ud800\\u2028\"", LogText.quote("\ud800\u2028"));
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertEquals("\"" + "x".repeat(200) + "\"… (1 more)", LogText.quote("x".repeat(201)));
        assertEquals("\"" + "x".repeat(199) + "\"… (2 more)", LogText.quote("x".repeat(199) + "😀"));
    }
}

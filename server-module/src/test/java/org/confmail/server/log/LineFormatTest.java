package org.confmail.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class LineFormatTest {
    private final LineFormat format = new LineFormat(ZoneId.of("Europe/Berlin"));

    private String line(String time, String thread, String message) {
        return new String(
                format.bytes(Instant.parse(time), "INFO", "server", thread, message, LineFormat.Trace.NONE),
                StandardCharsets.UTF_8);
    }

    @Test
    void lineHasTheOldServersForm() {
        assertEquals(
                "2026-11-22 13:14:15,007 INFO server main New connection # 1 from 127.0.0.1 port 9, 1 connection(s) open\n",
                line(
                        "2026-11-22T12:14:15.007Z",
                        "main",
                        "New connection # 1 from 127.0.0.1 port 9, 1 connection(s) open"));
    }

    @Test
    void timeFollowsTheClockBothWays() {
        assertTrue(line("2026-07-01T00:00:00.999Z", "t", "m").startsWith("2026-07-01 02:00:00,999 "));
        assertTrue(line("2026-07-01T00:00:01.000Z", "t", "m").startsWith("2026-07-01 02:00:01,000 "));
        assertTrue(line("2026-06-30T23:59:59.120Z", "t", "m").startsWith("2026-07-01 01:59:59,120 "));
    }

    @Test
    void messageIsAlwaysTheSixthField() {
        assertEquals("2026-07-01 02:00:00,000 INFO server - m\n", line("2026-07-01T00:00:00Z", "", "m"));
        assertEquals(
                "2026-07-01 02:00:00,000 INFO server SIGTERM_handler m\n",
                line("2026-07-01T00:00:00Z", "SIGTERM handler", "m"));
    }

    @Test
    void messageStaysOnOneLine() {
        assertEquals(
                "2026-07-01 02:00:00,000 INFO server t a\\x0ab C:\\home\n",
                line("2026-07-01T00:00:00Z", "t", "a\nb C:\\home"));
    }
}

package org.confmail.console.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTimeTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-22T15:30:00Z");

    @ParameterizedTest
    @CsvSource({
        "15:00, 2026-11-22T14:00:00Z",
        "15:00:30, 2026-11-22T14:00:30Z",
        "16:31, 2026-11-21T15:31:00Z", // not yet today
        "11-20 15:00, 2026-11-20T14:00:00Z",
        "12-20 15:00, 2025-12-20T14:00:00Z", // not yet this year
        "2026-07-01 15:00, 2026-07-01T13:00:00Z",
        "2026-07-01T15:00:09, 2026-07-01T13:00:09Z",
        "2026-07-01, 2026-06-30T22:00:00Z",
        "2026-11-22T15:00:00Z, 2026-11-22T15:00:00Z",
        "2026-11-22 15:00:00.123, 2026-11-22T14:00:00Z",
    })
    void timeIsUnderstood(String written, Instant meant) {
        assertEquals(Optional.of(meant), WrittenTime.parse(written.replace('.', ','), NOW, ZONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "three", "25:00", "15:61", "2026-13-01 15:00", "15", "yesterday", "Z"})
    void anythingElseIsNone(String written) {
        assertEquals(Optional.empty(), WrittenTime.parse(written, NOW, ZONE));
    }
}

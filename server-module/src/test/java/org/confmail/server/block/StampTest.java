package org.confmail.server.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T14:00:00Z",
                "2024-02-29T23:59:59Z",
                "2000-02-29T00:00:00Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z"
            })
    void namesAnInstant(String text) {
        Instant instant = Stamp.parse(text).orElseThrow();
        assertEquals(Instant.parse(text), instant);
        assertEquals(text, Stamp.format(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2020-13-45T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2100-02-29T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-11-22T24:00:00Z",
                "2026-11-22T14:60:00Z",
                "2026-12-31T23:59:60Z",
                "0000-01-01T00:00:00Z",
                "2026-11-22T14:00:00z",
                "2026-11-22t14:00:00Z",
                "2026-11-22 14:00:00Z",
                "2026-11-22T14:00:00",
                "2026-11-22T14:00:00Z ",
                " 2026-11-22T14:00:00Z",
                "2026-11-22T14:00:00.0Z",
                "2026/11/22T14:00:00Z",
                "+026-11-22T14:00:00Z",
                "-026-11-22T14:00:00Z",
                "2026-11-22T1 :00:00Z",
                "２026-11-22T14:00:00Z",
                "٢026-11-22T14:00:00Z",
                "2026-1\n-22T14:00:00Z"
            })
    void isNoStamp(String text) {
        assertEquals(Optional.empty(), Stamp.parse(text));
    }

    @Test
    void partsOfASecondAreLeftOut() {
        assertEquals("2026-11-22T14:00:00Z", Stamp.format(Instant.parse("2026-11-22T14:00:00.999Z")));
    }

    @Test
    void yearsOfFiveDigitsHaveNoStamp() {
        assertThrows(IllegalArgumentException.class, () -> Stamp.format(Instant.parse("+10000-01-01T00:00:00Z")));
        assertThrows(IllegalArgumentException.class, () -> Stamp.format(Instant.parse("0000-12-31T23:59:59Z")));
    }
}

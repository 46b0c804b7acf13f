package org.confmail.console.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "10239, 10 KiB",
        "1048575, 1.0 MiB",
        "1048576, 1.0 MiB",
        "9223372036854775807, 8.0 EiB"
    })
    void sizesHaveTheLargestUnitThatFits(long bytes, String shown) {
        assertEquals(shown, Shown.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "the server has closed the connection, the server has closed the connection.",
        "Is the server running?, Is the server running?",
        "done., done.",
        "'', ''"
    })
    void wordsBecomeASentenceBehindWhichAnotherCanFollow(String words, String shown) {
        assertEquals(shown, Shown.sentence(words));
    }

    @Test
    void thousandsAreKeptApart() {
        assertEquals("1\u202f234\u202f567", Shown.number(1_234_567));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "60, 1 min 0 s", "3725, 1 h 2 min", "90000, 1 d 1 h", "3600000, 41 d 16 h"})
    void durationsHaveTheirTwoLargestUnits(long seconds, String shown) {
        assertEquals(shown, Shown.duration(Duration.ofSeconds(seconds)));
    }
}

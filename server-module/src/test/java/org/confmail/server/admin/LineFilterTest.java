package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Optional;
import org.confmail.shared.admin.AdminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineFilterTest {
    private static boolean finds(String pattern, String line) throws AdminException {
        return LineFilter.text(Optional.empty(), Optional.of(pattern)).test(line);
    }

    @ParameterizedTest
    @CsvSource({
        "'block [0-9A-F]{4}', 'block 7F3A stored', true",
        "'block [0-9A-F]{4}', 'block none', false",
        "'(?i)STORED$', 'block 7F3A stored', true",
        "'.*(\\w+) (\\w+).*', 'two words', true",
    })
    void patternFindsWhatItSays(String pattern, String line, boolean found) throws Exception {
        assertEquals(found, finds(pattern, line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(x+x+)+\\1y", "(?:(x|x)*)*\\1y", "(x|.)*(x|.)*(x|.)*y"})
    void patternThatNeverComesToAnEndFindsNothing(String pattern) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertEquals(false, finds(pattern, "x".repeat(100_000))));
    }

    @Test
    void patternThatIsNoneOrTooLongOrTooDeepIsRefused() {
        for (String pattern : new String[] {"(", "x".repeat(1001), "(".repeat(500) + ")".repeat(499)}) {
            assertThrows(AdminException.class, () -> finds(pattern, "x"), pattern);
        }
    }
}

package org.confmail.shared.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewConfigTest {
    private static final ConfigDocument DOCUMENT = NewConfig.document(8082, 8083);
    private static final String TEXT = new String(DOCUMENT.bytes(), StandardCharsets.UTF_8);

    @Test
    void setsThePortsTheUpkeepTheAdministrationSocketAndRotationOnly() {
        assertEquals(
                List.of(
                        "sport 8082",
                        "eport 8083",
                        "prune_interval 24",
                        "disk_reserve 512",
                        "admin_socket admin.sock",
                        "log_rotate_size 32",
                        "log_rotate_days 7"),
                DOCUMENT.entries().stream()
                        .map(entry -> entry.name() + " " + entry.value())
                        .toList());
        assertEquals(List.of(), ConfigValues.of(DOCUMENT).problems());
    }

    @Test
    void explainsEveryOptionAndIsReadWithEachOfThemSwitchedOn() {
        for (ConfigOption<?> option : OptionTable.all()) {
            assertTrue(TEXT.contains("\n" + option.name() + ": ") || TEXT.contains("\n#" + option.name() + ": "));
        }
        ConfigValues all = ConfigValues.of(ConfigDocument.parse(TEXT.replaceAll("(?m)^#(?=[a-z])", "")));
        assertEquals(List.of(), all.problems());
    }

    @Test
    void standsInShortLines() {
        assertTrue(TEXT.lines().allMatch(line -> line.length() <= 80), TEXT);
        assertTrue(TEXT.endsWith("\n"));
    }

    @Test
    void anOptionSetLaterLandsBelowItsExplanation() {
        String edited = new String(DOCUMENT.set("timeout", "90").bytes(), StandardCharsets.UTF_8);
        assertTrue(edited.contains("\n#timeout: 60\ntimeout: 90\n"));
    }

    @Test
    void aPortOutOfRangeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> NewConfig.document(0, 8081));
        assertThrows(IllegalArgumentException.class, () -> NewConfig.document(8081, 65536));
    }
}

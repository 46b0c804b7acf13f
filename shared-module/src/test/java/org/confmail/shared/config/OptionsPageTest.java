package org.confmail.shared.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The manual's page of options is the option table; where they differ, the failure shows what belongs there. */
final class OptionsPageTest {
    private static final String BEGIN = "<!-- options: made from the option table, checked by OptionsPageTest -->\n";
    private static final String END = "<!-- options end -->";

    @Test
    void pageTellsOfEveryOptionWhatTheTableKnows() throws IOException {
        String page = Files.readString(Path.of("..", "server-module", "docs", "options.md"));
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        assertEquals(options(), page.substring(begin, page.indexOf(END)));
    }

    private static String options() {
        StringBuilder text = new StringBuilder();
        for (OptionGroup group : OptionTable.groups()) {
            text.append("\n## ").append(group.title()).append('\n');
            for (ConfigOption<?> option : group.options()) {
                append(text, option);
            }
        }
        return text.append('\n').toString();
    }

    private static void append(StringBuilder text, ConfigOption<?> option) {
        text.append("\n### `")
                .append(option.name())
                .append("`\n\n")
                .append(option.help())
                .append("\n\n");
        text.append("- takes ").append(option.type().accepts());
        text.append(option.repeatable() ? "; may stand on several lines, and all of them count\n" : "\n");
        text.append(option.defaultText()
                .map(value -> "- default: `" + value + "`\n")
                .orElse("- not set by default\n"));
        text.append("- example: `")
                .append(option.name())
                .append(": ")
                .append(option.example())
                .append("`\n");
        text.append(option.restartReason()
                .map(reason -> "- a change acts at the next start: " + reason + "\n")
                .orElse("- a change acts at once\n"));
        if (option.tolerant()) {
            text.append("- a wrong value is a warning: ")
                    .append(option.consequence())
                    .append('\n');
        }
    }
}

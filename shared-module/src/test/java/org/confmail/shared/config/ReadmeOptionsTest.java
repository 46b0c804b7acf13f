package org.confmail.shared.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of options in the README is the option table; where they differ, the failure shows what belongs there. */
final class ReadmeOptionsTest {
    private static final String BEGIN = "<!-- options: made from the option table, checked by ReadmeOptionsTest -->\n";
    private static final String END = "<!-- options end -->";

    @Test
    void readmeShowsEveryOptionAsTheTableHasIt() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        assertEquals(table(), readme.substring(begin, readme.indexOf(END)));
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| option | default | meaning |\n|---|---|---|\n");
        for (ConfigOption<?> option : OptionTable.all()) {
            table.append("| `")
                    .append(option.name())
                    .append(option.repeatable() ? "` (several lines) | " : "` | ")
                    .append(option.defaultText().orElse(""))
                    .append(" | ")
                    .append(firstSentence(option.help()))
                    .append(option.actsAtOnce() ? "" : " *restart*")
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String firstSentence(String help) {
        int end = help.indexOf(". ");
        return end < 0 ? help : help.substring(0, end + 1);
    }
}

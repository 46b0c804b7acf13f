package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The manual's page of commands is what the program says of itself; where they differ, the failure shows what belongs there. */
class HelpPageTest {
    private static final String BEGIN =
            "<!-- help: what confmail-server -help prints, checked by HelpPageTest -->\n```\n";
    private static final String END = "```\n<!-- help end -->";

    @Test
    void pageHasTheHelpOfConfmailServer() throws IOException {
        String page = Files.readString(Path.of("docs", "commands.md"));
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        assertEquals(HelpText.commandLine(), page.substring(begin, page.indexOf(END)));
    }
}

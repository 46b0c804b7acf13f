package org.confmail.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The manual's page of commands is what the program says of itself; where they differ, the failure shows what belongs there. */
class CommandsPageTest {
    private static final String BEGIN =
            "<!-- commands: what confmail-admin help prints, checked by CommandsPageTest -->\n```\n";
    private static final String END = "```\n<!-- commands end -->";

    @Test
    void pageHasTheHelpOfConfmailAdmin() throws IOException {
        String page = Files.readString(Path.of("docs", "commands.md"));
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        assertEquals(HelpCommand.text(), page.substring(begin, page.indexOf(END)));
    }
}

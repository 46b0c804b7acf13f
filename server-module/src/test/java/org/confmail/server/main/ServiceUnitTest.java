package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceUnitTest {
    private static final Path UNIT = Path.of("../jlink/src/image/share/systemd/confmail-server.service");

    /** Calls that change owners are among the privileged ones, so they have to be let in again behind those. */
    @Test
    void serverMayGiveItsSocketToAGroup() throws Exception {
        List<String> filters = Files.readAllLines(UNIT).stream()
                .filter(line -> line.startsWith("SystemCallFilter="))
                .map(line -> line.substring("SystemCallFilter=".length()))
                .toList();
        assertEquals(List.of("@system-service", "~@privileged @resources", "@chown"), filters);
    }
}

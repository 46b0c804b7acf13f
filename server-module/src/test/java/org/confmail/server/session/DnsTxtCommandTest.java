package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.confmail.server.net.TxtRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DnsTxtCommandTest {
    @TempDir
    Path home;

    @Test
    void recordsAreLinesAndFailuresAreNotFound() throws Exception {
        try (TestServer server = TestServer.start(home);
                TestClient client = server.client()) {
            server.dns = name -> new TxtRecords.Found(List.of("server=" + name + ":8081", "more"));
            assertEquals("TXT: server=cmsvr.example.com:8081", client.ask("DNS TXT cmsvr.example.com"));
            assertEquals("TXT: more", client.line());
            assertEquals("EndBlock", client.line());
            server.dns = name -> new TxtRecords.Found(List.of());
            assertEquals("EndBlock", client.ask("DNS TXT cmsvr.example.com"));
            server.dns = name -> new TxtRecords.Failed("no answer");
            assertEquals("NOT FOUND", client.ask("DNS TXT cmsvr.example.com"));
        }
    }

    @Test
    void operatorMayForbidIt() throws Exception {
        try (TestServer server = TestServer.start(home, TestServer.Setup.USUAL.withoutDnsTxt());
                TestClient client = server.client()) {
            server.dns = name -> {
                throw new AssertionError("asked all the same");
            };
            assertEquals("FAILED", client.ask("DNS TXT cmsvr.example.com"));
        }
    }
}

package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No auth key reaches the log, with the traffic logged and whatever clients send. */
class SecretsInTheLogTest {
    private static final String NEW = "NewSecret0001";
    private static final List<String> KEYS =
            List.of("AdminKey0001", "PartnerKey01", "UserKey00001", "FreeKey00001", "GoneKey00001", NEW);

    @TempDir
    Path home;

    private TestServer server;
    private LogLines log;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(home);
        log = LogLines.record();
    }

    @AfterEach
    void stop() throws Exception {
        log.close();
        server.close();
    }

    /** Sends each line in a session of its own; whatever is answered. */
    private void sendEach(List<String> lines) throws Exception {
        for (String line : lines) {
            try (TestClient client = server.client()) {
                client.send(line, "EndBlock", "QUIT");
                while (!client.line().equals("GOODBYE")) {
                    // until the server has seen all of it
                }
            }
        }
        server.awaitIdle(0);
    }

    private void assertHidden(List<String> keys) {
        List<String> messages = log.messages();
        assertTrue(messages.stream().anyMatch(line -> line.startsWith("C1< ")), "the traffic was not logged");
        for (String line : messages) {
            for (String key : keys) {
                assertFalse(line.toLowerCase(Locale.ROOT).contains(key.toLowerCase(Locale.ROOT)), line);
            }
        }
    }

    @Test
    void goodCommandsHideTheirKeys() throws Exception {
        List<String> made = new ArrayList<>(KEYS);
        try (TestClient client = server.client()) {
            assertEquals("DONE", client.ask(TestServer.ADMIN_LOGIN));
            assertEquals("DONE", client.ask("ADDLOGIN " + TestServer.USER + " " + NEW));
            assertEquals("DONE", client.ask("ADDLOGIN " + NEW + "X"));
            assertEquals("DONE", client.ask("addlogin administrator " + NEW + "Y"));
            assertEquals("DONE", client.ask("RMLOGIN " + NEW));
            client.send("GENLOGIN 3");
            made.addAll(client.lines());
        }
        try (TestClient client = server.client()) {
            assertEquals("DONE", client.ask(TestServer.REPLICATION_LOGIN));
            assertEquals("DONE", client.ask("REPLOGIN " + TestServer.USER + " " + NEW));
            assertEquals("DONE", client.ask("REPLOGIN disabled " + NEW));
        }
        server.user().close();
        sendEach(List.of("LOGIN " + TestServer.USER + " " + made.getLast(), "LOGIN administrator " + made.get(6)));
        assertEquals(9, made.size());
        assertHidden(made);
    }

    @Test
    void malformedAndMisspeltCommandsHideThem() throws Exception {
        String user = TestServer.USER;
        sendEach(List.of(
                "LOGIN UserKey00001",
                "LOGIN  " + user + " UserKey00001",
                "LOGIN " + user + "  UserKey00001",
                "LOGIN " + user + " UserKey00001 ",
                "LOGIN " + user + " UserKey00001 again",
                "LOGIN " + user + "\tUserKey00001",
                "\tLOGIN " + user + " UserKey00001",
                " LOGIN " + user + " UserKey00001",
                "LOGINadministrator AdminKey0001",
                "LOGIN:administrator:AdminKey0001",
                "LOGIN administrator:AdminKey0001",
                "LOGIN administrator AdminKey0001;",
                "LOGN administrator AdminKey0001",
                "login administrator adminkey0001",
                "LOGIN administrator AdminKey0001PING",
                "LOG IN administrator AdminKey0001",
                "USER administrator PASS AdminKey0001",
                "AdminKey0001",
                "ADDLOGIN " + NEW,
                "ADDLOGIN " + user + " " + NEW + " x",
                "ADLOGIN " + user + " " + NEW,
                "ADD LOGIN " + user + " " + NEW,
                "RMLOGIN " + user + " UserKey00001",
                "RMLOGINUserKey00001",
                "RM UserKey00001",
                "REPLOGIN UserKey00001",
                "REPLOGIN " + user + " " + NEW + " x",
                "REPLOGON " + user + " " + NEW,
                "GENLOGIN " + NEW,
                "GENLOGIN 1 " + NEW,
                "STARTTLS LOGIN administrator AdminKey0001",
                "QUITLOGIN administrator AdminKey0001"));
        assertHidden(KEYS);
    }

    @Test
    void keysInOddPlacesAreHidden() throws Exception {
        String user = TestServer.USER;
        sendEach(List.of(
                "LOGIN UserKey00001 " + user,
                "LOGIN AdminKey0001 administrator",
                "LOGIN " + NEW + " administrator",
                "LOGIN AdminKey0001 AdminKey0001",
                "PING LOGIN administrator AdminKey0001",
                "PING UserKey00001",
                "PING LOGIN administrator " + NEW,
                "GET SERVER UserKey00001",
                "DNS TXT UserKey00001",
                "REPLICATE UserKey00001 none",
                "STORE SERVER " + user + "\r\nLOGIN administrator AdminKey0001",
                "STORE SERVER " + user + "\r\nLOGN administrator AdminKey0001",
                "STORE SERVER " + user + "\r\nReplogin-Auth: " + NEW,
                "STORE SERVER " + user + "\r\nreplogin-auth:" + NEW,
                "STORE SERVER " + user + "\r\nType: AdminKey0001"));
        assertHidden(KEYS);
    }
}

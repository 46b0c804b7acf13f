package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.session.TestServer.Setup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is too long, too large, torn or somebody else's: bounds are kept, and the session stays in step. */
class StoreStepTest {
    private static final Instant DATE = TestServer.NOW.minus(Duration.ofHours(1));
    private static final Key KEY = Key.sha1(Blocks.bytes("any"));
    private static final int LINE_BYTES_MAX = 16384;
    private static final int MIB = 1 << 20;

    @TempDir
    Path home;

    private TestServer server;
    private TestClient client;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(home, Setup.USUAL.withPartner());
        client = server.user();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private static byte[] data(int bytes) {
        byte[] data = new byte[bytes];
        new Random(7).nextBytes(data);
        return data;
    }

    /** A data block in its stored form. */
    private static byte[] dataBlock(byte[] data) {
        byte[] header = Blocks.bytes(Blocks.dataHeader(data, DATE) + "Data: " + data.length + "\n");
        return concat(header, data);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private void assertInStep() throws IOException {
        assertEquals("PONG in step", client.ask("PING in step"));
    }

    /** Writes to a server that may hang up in the middle, and says whether it did. */
    private boolean writtenUntilClosed(byte[] chunk, long total) throws IOException {
        try {
            for (long sent = 0; sent < total; sent += chunk.length) {
                client.write(chunk);
            }
        } catch (SocketException e) {
            return true;
        }
        return client.closed();
    }

    @Test
    void lineOfTheGreatestLengthIsTaken() throws Exception {
        String text = "x".repeat(LINE_BYTES_MAX - "PING ".length());
        assertEquals("PONG " + text, client.ask("PING " + text));
        client.write("PING " + text + "\n");
        assertEquals("PONG " + text, client.line());
        assertInStep();
    }

    @Test
    void longerLineCloses() throws Exception {
        client.send("PING " + "x".repeat(LINE_BYTES_MAX - "PING ".length() + 1));
        assertTrue(client.closed());
        server.awaitIdle(0);
    }

    @Test
    void longerLineWithABareLfCloses() throws Exception {
        client.write("PING " + "x".repeat(LINE_BYTES_MAX - "PING ".length() + 1) + "\n");
        assertTrue(client.closed());
    }

    @Test
    void lineWithoutEndCloses() throws Exception {
        assertTrue(writtenUntilClosed(Blocks.bytes("x".repeat(LINE_BYTES_MAX + 2)), LINE_BYTES_MAX + 2));
    }

    @Test
    void longerLineWithinABlockCloses() throws Exception {
        client.send("STORE SERVER " + KEY, "X: " + "x".repeat(LINE_BYTES_MAX), "EndBlock");
        assertTrue(client.closed());
    }

    @Test
    void largestDataBlockIsStoredAndServed() throws Exception {
        byte[] data = data(8 * MIB);
        byte[] block = dataBlock(data);
        Key key = Key.sha1(data);
        assertEquals("DONE", client.store("STORE SERVER " + key, block));
        assertArrayEquals(block, client.get("GET SERVER " + key).orElseThrow());
        String entry = server.queued().getFirst();
        assertEquals(
                "StoreType: replicate\nStoreKeyid: " + key + "\nLoginUser: " + TestServer.USER + "\n"
                        + Blocks.text(block),
                entry);
    }

    @Test
    void largerDataBlockIsReadAwayAndDropped() throws Exception {
        byte[] block = dataBlock(data(8 * MIB + 1));
        assertEquals("DONE", client.store("STORE SERVER " + KEY, block));
        assertInStep();
        assertEquals(List.of(), server.stored());
        assertEquals(List.of(), server.queued());
    }

    @Test
    void dataBlockBeyondAllBoundsCloses() throws Exception {
        client.send("STORE SERVER " + KEY, "Type: data", "Data: " + (64 * MIB + 1));
        assertTrue(client.closed());
        try (TestClient other = server.client()) {
            other.send("STORE SERVER " + KEY, "Type: data", "Data: 99999999999999999999999999");
            assertTrue(other.closed());
        }
    }

    @Test
    void largeTextIsReadAwayAndDropped() throws Exception {
        String line = "X: " + "x".repeat(16000) + "\n";
        assertEquals("DONE", client.store("STORE SERVER " + KEY, Blocks.bytes(line.repeat(70))));
        assertInStep();
        assertEquals(List.of(), server.stored());
    }

    @Test
    void textBeyondAllBoundsCloses() throws Exception {
        client.send("STORE SERVER " + KEY);
        byte[] lines = Blocks.bytes(("X: " + "x".repeat(16000) + "\n").repeat(64));
        assertTrue(writtenUntilClosed(lines, 70L * MIB));
        server.awaitIdle(0);
    }

    @Test
    void paddingWithoutEndCloses() throws Exception {
        client.send("STORE SERVER " + KEY);
        byte[] lines = Blocks.bytes(("PADDING: " + "x".repeat(16000) + "\n").repeat(64));
        assertTrue(writtenUntilClosed(lines, 70L * MIB));
        server.awaitIdle(0);
    }

    @Test
    void paddingIsNoPartOfTheBlocksSize() throws Exception {
        String hash = Blocks.hash("padded");
        Key key = Key.sha1(HexFormat.of().parseHex(hash));
        String block = Blocks.acknowledgment(hash, DATE);
        String padding = ("PADDING: " + "x".repeat(16000) + "\n").repeat(80);
        assertEquals("DONE", client.store("STORE SERVER " + key, Blocks.bytes(padding + block + padding)));
        assertEquals(block, Blocks.text(client.get("GET SERVER " + key).orElseThrow()));
    }

    @Test
    void dataHeaderThatIsTooLargeIsReadAwayWithItsData() throws Exception {
        String line = "X: " + "x".repeat(16000) + "\n";
        byte[] block = Blocks.bytes("Type: data\n" + line.repeat(70) + "Data: 5\nhello");
        assertEquals("DONE", client.store("STORE SERVER " + KEY, block));
        assertInStep();
        assertEquals(List.of(), server.stored());
    }

    @Test
    void clientThatLeavesInTheMiddleLeavesNothingBehind() throws Exception {
        byte[] data = data(4 * 65536);
        try (TestClient other = server.client()) {
            byte[] block = dataBlock(data);
            String header = Blocks.text(block).substring(0, block.length - data.length);
            other.send("STORE SERVER " + Key.sha1(data));
            other.write(header.replace("\n", "\r\n"));
            other.write(Arrays.copyOf(data, 2 * 65536));
            Await.until("a temporary file", () -> server.stored().size() == 1);
        }
        server.awaitIdle(1);
        assertEquals(List.of(), server.stored());
        assertEquals(List.of(), server.queued());
    }

    @Test
    void tornAndForeignFilesAreNotServed() throws Exception {
        byte[] data = data(2000);
        byte[] block = dataBlock(data);
        String certificate = "Server: H mail.example.org port 8081\nDigest: AA:BB\nType: sha1 2048 bits\n";
        List<byte[]> files = List.of(
                Arrays.copyOf(block, block.length - 1),
                concat(block, new byte[1]),
                Arrays.copyOf(block, 20),
                new byte[0],
                Blocks.bytes("no block\n"),
                Blocks.bytes("Type: unheard-of\nDate: 2026-11-22T13:00:00Z\n"),
                Blocks.bytes(certificate),
                new byte[100_000]);
        for (byte[] file : files) {
            server.put(KEY, file);
            assertEquals("NOT FOUND", client.ask("GET SERVER " + KEY));
        }
        server.put(Key.sha1(data), Blocks.bytes("torn"));
        assertEquals("DONE", client.store("STORE SERVER " + Key.sha1(data), block));
        assertArrayEquals(block, client.get("GET SERVER " + Key.sha1(data)).orElseThrow());
    }

    @Test
    void textThatEndsWithinALineIsTornAndNotServed() throws Exception {
        for (String hash : List.of("1", "1".repeat(100_000))) {
            String text = "Type: acknowledgment\nDate: 2026-11-22T13:00:00Z\nHash: " + hash;
            server.put(KEY, Blocks.bytes(text));
            assertEquals("NOT FOUND", client.ask("GET SERVER " + KEY));
            server.put(KEY, Blocks.bytes(text + "\n"));
            assertEquals(
                    text + "\n", Blocks.text(client.get("GET SERVER " + KEY).orElseThrow()));
        }
        assertInStep();
    }

    @Test
    void sinceGoesThroughALargeMailbox() throws Exception {
        String recipient = TestServer.USER;
        Key key = Blocks.mailbox(recipient, "large");
        StringBuilder mailbox = new StringBuilder();
        int count = 3000; // well over the pieces that it is sent in
        for (int i = 0; i < count; i++) {
            String date = i % 3 == 0 ? "" : "Date: 2026-11-2" + i % 3 + "T00:00:00Z\n";
            mailbox.append(i == 0 ? "" : "NextMessage\n")
                    .append("Type: message-announcement\n")
                    .append(date)
                    .append("Mailbox: large\nMessageHash: ")
                    .append(Blocks.hash("m" + i))
                    .append('\n')
                    .append("X: ")
                    .append("x".repeat(i % 500 == 7 ? 16000 : 7))
                    .append('\n');
        }
        // A single one that is larger than a piece.
        mailbox.append("NextMessage\nType: message-announcement\nDate: 2026-11-22T00:00:00Z\n")
                .append(("DataBlock: " + Blocks.hash("d") + "\n").repeat(3000))
                .append("MessageHash: last\n");
        server.put(key, Blocks.bytes(mailbox.toString()));
        assertEquals(
                mailbox.toString(), Blocks.text(client.get("GET SERVER " + key).orElseThrow()));

        List<String> kept = Stream.of(mailbox.toString().split("NextMessage\n", -1))
                .filter(one -> !one.contains("Date: 2026-11-21"))
                .toList();
        String since = Blocks.text(
                client.get("GET SERVER " + key + " SINCE 2026-11-22T00:00:00Z").orElseThrow());
        assertEquals(String.join("NextMessage\n", kept), since);
        assertInStep();
    }

    @Test
    void onlyMailFromClientsThatIsNewIsToldOf() throws Exception {
        String announcement =
                Blocks.announcement(TestServer.USER, "0", Blocks.hash("m"), TestServer.NOW, List.of(Blocks.hash("d")));
        Key mailbox = Blocks.mailbox(TestServer.USER, "0");
        try (TestClient partner = server.client()) {
            assertEquals("DONE", partner.ask(TestServer.REPLICATION_LOGIN));
            Key other = Blocks.mailbox(TestServer.USER, "1");
            String replicated = Blocks.announcement(
                    TestServer.USER, "1", Blocks.hash("m"), TestServer.NOW, List.of(Blocks.hash("d")));
            partner.send("REPLICATE " + other + " none");
            assertEquals("DONE", partner.ask(replicated.replace("\n", "\r\n") + "EndBlock"));
        }
        assertEquals(List.of(), server.notified);
        for (int i = 0; i < 2; i++) {
            client.send("STORE SERVER " + mailbox);
            assertEquals("DONE", client.ask(announcement.replace("\n", "\r\n") + "EndBlock"));
        }
        assertEquals(List.of(Key.parse(TestServer.USER).orElseThrow()), server.notified);
    }

    @Test
    void accountChangesAreQueuedForThePartner() throws Exception {
        try (TestClient administrator = server.client();
                TestClient partner = server.client()) {
            assertEquals("DONE", administrator.ask(TestServer.ADMIN_LOGIN));
            assertEquals("DONE", administrator.ask("ADDLOGIN " + TestServer.USER + " OtherKey0001"));
            assertEquals("DONE", administrator.ask("RMLOGIN LostKey00001"));
            administrator.send("GENLOGIN 1");
            String made = administrator.lines().getFirst();
            assertEquals("DONE", partner.ask(TestServer.REPLICATION_LOGIN));
            assertEquals("DONE", partner.ask("REPLOGIN " + TestServer.USER + " ThirdKey0001"));
            try (TestClient first = server.client()) {
                assertEquals("DONE", first.ask("LOGIN " + TestServer.USER + " FreeKey00001"));
            }
            assertEquals(
                    Stream.of(TestServer.USER + " OtherKey0001", "disabled LostKey00001", "undefined " + made)
                            .map(change -> change.split(" ", -1))
                            .map(change -> "StoreType: replicate\nReplogin-User: " + change[0] + "\nReplogin-Auth: "
                                    + change[1] + "\n")
                            .sorted()
                            .toList(),
                    server.queued().stream().sorted().toList());
        }
    }

    @Test
    void onlyValidBlocksOfClientsAreQueuedForThePartner() throws Exception {
        byte[] valid = Blocks.bytes(Blocks.acknowledgment(Blocks.hash("one"), DATE));
        Key key = Key.sha1(HexFormat.of().parseHex(Blocks.hash("one")));
        try (TestClient partner = server.client()) {
            assertEquals("DONE", partner.ask(TestServer.REPLICATION_LOGIN));
            assertEquals("DONE", partner.store("REPLICATE " + key + " none", valid));
        }
        assertEquals("DONE", client.store("STORE SERVER " + KEY, valid)); // wrong key
        assertEquals(List.of(), server.queued());
        // Unchanged here, but the partner may lack it.
        try (TestClient anybody = server.client()) {
            assertEquals("DONE", anybody.store("STORE SERVER " + key, valid));
        }
        assertEquals(
                List.of("StoreType: replicate\nStoreKeyid: " + key + "\nLoginUser: none\n" + Blocks.text(valid)),
                server.queued());
    }

    @Test
    void plainTextInAPacketOfItsOwnSpoilsTheHandshake() throws Exception {
        try (TestClient other = server.client()) {
            assertEquals("PROCEED", other.ask("STARTTLS"));
            other.send(TestServer.ADMIN_LOGIN, "GENLOGIN 1", "SHUTDOWN");
            server.awaitOpen(1);
            assertFalse(server.stopAsked());
        }
    }
}

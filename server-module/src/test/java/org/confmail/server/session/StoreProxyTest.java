package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.session.TestServer.Setup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STORE PROXY: what comes into the send queue, and what does not. */
class StoreProxyTest {
    private static final Key KEY = Key.sha1(Blocks.bytes("key"));
    private static final String COMMAND = "STORE PROXY " + KEY;
    private static final String POST_TO = "Post-To: server=a.example:8081,b.example:8081\n";

    @TempDir
    Path home;

    private interface Talk {
        void with(TestServer server, TestClient client) throws Exception;
    }

    private void talk(Setup setup, Talk talk) throws Exception {
        try (TestServer server = TestServer.start(home, setup);
                TestClient client = server.client()) {
            talk.with(server, client);
            assertEquals("PONG", client.ask("PING"), "out of step");
        }
    }

    private static String entry(String embargo, String block) {
        return "StoreType: proxy\nStoreKeyid: " + KEY + "\nEmbargo: " + embargo + "\n" + block;
    }

    @Test
    void textIsQueuedAsItCame() throws Exception {
        String block = "Type: acknowledgment\n" + POST_TO + "Post-To: entangled\nAnything: 1\n";
        talk(Setup.USUAL, (server, client) -> {
            assertEquals("DONE", client.store(COMMAND, Blocks.bytes(block)));
            assertEquals("DONE", client.store(COMMAND + " AFTER 2026-11-24T15:35:04Z", Blocks.bytes(block)));
            assertEquals(
                    Set.of(entry("None", block), entry("2026-11-24T15:35:04Z", block)), new HashSet<>(server.queued()));
            assertEquals(List.of(), server.stored());
        });
    }

    @Test
    void dataIsQueuedByteForByte() throws Exception {
        byte[] data = new byte[300_000];
        new Random(1).nextBytes(data);
        String block = POST_TO + "Type: data\nData: " + data.length + "\n" + Blocks.text(data);
        talk(Setup.USUAL, (server, client) -> {
            assertEquals("DONE", client.store(COMMAND, Blocks.bytes(block)));
            assertEquals(List.of(entry("None", block)), server.queued());
        });
    }

    @Test
    void whatCanReachNobodyIsRefused() throws Exception {
        talk(Setup.USUAL, (server, client) -> {
            for (String block : List.of(
                    "Type: acknowledgment\n",
                    "Type: acknowledgment\nPost-To: nowhere\n",
                    "Type: data\nData: 5\nabcde",
                    POST_TO.repeat(101) + "Type: acknowledgment\n",
                    POST_TO + "Embargo: None\nType: acknowledgment\n",
                    POST_TO + "StoreType: replicate\nType: data\nData: 5\nabcde")) {
                assertEquals("FAILED", client.store(COMMAND, Blocks.bytes(block)), block);
            }
            assertEquals(List.of(), server.queued());
        });
    }

    @Test
    void emptyAndOversizedBlocksAreDropped() throws Exception {
        byte[] large = new byte[(8 << 20) + 1];
        byte[] header = (POST_TO + "Type: data\nData: " + large.length + "\n").getBytes(StandardCharsets.US_ASCII);
        talk(Setup.USUAL, (server, client) -> {
            assertEquals("DONE", client.store(COMMAND, Blocks.bytes(POST_TO)));
            client.send(COMMAND, "Post-To: entangled", "Data: 0");
            assertEquals("DONE", client.line());
            client.send(COMMAND);
            client.write(Blocks.text(header).replace("\n", "\r\n"));
            client.write(large);
            assertEquals("DONE", client.line());
            assertEquals(List.of(), server.queued());
        });
    }

    @Test
    void loginIsNeededWhereTheOptionSaysSo() throws Exception {
        byte[] block = Blocks.bytes(POST_TO + "Type: acknowledgment\n");
        talk(Setup.USUAL.withProxyForUsers(), (server, client) -> {
            assertEquals("FAILED", client.store(COMMAND, block));
            assertEquals(List.of(), server.queued());
            assertEquals("DONE", client.ask(TestServer.USER_LOGIN));
            assertEquals("DONE", client.store(COMMAND, block));
            assertEquals(1, server.queued().size());
        });
    }

    @Test
    void eachFailureOfTheDiskIsToldAndLeavesNothing() throws Exception {
        String text = POST_TO + "Type: acknowledgment\nName: ";
        String data = POST_TO + "Type: data\nData: 6\n";
        talk(Setup.USUAL, (server, client) -> {
            for (String block : List.of(text, data)) {
                int failures = 0;
                for (int n = 1; ; n++) {
                    String post =
                            block + "num" + (n / 100) + (n / 10 % 10) + (n % 10) + (block.equals(text) ? "\n" : "");
                    int queued = server.queued().size();
                    server.disk.failAt(n);
                    String answer = client.store(COMMAND, Blocks.bytes(post));
                    boolean failed = server.disk.failed().isPresent();
                    List<String> operations = server.disk.operations();
                    server.disk.heal();
                    if (!failed) {
                        assertEquals("DONE", answer);
                        assertEquals(queued + 1, server.queued().size());
                        break;
                    }
                    failures++;
                    assertEquals("FAILED", answer, operations::toString);
                    boolean named = operations.getLast().startsWith("force directory");
                    assertEquals(queued + (named ? 1 : 0), server.queued().size(), operations::toString);
                }
                assertTrue(failures > 4);
            }
        });
    }

    @Test
    void postToLinesOfWhatIsStoredHereAreDropped() throws Exception {
        String hash = Blocks.hash("ack");
        Key key = Key.sha1(java.util.HexFormat.of().parseHex(hash));
        String block = Blocks.acknowledgment(hash, TestServer.NOW);
        talk(Setup.USUAL.withPartner(), (server, client) -> {
            assertEquals("DONE", client.ask(TestServer.USER_LOGIN));
            assertEquals("DONE", client.store("STORE SERVER " + key, Blocks.bytes(POST_TO + block)));
            assertEquals(block, Blocks.text(client.get("GET SERVER " + key).orElseThrow()));
            assertTrue(server.queued().getFirst().endsWith("\n" + block));
            assertTrue(!server.queued().getFirst().contains("Post-To"));
        });
    }

    @Test
    void whatThePartnerReplicatesIsNotReplicatedBack() throws Exception {
        String hash = Blocks.hash("ack");
        Key key = Key.sha1(java.util.HexFormat.of().parseHex(hash));
        talk(Setup.USUAL.withPartner(), (server, client) -> {
            assertEquals("DONE", client.ask(TestServer.REPLICATION_LOGIN));
            byte[] block = Blocks.bytes(Blocks.acknowledgment(hash, TestServer.NOW));
            assertEquals("DONE", client.store("REPLICATE " + key + " none", block));
            assertEquals("DONE", client.ask("REPLOGIN FREDERIC SOMEKEY1"));
            assertEquals(1, server.stored().size());
            assertEquals(List.of(), server.queued());
        });
    }
}

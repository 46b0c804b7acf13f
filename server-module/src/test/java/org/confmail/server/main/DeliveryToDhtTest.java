package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.dht.TestDht;
import org.confmail.server.net.FreePort;
import org.confmail.server.session.Await;
import org.confmail.server.session.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code STORE PROXY} with {@code Post-To: entangled} on a whole server, whose node knows one other. */
class DeliveryToDhtTest {
    private static final byte[] POST_TO = Blocks.bytes("Post-To: entangled\n");

    @TempDir
    Path root;

    private TestDht other;
    private WholeServer server;

    @BeforeEach
    void start() throws Exception {
        other = new TestDht(root.resolve("other"), 0, List.of(), InstantSource.system());
        int port = FreePort.next();
        Path home = ServerUnderTest.home(root.resolve("home"), port);
        Files.writeString(
                home.resolve("config.txt"),
                "bind_address: 127.0.0.1\nsport: " + port + "\neport: " + port + "\ndht: true\nknode: 127.0.0.1:"
                        + other.dht().port() + "\n");
        server = WholeServer.start(home);
        other.awaitContacts(1);
    }

    @AfterEach
    void stop() {
        server.close();
        other.close();
    }

    @Test
    void announcementForTheDhtReachesAnotherNode() throws Exception {
        String recipient = Blocks.hash("recipient");
        String hash = Blocks.hash("message");
        Key mailbox = Blocks.mailbox(recipient, "0");
        byte[] block = Blocks.bytes(Blocks.announcement(recipient, "0", hash, Instant.now(), List.of(hash)));
        post(mailbox, block);
        awaitOnOther(mailbox, block);
    }

    @Test
    void dataForTheDhtReachesAnotherNodeWhole() throws Exception {
        byte[] data = Blocks.bytes("some data".repeat(2_000));
        byte[] block = TestDht.dataBlock(data, InstantSource.system());
        post(TestDht.key(data), block);
        awaitOnOther(TestDht.key(data), block);
    }

    private void post(Key key, byte[] block) throws IOException {
        byte[] posted = new byte[POST_TO.length + block.length];
        System.arraycopy(POST_TO, 0, posted, 0, POST_TO.length);
        System.arraycopy(block, 0, posted, POST_TO.length, block.length);
        try (TestClient client = server.client()) {
            assertEquals("DONE", client.store("STORE PROXY " + key, posted));
        }
    }

    private void awaitOnOther(Key key, byte[] block) throws Exception {
        Await.until("an empty queue", () -> {
            try (Stream<Path> files = Files.list(root.resolve("home/sendqueue"))) {
                return files.findAny().isEmpty();
            }
        });
        server.close(); // so that nobody else can answer
        assertArrayEquals(block, other.dht().find(key).orElseThrow());
    }
}

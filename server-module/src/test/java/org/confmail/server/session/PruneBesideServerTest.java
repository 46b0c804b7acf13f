package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.Limits;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.store.StoreKind;
import org.confmail.server.store.StoreUpkeep;
import org.confmail.server.time.Ticker;
import org.confmail.server.upkeep.Order;
import org.confmail.server.upkeep.Result;
import org.confmail.server.upkeep.Upkeep;
import org.confmail.server.upkeep.Watch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prune, and a nearly full disk, beside a running server whose clients go on. */
class PruneBesideServerTest {
    private static final Instant OLD = TestServer.NOW.minus(Duration.ofDays(10)).minusSeconds(1);
    private static final Instant ALIVE = TestServer.NOW.minus(Duration.ofDays(9));
    private static final String RECIPIENT = Blocks.hash("recipient");
    private static final int CLIENTS = 4;
    private static final int ROUNDS = 15;

    @TempDir
    Path home;

    private static Key mailbox(int number) {
        return Blocks.mailbox(RECIPIENT, "box" + number);
    }

    private static String announcement(int mailbox, String message, Instant date) {
        return Blocks.announcement(RECIPIENT, "box" + mailbox, Blocks.hash(message), date, List.of());
    }

    private static Key acknowledged(String hash) {
        return Key.sha1(HexFormat.of().parseHex(hash));
    }

    /**
     * Clients add to mailboxes in which something always expires, and refresh acknowledgments that are due: what was answered DONE
     * is there at the end, and what was too old is not.
     */
    @Test
    void nothingThatIsStoredWhileTheStoreIsPrunedIsLost() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (TestServer server = TestServer.start(home);
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1)) {
            Upkeep upkeep = new Upkeep(
                    server.store.upkeep(),
                    StoreUpkeep.of(
                            server.home.entangled(),
                            StoreKind.ENTANGLED,
                            new FileDisk(),
                            "89abcdef",
                            server.now::get,
                            Ticker.SYSTEM),
                    () -> Limits.server(Map.of()),
                    server.now::get,
                    new Random(1));
            Future<Long> pruned = threads.submit(() -> {
                long changed = 0;
                while (!done.get()) {
                    Result result =
                            upkeep.run(new Order(true, false, false, Duration.ZERO, Optional.empty()), Watch.NOBODY);
                    changed += result.counts().values().stream()
                            .mapToLong(counts ->
                                    counts.total().deleted() + counts.total().trimmed())
                            .sum();
                    assertTrue(result.counts().values().stream().allMatch(counts -> counts.failed() == 0));
                }
                return changed;
            });
            List<Future<?>> clients = new ArrayList<>();
            for (int n = 0; n < CLIENTS; n++) {
                clients.add(threads.submit(client(server, n)));
            }
            for (Future<?> client : clients) {
                client.get(60, TimeUnit.SECONDS);
            }
            done.set(true);
            assertTrue(pruned.get(60, TimeUnit.SECONDS) > 0);
            upkeep.run(new Order(true, false, false, Duration.ZERO, Optional.empty()), Watch.NOBODY);
            for (int n = 0; n < CLIENTS; n++) {
                String mailbox = Files.readString(server.file(mailbox(n)), StandardCharsets.ISO_8859_1);
                for (int round = 0; round < ROUNDS; round++) {
                    assertTrue(mailbox.contains(Blocks.hash("live " + n + " " + round)), mailbox);
                    assertFalse(mailbox.contains(Blocks.hash("old " + n + " " + round)), mailbox);
                    assertTrue(Files.exists(server.file(acknowledged(Blocks.hash("ack " + n + " " + round)))));
                }
            }
            assertEquals(
                    List.of(),
                    server.stored().stream()
                            .filter(file -> file.toString().endsWith(".tmp"))
                            .toList());
        }
    }

    private Callable<Boolean> client(TestServer server, int n) {
        return () -> {
            try (TestClient client = server.user()) {
                for (int round = 0; round < ROUNDS; round++) {
                    String hash = Blocks.hash("ack " + n + " " + round);
                    server.put(acknowledged(hash), Blocks.bytes(Blocks.acknowledgment(hash, OLD)));
                    String stored = "STORE SERVER " + acknowledged(hash);
                    assertEquals("DONE", client.store(stored, Blocks.bytes(Blocks.acknowledgment(hash, ALIVE))));
                    byte[] live = Blocks.bytes(announcement(n, "live " + n + " " + round, ALIVE));
                    expireSomething(server, n, round);
                    assertEquals("DONE", client.store("STORE SERVER " + mailbox(n), live));
                }
                return true;
            }
        };
    }

    /** As time would, but sooner: an entry is stored that was in time when it was judged. */
    private static void expireSomething(TestServer server, int n, int round) throws Exception {
        Key key = mailbox(n);
        server.store.merge(key, Blocks.valid(key, announcement(n, "old " + n + " " + round, OLD), OLD));
    }

    @Test
    void nearlyFullDiskRefusesNewBlocksAndServesTheOldOnes() throws Exception {
        String hash = Blocks.hash("acknowledged");
        byte[] block = Blocks.bytes(Blocks.acknowledgment(hash, TestServer.NOW));
        byte[] posted = Blocks.bytes("Post-To: server=127.0.0.1:1\n" + Blocks.text(block));
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        byte[] data = Blocks.bytes(
                Blocks.dataHeader(bytes, TestServer.NOW) + "Data: " + bytes.length + "\n" + Blocks.text(bytes));
        try (TestServer server = TestServer.start(home);
                TestClient client = server.user();
                TestClient partner = server.client()) {
            assertEquals("DONE", partner.ask(TestServer.REPLICATION_LOGIN));
            assertEquals("DONE", client.store("STORE SERVER " + acknowledged(hash), block));
            server.refusing = true;
            assertEquals("FAILED", client.store("STORE SERVER " + acknowledged(hash), block));
            assertEquals("FAILED", client.store("STORE SERVER " + Key.sha1(bytes), data));
            assertEquals("FAILED", client.store("STORE PROXY " + acknowledged(hash), posted));
            assertEquals("FAILED", partner.store("REPLICATE " + Key.sha1(bytes) + " none", data));
            assertTrue(client.get("GET SERVER " + acknowledged(hash)).isPresent());
            assertTrue(client.get("GET SERVER " + Key.sha1(bytes)).isEmpty());
            server.refusing = false;
            assertEquals("DONE", client.store("STORE PROXY " + acknowledged(hash), posted));
            assertEquals("DONE", partner.store("REPLICATE " + Key.sha1(bytes) + " none", data));
            assertTrue(client.get("GET SERVER " + Key.sha1(bytes)).isPresent());
        }
    }
}

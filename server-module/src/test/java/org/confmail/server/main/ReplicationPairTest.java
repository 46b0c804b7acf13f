package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.log.ServerLog;
import org.confmail.server.net.Fixture;
import org.confmail.server.net.FreePort;
import org.confmail.server.session.Await;
import org.confmail.server.session.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole servers that replicate to each other, over real sockets. */
class ReplicationPairTest {
    private static final String ADMIN_LOGIN = "LOGIN administrator AdminKey0001";
    private static final String USER_LOGIN = "LOGIN FREDERIC UserKey00001";

    @TempDir
    Path root;

    private Node one;
    private Node two;

    @BeforeEach
    void start() throws Exception {
        int portOfOne = FreePort.next();
        int portOfTwo = FreePort.next();
        one = new Node(root.resolve("one"), portOfOne, portOfTwo);
        two = new Node(root.resolve("two"), portOfTwo, portOfOne);
        one.start();
        two.start();
        try (TestClient admin = one.client()) {
            assertEquals("DONE", admin.ask(ADMIN_LOGIN));
            assertEquals("DONE", admin.ask("ADDLOGIN FREDERIC UserKey00001"));
        }
    }

    @AfterEach
    void stop() throws Exception {
        one.stop();
        two.stop();
    }

    @Test
    void accountsAndBlocksAreReplicatedBothWays() throws Exception {
        two.awaitLogin(USER_LOGIN);
        Post small = Post.acknowledgment("small");
        Post large = Post.data(3_000_000);
        one.store(small);
        one.store(large);
        two.awaitBlock(small);
        two.awaitBlock(large);
        Post back = Post.acknowledgment("back");
        two.store(back);
        one.awaitBlock(back);
        try (TestClient admin = two.client()) {
            assertEquals("DONE", admin.ask(ADMIN_LOGIN));
            assertEquals("DONE", admin.ask("ADDLOGIN FREDERIC OtherKey0001"));
        }
        one.awaitLogin("LOGIN FREDERIC OtherKey0001");
        one.awaitEmptyQueue();
        two.awaitEmptyQueue();
    }

    @Test
    void serverThatWasDownCatchesUp() throws Exception {
        two.awaitLogin(USER_LOGIN);
        two.stop();
        Post first = Post.acknowledgment("first");
        Post second = Post.data(100_000);
        one.store(first);
        one.store(second);
        two.start();
        two.awaitBlock(first);
        two.awaitBlock(second);
        one.stop();
        Post third = Post.acknowledgment("third");
        two.store(third);
        two.stop();
        one.start();
        two.start();
        one.awaitBlock(third);
        one.awaitEmptyQueue();
        two.awaitEmptyQueue();
    }

    @Test
    void proxiedBlockReachesTheOtherServerAndItsPartner() throws Exception {
        two.awaitLogin(USER_LOGIN);
        Post block = Post.acknowledgment("proxied");
        try (TestClient client = one.client()) {
            String line = "Post-To: server=nowhere.invalid:1,127.0.0.1:" + two.port + "\n";
            byte[] posted = Blocks.bytes(line + Blocks.text(block.stored()));
            assertEquals("DONE", client.store("STORE PROXY " + block.key(), posted));
        }
        two.awaitBlock(block);
        one.awaitBlock(block);
        one.awaitEmptyQueue();
    }

    /** A block in its stored form. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Post(Key key, byte[] stored) {
        static Post acknowledgment(String name) {
            String hash = Blocks.hash(name);
            return new Post(
                    Key.sha1(HexFormat.of().parseHex(hash)), Blocks.bytes(Blocks.acknowledgment(hash, Instant.now())));
        }

        static Post data(int size) {
            byte[] data = new byte[size];
            new Random(size).nextBytes(data);
            String header = Blocks.dataHeader(data, Instant.now()) + "Data: " + size + "\n";
            return new Post(Key.sha1(data), Blocks.bytes(header + Blocks.text(data)));
        }
    }

    /** One of the two. */
    private static final class Node {
        private final Path home;
        private final int port;
        private Optional<RunningServer> running = Optional.empty();

        Node(Path home, int port, int partner) throws IOException {
            this.home = home;
            this.port = port;
            Files.createDirectories(home.resolve("ssl"));
            Fixture.copyTo("ec-p256.key", home.resolve("ssl/server.key"));
            Fixture.copyTo("ec-p256.crt", home.resolve("ssl/server.crt"));
            Files.writeString(home.resolve("auth.txt"), "administrator AdminKey0001\nreplication PartnerKey0001\n");
            Files.writeString(
                    home.resolve("config.txt"),
                    "bind_address: 127.0.0.1\ndht: false\nsport: " + port + "\nreplpeer: 127.0.0.1:" + partner
                            + "\nrepl_authkey: PartnerKey0001\nretry_schedule: 0,1\n");
        }

        void start() throws StartFailure {
            running = Optional.of(Server.start(
                    new RunOptions(home, true, false, false, false, Optional.empty(), Optional.empty()),
                    ServerLog.toStandardError(new ServerLog.Detail(true, false, false))));
        }

        void stop() throws Exception {
            if (running.isEmpty()) {
                return;
            }
            RunningServer server = running.get();
            running = Optional.empty();
            server.stop();
            CompletableFuture<Void> stopped = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    server.awaitStop();
                    stopped.complete(null);
                } catch (InterruptedException e) {
                    stopped.completeExceptionally(e);
                }
            });
            stopped.get(20, TimeUnit.SECONDS);
        }

        TestClient client() throws IOException {
            return TestClient.connect(port);
        }

        void store(Post post) throws IOException {
            try (TestClient client = client()) {
                assertEquals("DONE", client.store("STORE SERVER " + post.key(), post.stored()));
            }
        }

        void awaitLogin(String login) throws Exception {
            Await.until(login + " at " + port, () -> {
                try (TestClient client = client()) {
                    return client.ask(login).equals("DONE");
                }
            });
        }

        void awaitBlock(Post post) throws Exception {
            try (TestClient client = client()) {
                assertEquals("DONE", client.ask(USER_LOGIN));
                Await.until(
                        "block " + post.key() + " at " + port,
                        () -> client.get("GET SERVER " + post.key())
                                .filter(held -> java.util.Arrays.equals(held, post.stored()))
                                .isPresent());
            }
        }

        void awaitEmptyQueue() throws Exception {
            Await.until("an empty queue in " + home, () -> {
                try (Stream<Path> files = Files.list(home.resolve("sendqueue"))) {
                    return files.findAny().isEmpty();
                }
            });
        }
    }
}

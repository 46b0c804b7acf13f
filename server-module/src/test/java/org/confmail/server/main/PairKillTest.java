package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.net.FreePort;
import org.confmail.server.session.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real servers that replicate to each other; first the one, then the other is killed: what was answered DONE is on both. */
@Timeout(180)
class PairKillTest {
    private static final int POSTS_OF_EACH_ROUND = 100;
    private static final String LOGIN = "LOGIN administrator " + ServerUnderTest.ADMINISTRATOR_KEY;

    @TempDir
    Path root;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Queue<Post> done = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Node one;
    private Node two;

    /** What is asked of a server, and what must be found on both if it said DONE. */
    private sealed interface Post {
        boolean send(TelnetClient client) throws IOException;

        void check(TelnetClient client, int port) throws IOException;
    }

    private record Block(String key, String stored, String end) implements Post {
        static Block acknowledgment(Random random) {
            String hash = Blocks.hash("" + random.nextLong());
            Key key = Key.sha1(HexFormat.of().parseHex(hash));
            return new Block(key.toString(), Blocks.acknowledgment(hash, Instant.now()), "EndBlock\n");
        }

        static Block data(Random random) {
            byte[] bytes = new byte[1 + random.nextInt(50_000)];
            random.nextBytes(bytes);
            String header = Blocks.dataHeader(bytes, Instant.now());
            return new Block(
                    Key.sha1(bytes).toString(), header + "Data: " + bytes.length + "\n" + Blocks.text(bytes), "");
        }

        @Override
        public boolean send(TelnetClient client) throws IOException {
            return client.ask("STORE SERVER " + key, Blocks.bytes(stored + end)).equals("DONE");
        }

        @Override
        public void check(TelnetClient client, int port) throws IOException {
            assertEquals(stored, client.get(key));
        }
    }

    /** An account that is added, and perhaps removed at once. */
    private record Login(String user, String key, boolean removed) implements Post {
        static Login any(Random random) {
            return new Login(
                    "USER" + (10_000 + random.nextInt(90_000)),
                    Blocks.hash("" + random.nextLong()).toUpperCase(Locale.ROOT),
                    random.nextBoolean());
        }

        @Override
        public boolean send(TelnetClient client) throws IOException {
            return client.ask("ADDLOGIN " + user + " " + key).equals("DONE")
                    && (!removed || client.ask("RMLOGIN " + key).equals("DONE"));
        }

        @Override
        public void check(TelnetClient client, int port) throws IOException {
            try (TelnetClient other = new TelnetClient(port)) {
                assertEquals(removed ? "FAILED" : "DONE", other.ask("LOGIN " + user + " " + key), toString());
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        int portOfOne = FreePort.next();
        int portOfTwo = FreePort.next();
        one = Node.on(root.resolve("one"), portOfOne, portOfTwo);
        two = Node.on(root.resolve("two"), portOfTwo, portOfOne);
        Future<?> starting = threads.submit(() -> two.start());
        one.start();
        starting.get(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        threads.close();
    }

    @Test
    void whatWasAnsweredDoneComesToBothWhicheverIsKilled() throws Exception {
        try {
            loadBothAndKill(two, one);
            two.start();
            loadBothAndKill(one, two);
            one.start();
            for (Node node : List.of(one, two)) {
                Await.until("an empty queue in " + node.home, node::hasSentAll);
            }
            assertTrue(done.size() > 2 * POSTS_OF_EACH_ROUND, () -> "only " + done.size() + " were answered");
            for (Node node : List.of(one, two)) {
                node.checkAll(done);
            }
        } catch (AssertionError | Exception e) {
            throw new AssertionError("seed " + seed + "L, " + done.size() + " done: " + e.getMessage(), e);
        }
    }

    private void loadBothAndKill(Node victim, Node survivor) throws Exception {
        CountDownLatch enough = new CountDownLatch(10 + random.nextInt(POSTS_OF_EACH_ROUND - 20));
        List<Post> posts = posts();
        List<Post> others = posts();
        Future<Integer> victims = threads.submit(() -> send(victim, posts, enough));
        Future<Integer> survivors = threads.submit(() -> send(survivor, others, new CountDownLatch(0)));
        assertTrue(enough.await(60, TimeUnit.SECONDS), "not so many posts were answered in time");
        victim.close();
        assertTrue(victims.get(30, TimeUnit.SECONDS) < POSTS_OF_EACH_ROUND, "it was not killed in the middle");
        assertEquals(POSTS_OF_EACH_ROUND, survivors.get(60, TimeUnit.SECONDS));
    }

    private List<Post> posts() {
        List<Post> posts = new ArrayList<>();
        for (int n = 0; n < POSTS_OF_EACH_ROUND; n++) {
            posts.add(
                    switch (n % 4) {
                        case 0, 1 -> Block.acknowledgment(random);
                        case 2 -> Block.data(random);
                        default -> Login.any(random);
                    });
        }
        return posts;
    }

    /** Returns how many were answered. */
    private int send(Node to, List<Post> posts, CountDownLatch enough) {
        int answered = 0;
        try (TelnetClient client = new TelnetClient(to.port)) {
            assertEquals("DONE", client.ask(LOGIN));
            for (Post post : posts) {
                try {
                    assertTrue(post.send(client), post::toString);
                } catch (IOException e) {
                    return answered; // killed: that is what is tested
                }
                done.add(post);
                answered++;
                enough.countDown();
            }
            return answered;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the two. */
    private static final class Node implements AutoCloseable {
        private final Path home;
        private final int port;
        private final List<ServerUnderTest> running = new ArrayList<>();

        private Node(Path home, int port) {
            this.home = home;
            this.port = port;
        }

        static Node on(Path home, int port, int partner) throws IOException {
            ServerUnderTest.home(home, port);
            Files.writeString(
                    home.resolve("auth.txt"),
                    "administrator " + ServerUnderTest.ADMINISTRATOR_KEY + "\nreplication REPLKEY1\n");
            Files.writeString(
                    home.resolve("config.txt"),
                    "bind_address: 127.0.0.1\ndht: false\nsport: " + port + "\nreplpeer: 127.0.0.1:" + partner
                            + "\nrepl_authkey: REPLKEY1\nretry_schedule: 0,1\n");
            return new Node(home, port);
        }

        ServerUnderTest start() throws IOException {
            ServerUnderTest server = ServerUnderTest.start(home);
            running.add(server);
            return server;
        }

        boolean hasSentAll() throws IOException {
            try (Stream<Path> files = Files.list(home.resolve("sendqueue"))) {
                return files.findAny().isEmpty();
            }
        }

        void checkAll(Queue<Post> posts) throws IOException {
            try (TelnetClient client = new TelnetClient(port)) {
                assertEquals("DONE", client.ask(LOGIN));
                for (Post post : posts) {
                    post.check(client, port);
                }
            }
        }

        /** {@code kill -9}. */
        @Override
        public void close() {
            running.forEach(ServerUnderTest::kill);
            running.clear();
        }
    }
}

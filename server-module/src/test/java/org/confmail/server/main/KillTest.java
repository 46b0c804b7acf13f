package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.confmail.server.block.StoredHead;
import org.confmail.server.net.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the real server in the middle of its work, several times on one home: what was answered DONE is there afterwards, and
 * nothing torn is.
 */
@Timeout(180)
class KillTest {
    private static final int KILLS = 3;
    private static final int POSTS_OF_EACH_CONNECTION = 60;
    private static final int DONE_BEFORE_KILL_MIN = 20;
    private static final int DONE_BEFORE_KILL_MAX = 150;
    private static final String RECIPIENT = Blocks.hash("recipient");
    private static final String ADMINISTRATOR = "administrator";

    @TempDir
    Path directory;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Queue<Post> done = new ConcurrentLinkedQueue<>();
    /** What was not answered any more: where something may lie half done. */
    private final Queue<Post> cutOff = new ConcurrentLinkedQueue<>();

    /** What is asked of the server, and what must be found afterwards if it said DONE. */
    private sealed interface Post {
        /** Returns the answer. */
        String send(TelnetClient client) throws IOException;

        /** Fails unless it is there. */
        void check(TelnetClient client, int port) throws IOException;

        /** The entry in the send queue. */
        String entry();
    }

    private record Data(String key, String stored) implements Post {
        @Override
        public String send(TelnetClient client) throws IOException {
            return client.ask("STORE SERVER " + key, Blocks.bytes(stored));
        }

        @Override
        public void check(TelnetClient client, int port) throws IOException {
            assertEquals(stored, client.get(key));
        }

        @Override
        public String entry() {
            return replication(key) + stored;
        }
    }

    private record Announcement(String key, String text) implements Post {
        @Override
        public String send(TelnetClient client) throws IOException {
            return client.ask("STORE SERVER " + key, Blocks.bytes(text + "EndBlock\n"));
        }

        @Override
        public void check(TelnetClient client, int port) throws IOException {
            assertTrue(client.get(key).contains(text), () -> "lost from mailbox " + key + ": " + text);
        }

        @Override
        public String entry() {
            return replication(key) + text;
        }
    }

    private record Login(String user, String key) implements Post {
        @Override
        public String send(TelnetClient client) throws IOException {
            return client.ask("ADDLOGIN " + user + " " + key);
        }

        @Override
        public void check(TelnetClient client, int port) throws IOException {
            try (TelnetClient other = new TelnetClient(port)) {
                assertEquals("DONE", other.ask("LOGIN " + user + " " + key));
            }
        }

        @Override
        public String entry() {
            return "StoreType: replicate\nReplogin-User: " + user + "\nReplogin-Auth: " + key + "\n";
        }
    }

    private static String replication(String key) {
        return "StoreType: replicate\nStoreKeyid: " + key + "\nLoginUser: " + ADMINISTRATOR + "\n";
    }

    private Data data() {
        byte[] bytes = new byte[random.nextBoolean() ? 200 : 1 + random.nextInt(200_000)];
        random.nextBytes(bytes);
        String stored = Blocks.dataHeader(bytes, Instant.now()) + "Data: " + bytes.length + "\n" + Blocks.text(bytes);
        return new Data(Key.sha1(bytes).toString(), stored);
    }

    private Announcement announcement() {
        String mailbox = "" + random.nextInt(3);
        String hash = Blocks.hash("message " + random.nextLong());
        return new Announcement(
                Blocks.mailbox(RECIPIENT, mailbox).toString(),
                Blocks.announcement(RECIPIENT, mailbox, hash, Instant.now(), List.of(hash)));
    }

    private Login login() {
        return new Login(
                "USER" + (10_000 + random.nextInt(90_000)), Key.sha1(Blocks.bytes("" + random.nextLong())) + "");
    }

    @Test
    void whatWasAnsweredDoneSurvivesKill() throws Exception {
        int port = FreePort.next();
        Path home = ServerUnderTest.home(directory.resolve("home"), port);
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                List<List<Post>> connections = connections();
                try (ServerUnderTest server = ServerUnderTest.start(home)) {
                    load(port, connections, server);
                }
                nothingIsTorn(home);
                try (ServerUnderTest server = ServerUnderTest.start(home)) {
                    allIsThere(home, port);
                    if (kill == KILLS - 1) {
                        sendAgain(port);
                        noLeftOver(home);
                        nothingIsTorn(home);
                        server.stop();
                    }
                }
            }
        } catch (AssertionError | Exception e) {
            throw new AssertionError("seed " + seed + "L, " + done.size() + " done: " + e.getMessage(), e);
        }
    }

    private List<List<Post>> connections() {
        List<List<Post>> connections = new ArrayList<>();
        for (int connection = 0; connection < 6; connection++) {
            List<Post> posts = new ArrayList<>();
            for (int n = 0; n < POSTS_OF_EACH_CONNECTION; n++) {
                posts.add(
                        switch (connection % 3) {
                            case 0 -> data();
                            case 1 -> announcement();
                            default -> login();
                        });
            }
            connections.add(posts);
        }
        return connections;
    }

    /** Sends on all connections at once and kills the server in the middle. */
    private void load(int port, List<List<Post>> connections, ServerUnderTest server) throws Exception {
        int before = DONE_BEFORE_KILL_MIN + random.nextInt(DONE_BEFORE_KILL_MAX - DONE_BEFORE_KILL_MIN);
        CountDownLatch enough = new CountDownLatch(before);
        int doneBefore = done.size();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> sending = new ArrayList<>();
            for (List<Post> posts : connections) {
                sending.add(threads.submit(() -> send(port, posts, enough)));
            }
            boolean inTime = enough.await(60, TimeUnit.SECONDS);
            server.kill();
            assertTrue(inTime, "not so many posts were answered in time");
            for (Future<?> each : sending) {
                each.get(30, TimeUnit.SECONDS);
            }
        }
        int attempts = connections.stream().mapToInt(List::size).sum();
        assertTrue(done.size() - doneBefore < attempts, "the server was not killed in the middle");
    }

    private void send(int port, List<Post> posts, CountDownLatch enough) {
        try (TelnetClient client = new TelnetClient(port)) {
            assertEquals("DONE", client.ask("LOGIN " + ADMINISTRATOR + " " + ServerUnderTest.ADMINISTRATOR_KEY));
            for (Post post : posts) {
                String answer;
                try {
                    answer = post.send(client);
                } catch (IOException e) {
                    cutOff.add(post);
                    return; // killed: that is what is tested
                }
                assertEquals("DONE", answer);
                done.add(post);
                enough.countDown();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void allIsThere(Path home, int port) throws IOException {
        try (TelnetClient client = new TelnetClient(port)) {
            assertEquals("DONE", client.ask("LOGIN " + ADMINISTRATOR + " " + ServerUnderTest.ADMINISTRATOR_KEY));
            for (Post post : done) {
                post.check(client, port);
                Path entry = home.resolve("sendqueue")
                        .resolve(Key.sha1(Blocks.bytes(post.entry())).toString());
                assertTrue(Files.exists(entry), () -> "not queued: " + post.entry());
            }
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("LOCKFILE"))
                    .toList();
        }
    }

    private static boolean isTemporary(Path file) {
        return file.toString().endsWith(".tmp");
    }

    private static void nothingIsTorn(Path home) throws IOException {
        for (Path file : files(home.resolve("localstore"))) {
            if (isTemporary(file)) {
                continue;
            }
            byte[] content = Files.readAllBytes(file);
            String name = String.valueOf(file.getFileName());
            switch (StoredHead.read(content, content.length)) {
                case StoredHead.Data data ->
                    assertEquals(
                            name,
                            Key.sha1(Arrays.copyOfRange(content, data.dataOffset(), content.length))
                                    .toString());
                case StoredHead.Text text -> {
                    String[] announcements = Blocks.text(content).split("NextMessage\n", -1);
                    for (String announcement : announcements) {
                        assertTrue(
                                announcement.startsWith("Type: " + text.type().wireName() + "\n"), announcement);
                        assertTrue(announcement.matches("(?s).*\nMessageHash: [0-9a-f]{40}\n"), announcement);
                    }
                }
                case StoredHead.Foreign foreign -> throw new AssertionError(name + ": " + foreign);
                case StoredHead.Unreadable torn -> throw new AssertionError(name + ": " + torn);
            }
        }
        for (Path file : files(home.resolve("sendqueue"))) {
            if (!isTemporary(file)) {
                assertEquals(Key.sha1(Files.readAllBytes(file)).toString(), String.valueOf(file.getFileName()));
            }
        }
    }

    private void sendAgain(int port) throws IOException {
        try (TelnetClient client = new TelnetClient(port)) {
            assertEquals("DONE", client.ask("LOGIN " + ADMINISTRATOR + " " + ServerUnderTest.ADMINISTRATOR_KEY));
            for (Post post : cutOff) {
                assertEquals("DONE", post.send(client));
            }
        }
    }

    private static void noLeftOver(Path home) throws IOException {
        List<Path> found = new ArrayList<>(files(home.resolve("localstore")));
        found.addAll(files(home.resolve("sendqueue")));
        assertEquals(List.of(), found.stream().filter(KillTest::isTemporary).toList());
    }
}

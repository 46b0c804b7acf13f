package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.net.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three processes of the server on one store: no update is lost, no old block stays, and no answer is torn. */
@Timeout(120)
class SharedStoreTest {
    private static final int SERVERS = 3;
    private static final int CONNECTIONS_EACH = 2;
    private static final int ANNOUNCEMENTS = 40;
    private static final int KEYS = 60;
    private static final int DATES = 2;
    private static final String RECIPIENT = Blocks.hash("recipient");
    private static final String MAILBOX = Blocks.mailbox(RECIPIENT, "0").toString();

    @TempDir
    Path directory;

    private final Instant now = Instant.now();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private record Post(String key, String text) {}

    private String data(int number, int date) {
        byte[] bytes = Blocks.bytes(("data " + number + " ").repeat(1 + number * 30));
        return Blocks.dataHeader(bytes, now.minusSeconds(60 - date)) + "Data: " + bytes.length + "\n"
                + Blocks.text(bytes);
    }

    private static String dataKey(String block) {
        int data = block.indexOf('\n', block.indexOf("\nData: ") + 1) + 1;
        return Key.sha1(Blocks.bytes(block.substring(data))).toString();
    }

    private String announcement(int number) {
        String hash = Blocks.hash("message " + number);
        return Blocks.announcement(RECIPIENT, "0", hash, now, List.of(hash));
    }

    private List<Post> posts() {
        List<Post> posts = new ArrayList<>();
        for (int number = 0; number < ANNOUNCEMENTS; number++) {
            posts.add(new Post(MAILBOX, announcement(number) + "EndBlock\n"));
        }
        for (int number = 0; number < KEYS; number++) {
            for (int date = 0; date < DATES; date++) {
                String block = data(number, date);
                posts.add(new Post(dataKey(block), block));
            }
        }
        Collections.shuffle(posts, random);
        return posts;
    }

    @Test
    void noUpdateIsLostAndNothingIsTorn() throws Exception {
        Path store = Files.createDirectory(directory.resolve("store"));
        List<Integer> ports = new ArrayList<>();
        List<ServerUnderTest> servers = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<ServerUnderTest>> starting = new ArrayList<>();
            for (int server = 0; server < SERVERS; server++) {
                int port = FreePort.next();
                ports.add(port);
                Path home = ServerUnderTest.home(directory.resolve("home" + server), port);
                Files.writeString(
                        home.resolve("config.txt"), "alt_localstore: " + store + "\n", StandardOpenOption.APPEND);
                starting.add(threads.submit(() -> ServerUnderTest.start(home)));
            }
            for (Future<ServerUnderTest> one : starting) {
                servers.add(one.get(60, TimeUnit.SECONDS));
            }
            hammer(ports, threads);
            for (int port : ports) {
                allIsThere(port);
            }
            for (ServerUnderTest server : servers) {
                server.stop();
            }
            noLeftOver(store);
        } catch (AssertionError | Exception e) {
            throw new AssertionError("seed " + seed + "L: " + e.getMessage(), e);
        } finally {
            servers.forEach(ServerUnderTest::close);
        }
    }

    private void hammer(List<Integer> ports, ExecutorService threads) throws Exception {
        AtomicBoolean writing = new AtomicBoolean(true);
        List<Post> posts = posts();
        List<Future<?>> writers = new ArrayList<>();
        List<Future<?>> readers = new ArrayList<>();
        try {
            int parts = SERVERS * CONNECTIONS_EACH;
            for (int part = 0; part < parts; part++) {
                int first = part;
                int port = ports.get(part % SERVERS);
                writers.add(threads.submit(() -> {
                    try (TelnetClient client = loggedIn(port)) {
                        for (int i = first; i < posts.size(); i += parts) {
                            Post post = posts.get(i);
                            assertEquals("DONE", client.ask("STORE SERVER " + post.key, Blocks.bytes(post.text)));
                        }
                    }
                    return null;
                }));
            }
            for (int port : ports) {
                long reading = random.nextLong();
                readers.add(threads.submit(() -> {
                    read(port, new Random(reading), writing);
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
        } finally {
            writing.set(false);
        }
        for (Future<?> reader : readers) {
            reader.get(20, TimeUnit.SECONDS);
        }
    }

    private static TelnetClient loggedIn(int port) throws IOException {
        TelnetClient client = new TelnetClient(port);
        assertEquals("DONE", client.ask("LOGIN administrator " + ServerUnderTest.ADMINISTRATOR_KEY));
        return client;
    }

    private void read(int port, Random which, AtomicBoolean writing) throws IOException {
        try (TelnetClient client = loggedIn(port)) {
            while (writing.get()) {
                whole(client.get(MAILBOX));
                String key = dataKey(data(which.nextInt(KEYS), 0));
                String block = client.get(key);
                if (!block.equals("NOT FOUND")) {
                    assertEquals(key, dataKey(block));
                }
            }
        }
    }

    private static void whole(String mailbox) {
        if (mailbox.equals("NOT FOUND")) {
            return;
        }
        for (String announcement : mailbox.split("NextMessage\n", -1)) {
            assertTrue(
                    announcement.matches("(?s)Type: message-announcement\n.*\nMessageHash: [0-9a-f]{40}\n"),
                    announcement);
        }
    }

    private void allIsThere(int port) throws IOException {
        try (TelnetClient client = loggedIn(port)) {
            String mailbox = client.get(MAILBOX);
            whole(mailbox);
            for (int number = 0; number < ANNOUNCEMENTS; number++) {
                String announcement = announcement(number);
                assertTrue(mailbox.contains(announcement), () -> "lost: " + announcement);
            }
            for (int number = 0; number < KEYS; number++) {
                String newest = data(number, DATES - 1);
                assertEquals(newest, client.get(dataKey(newest)));
            }
        }
    }

    private static void noLeftOver(Path store) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().endsWith(".tmp")).toList());
        }
    }
}

package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.session.TestServer.Setup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process of Python writes blocks in place under its lock, as the existing server does, while this server serves them. */
@Timeout(60)
class TornReadTest {
    private static final Duration WRITING = Duration.ofSeconds(4);
    private static final int VERSIONS_MIN = 3;

    /**
     * Writes each block again and again: cut, written in two parts with a pause between them that is often none and sometimes
     * long. Of every text half of the versions have the same size.
     */
    private static final String PYTHON = """
            import fcntl, hashlib, os, random, sys, time
            root, seconds = sys.argv[1], float(sys.argv[2])
            texts = [(name, int(lines)) for name, lines in (pair.split(':') for pair in sys.argv[3].split(','))]
            data = bytes(bytearray(i * 7 % 251 for i in range(1200000)))
            def text(version, lines):
                line = 'X: %06d ' % version + 'x' * 40 + '\\n'
                return ('Type: acknowledgment\\nDate: 2026-11-22T13:00:00Z\\nLines: %06d\\n' % lines + line * lines).encode()
            def block(version):
                return ('Type: data\\nDate: 2026-11-22T13:00:00Z\\nVersion: 1\\nProofOfWork: bd' + ',1' * random.randrange(9)
                    + '\\nData: %d\\n' % len(data)).encode() + data
            def write(key, content):
                leaf = os.path.join(root, key[0:2], key[2:4])
                if not os.path.isdir(leaf):
                    os.makedirs(leaf)
                with open(os.path.join(leaf, 'LOCKFILE'), 'a') as lock:
                    fcntl.lockf(lock, fcntl.LOCK_EX)
                    with open(os.path.join(leaf, key), 'wb') as file:
                        cut = random.randrange(len(content) + 1)
                        file.write(content[:cut])
                        file.flush()
                        pause = random.random()
                        if pause > 0.6:
                            time.sleep(pause ** 20 * 0.5)
                        file.write(content[cut:])
            keys = [(key, lines) for key, lines in texts] + [(hashlib.sha1(data).hexdigest().upper(), 0)]
            version = 0
            end = time.time() + seconds
            while version < 20 or time.time() < end:
                version += 1
                for key, lines in keys:
                    more = random.randrange(2) * random.randrange(1 + lines // 2)
                    write(key, text(version, lines + more) if lines else block(version))
                time.sleep(random.random() * 0.004)
                if version == 1:
                    print(keys[-1][0])
                    sys.stdout.flush()
            """;

    @TempDir
    Path directory;

    /** What was seen of one block: its versions, and how often the connection was cut within it. */
    private static final class Seen {
        final Set<String> versions = new HashSet<>();
        int answers;
        int cuts;
    }

    private static Optional<Process> python(Path store, String texts) throws IOException {
        try {
            return Optional.of(
                    new ProcessBuilder("python3", "-c", PYTHON, store.toString(), "" + WRITING.toSeconds(), texts)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** In the order of their sizes, which lie below and above what is read at once, and what is read under the lock. */
    private static List<Text> texts() {
        return List.of(text("small", 3), text("page", 100), text("pieces", 3_000), text("large", 30_000));
    }

    private static Text text(String name, int lines) {
        return new Text(Key.sha1(Blocks.bytes(name)), lines);
    }

    private record Text(Key key, int lines) {}

    @Test
    void noAnswerIsTornWhileThePythonServerWrites() throws Exception {
        List<Text> texts = texts();
        StringBuilder arguments = new StringBuilder();
        texts.forEach(text ->
                arguments.append(text.key).append(':').append(text.lines).append(','));
        arguments.setLength(arguments.length() - 1);
        try (TestServer server = TestServer.start(directory, Setup.USUAL.at(Instant.now()))) {
            Optional<Process> started = python(server.home.localStore(), arguments.toString());
            assumeTrue(started.isPresent(), "this machine has no python3");
            Process python = started.get();
            try {
                Key data = Key.parse(python.inputReader().readLine()).orElseThrow();
                List<Seen> seen = new ArrayList<>();
                try (ExecutorService threads = Executors.newCachedThreadPool()) {
                    List<Future<Seen>> reading = new ArrayList<>();
                    texts.forEach(text -> reading.add(threads.submit(() -> read(server, text.key, python))));
                    reading.add(threads.submit(() -> read(server, data, python)));
                    for (Future<Seen> each : reading) {
                        seen.add(each.get(40, TimeUnit.SECONDS));
                    }
                }
                assertTrue(python.waitFor(10, TimeUnit.SECONDS));
                assertEquals(0, python.exitValue());
                for (int block = 0; block < seen.size(); block++) {
                    Seen one = seen.get(block);
                    int number = block;
                    assertTrue(one.versions.size() >= VERSIONS_MIN, () -> number + ": " + one.versions);
                    if (block < 2) { // what is read at once needs no cut
                        assertEquals(0, one.cuts);
                    }
                }
            } finally {
                python.destroyForcibly().waitFor();
            }
        }
    }

    private static Seen read(TestServer server, Key key, Process python) throws Exception {
        Seen seen = new Seen();
        while (python.isAlive()) {
            try (TestClient client = server.user()) {
                while (python.isAlive()) {
                    server.now.set(Instant.now());
                    byte[] block = client.get("GET SERVER " + key)
                            .orElseThrow(() -> new AssertionError(key + " not found after " + seen.answers));
                    seen.versions.add(version(key, block));
                    seen.answers++;
                }
            } catch (IOException e) {
                seen.cuts++;
            }
        }
        return seen;
    }

    /** Fails unless it is one whole version; returns which. */
    private static String version(Key key, byte[] block) {
        String text = new String(block, StandardCharsets.ISO_8859_1);
        if (text.startsWith("Type: data\n")) {
            int data = text.indexOf('\n', text.indexOf("\nData: ") + 1) + 1;
            assertEquals(key, Key.sha1(Arrays.copyOfRange(block, data, block.length)));
            return text.substring(0, data);
        }
        String[] lines = text.split("\n", -1);
        assertEquals("", lines[lines.length - 1], "cut off");
        assertEquals(
                lines.length - 4, Integer.parseInt(lines[2].substring("Lines: ".length())), () -> key + " is torn");
        Set<String> different = new HashSet<>(Arrays.asList(lines).subList(3, lines.length - 1));
        assertEquals(1, different.size(), () -> key + " is torn: " + different);
        return lines[2] + lines[3];
    }
}

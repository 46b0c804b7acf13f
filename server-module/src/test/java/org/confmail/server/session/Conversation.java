package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A script of what client and server say, from {@code src/test/resources/conversations}. A line of it is one of these:
 *
 * <pre>
 * # text      for the reader
 * C: text     the client sends this line; several one after the other go out at once
 * C* text     the client sends this without a line end; \r \n \0 stand for what they do
 * S: text     the server answers exactly this line
 * S~ pattern  the server answers a line like this; a named group (?&lt;key&gt;…) is ${key} from there on
 * CLOSED      the server closes without another word
 * TLS         the two shake hands
 * NEW         the client connects once more, in place of its old connection
 * PLAIN       the script is for a connection that starts without TLS; it stands before all else
 * </pre>
 */
record Conversation(Path file) {
    private static final Path DIRECTORY = Path.of("src/test/resources/conversations");
    private static final Pattern NAME = Pattern.compile("\\$\\{(\\w+)}");

    static List<Conversation> all() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted().map(Conversation::new).toList();
        }
    }

    boolean plainOnly() throws IOException {
        return Files.readAllLines(file).contains("PLAIN");
    }

    void play(int port, boolean encrypted) throws IOException {
        try (Play play = new Play(port, encrypted)) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                try {
                    play.take(lines.get(i));
                } catch (IOException | AssertionError e) {
                    throw new AssertionError(file + ":" + (i + 1) + ": " + lines.get(i) + ": " + e.getMessage(), e);
                }
            }
            play.flush();
        }
    }

    @Override
    public String toString() {
        return String.valueOf(file.getFileName());
    }

    /** A script under way. */
    private static final class Play implements AutoCloseable {
        private final int port;
        private final boolean encrypted;
        private final Map<String, String> names = new HashMap<>();
        private final StringBuilder pending = new StringBuilder();
        private TestClient client;

        Play(int port, boolean encrypted) throws IOException {
            this.port = port;
            this.encrypted = encrypted;
            this.client = connect();
        }

        private TestClient connect() throws IOException {
            TestClient connected = TestClient.connect(port);
            if (encrypted) {
                connected.encrypt();
            }
            return connected;
        }

        void take(String line) throws IOException {
            if (line.isEmpty() || line.startsWith("#") || line.equals("PLAIN")) {
                return;
            }
            if (line.startsWith("C:")) {
                pending.append(text(line)).append("\r\n");
                return;
            }
            if (line.startsWith("C*")) {
                pending.append(
                        text(line).replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0"));
                return;
            }
            flush();
            if (line.startsWith("S:")) {
                assertEquals(text(line), client.line());
            } else if (line.startsWith("S~")) {
                match(text(line), client.line());
            } else {
                act(line);
            }
        }

        private void act(String line) throws IOException {
            switch (line) {
                case "CLOSED" -> assertTrue(client.closed(), "the server said more, or left the connection open");
                case "TLS" -> client.handshake();
                case "NEW" -> {
                    client.close();
                    client = connect();
                }
                default -> throw new IOException("no line of a conversation");
            }
        }

        private String text(String line) {
            String text = line.length() > 3 ? line.substring(3) : "";
            return NAME.matcher(text).replaceAll(name -> Matcher.quoteReplacement(names.get(name.group(1))));
        }

        private void match(String pattern, String answer) {
            Pattern compiled = Pattern.compile(pattern);
            Matcher matcher = compiled.matcher(answer);
            assertTrue(matcher.matches(), answer);
            compiled.namedGroups().keySet().forEach(name -> names.put(name, matcher.group(name)));
        }

        void flush() throws IOException {
            if (!pending.isEmpty()) {
                client.write(pending.toString());
                pending.setLength(0);
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}

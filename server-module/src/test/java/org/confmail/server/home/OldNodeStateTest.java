package org.confmail.server.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.confmail.server.block.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldNodeStateTest {
    private static final Key ID =
            Key.parse("1B3903AFEAB7F2906F6E5A1C50F63B7766500B59").orElseThrow();
    private static final String HEADER =
            "Source: entangled\nLastPublished: 1\nOriginallyPublished: 1\nOriginalPublisherID: " + ID
                    + "\nDataType: pickle\nData: 9\n";
    /** The id as Python 2 would write it in quotes. */
    private static final String ESCAPED = "\\x1b9\\x03\\xaf\\xea\\xb7\\xf2\\x90onZ\\x1cP\\xf6;wfP\\x0bY";

    @TempDir
    Path root;

    private Optional<Key> id(byte[] file) throws IOException {
        Home home = Home.at(root);
        Path state = home.entangled().resolve("6E/6F/6E6F64655374617465");
        Files.createDirectories(state.getParent());
        Files.write(state, file);
        return OldNodeState.id(home);
    }

    private Optional<Key> idIn(String pickle) throws IOException {
        return id((HEADER + pickle).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] stateOfTheExistingServer() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                OldNodeStateTest.class.getResourceAsStream("/vectors/home/entangled/6E/6F/6E6F64655374617465"))) {
            return in.readAllBytes();
        }
    }

    private static String id() {
        return new String(ID.bytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void idOfTheExistingServerIsRead() throws Exception {
        assertEquals(Optional.of(ID), id(stateOfTheExistingServer()));
    }

    @Test
    void checkNamesTheIdOfTheOldNode() throws Exception {
        id(stateOfTheExistingServer());
        Files.writeString(root.resolve("config.txt"), "dht: false\n");
        List<String> notes = new HomeCheck(InstantSource.system())
                .check(root).stream()
                        .map(Finding::describe)
                        .filter(line -> line.contains("the DHT node of the existing server had the id " + ID))
                        .toList();
        assertEquals(1, notes.size());
    }

    @Test
    void homeWithoutAnOldNodeHasNone() {
        assertEquals(Optional.empty(), OldNodeState.id(Home.at(root)));
    }

    @Test
    void everyProtocolOfPython2IsRead() throws Exception {
        String contacts0 = "(lp2\n(S'" + ESCAPED + "'\np3\nS'10.0.0.1'\np4\nI8081\ntp5\na";
        assertEquals(
                Optional.of(ID),
                idIn("(dp0\nS'closestNodes'\np1\n" + contacts0 + "sS'id'\np6\nS'" + ESCAPED + "'\np7\ns."));
        assertEquals(Optional.of(ID), idIn("(dp0\nS'id'\np1\nS\"" + ESCAPED + "\"\np2\ns."));
        String contacts1 = "]q\u0002((U\u0014" + id() + "q\u0003U\u000810.0.0.1M\u0091\u001ftq\u0004e";
        assertEquals(
                Optional.of(ID), idIn("}q\u0000(U\fclosestNodesq\u0001" + contacts1 + "U\u0002idq\u0005h\u0003u."));
        String contacts2 = "]q\u0002U\u0014" + id() + "q\u0003U\u000810.0.0.1M\u0091\u001f\u0087q\u0004a";
        assertEquals(
                Optional.of(ID),
                idIn("\u0080\u0002}q\u0001(U\fclosestNodesq\u0006" + contacts2 + "U\u0002idq\u0005h\u0003u."));
    }

    @Test
    void pickleThatWouldRunSomethingIsRefused() throws Exception {
        String dictionary = "(dS'id'\nS'" + ESCAPED + "'\ns";
        assertEquals(Optional.of(ID), idIn(dictionary + "."));
        for (String harmful : List.of(
                "cos\nsystem\n(S'touch /tmp/x'\ntR.",
                dictionary + "cos\nsystem\n.",
                "(S'x'\nios\nsystem\n.",
                dictionary + "(S'x'\nios\nsystem\n.",
                "(dS'id'\ncos\nsystem\n(S'x'\ntRs.",
                "\u0080\u0003}.",
                "\u0080\u0002cos\nsystem\n)\u0081.",
                "P1\n.")) {
            assertEquals(Optional.empty(), idIn(harmful), harmful);
        }
    }

    @Test
    void damageIsNoId() throws Exception {
        for (String damaged : List.of(
                "",
                ".",
                "(.",
                "N.",
                "}.",
                "s.",
                "(u.",
                "}(U\u0002idu.",
                "h\u0001.",
                "U\u00ffx",
                "T\u00ff\u00ff\u00ff\u00ffx",
                "I1\nI2\nI3\n\u0087.",
                "(dS'id'\nS'short'\ns.",
                "(dS'id'\nI1\ns.",
                "(dS'id'\nSunquoted\ns.",
                "(dS'id'\nS'\\x1'\ns.",
                "(dS'id'\nS'\\x-1'\ns.",
                "(dS'id'\nS'" + ESCAPED + "'\ns.more")) {
            assertEquals(Optional.empty(), idIn(damaged), damaged);
        }
        assertEquals(Optional.empty(), id(new byte[0]));
        assertEquals(Optional.empty(), id("Source: entangled\n".repeat(10).getBytes(StandardCharsets.US_ASCII)));
        assertEquals(Optional.empty(), idIn("N".repeat(128 * 1024 + 1)));
        byte[] good = stateOfTheExistingServer();
        for (int length = 0; length < good.length; length += 7) {
            assertEquals(Optional.empty(), id(Arrays.copyOf(good, length)));
        }
    }

    @Test
    void noiseIsNoHarm() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] instructions =
                "(.SUTN])ILFVJKMGX}dltsuaepqrghj\n'1\u0080\u0085\u008a".getBytes(StandardCharsets.ISO_8859_1);
        for (int round = 0; round < 20_000; round++) {
            byte[] pickle = new byte[random.nextInt(60)];
            for (int i = 0; i < pickle.length; i++) {
                pickle[i] = instructions[random.nextInt(instructions.length)];
            }
            assertThrows(IOException.class, () -> new Pickle(pickle).textUnder("id"), () -> "seed " + seed);
        }
    }
}

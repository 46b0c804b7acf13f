package org.confmail.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.dht.TestDht;
import org.confmail.server.main.WholeServer;
import org.confmail.server.session.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code confmail-admin dht}, on a whole server whose node knows one other. */
class DhtCommandTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path root;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(Path socket, String... words) {
        out.reset();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of("-socket", socket.toString(), "dht"));
        all.addAll(List.of(words));
        return new Main(stream, stream, false).execute(all);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void nodeItsContactsAndTheWayToAKeyAreTables() throws Exception {
        byte[] data = Blocks.bytes("held by the other");
        Key key = TestDht.key(data);
        try (TestDht other = new TestDht(root.resolve("other"), 0, List.of(), CLOCK);
                WholeServer server =
                        WholeServer.startInDht(root.resolve("home"), other.dht().port())) {
            Path socket = server.socket();
            String otherId = other.dht().snapshot().orElseThrow().id().toString();
            Await.until(this::said, () -> run(socket, "contacts") == Main.DONE && said().contains(otherId));
            assertEquals(2, said().lines().count(), this::said);

            assertEquals(Main.DONE, run(socket), this::said);
            assertTrue(
                    said().contains("\nBUCKET  CONTACTS  ROOM FOR  WAITING\n     0         1         8        0\n"),
                    this::said);
            assertTrue(said().contains("blocks held   not counted yet"), this::said);
            assertTrue(said().contains("No packet was refused."), this::said);

            assertEquals(Main.FAILED, run(socket, "lookup", key.toString()), this::said);
            assertTrue(said().contains("Not found"), this::said);
            assertTrue(other.dht().keep(key, TestDht.dataBlock(data, CLOCK), key, CLOCK.instant()));
            assertEquals(Main.DONE, run(socket, "lookup", key.toString()), this::said);
            List<String> lines = said().lines().toList();
            assertTrue(lines.get(1).contains(otherId) && lines.get(1).contains("a block"), this::said);
            assertTrue(lines.getLast().startsWith("Found in "), this::said);
        }
    }
}

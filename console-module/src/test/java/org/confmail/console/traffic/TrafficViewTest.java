package org.confmail.console.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.confmail.console.testing.Await;
import org.confmail.console.testing.ClientSession;
import org.confmail.console.testing.Fx;
import org.confmail.console.testing.RealServer;
import org.confmail.console.testing.ShownConsole;
import org.confmail.console.view.ViewName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What do clients and servers say to each other? */
@ExtendWith(ApplicationExtension.class)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrafficViewTest {
    @TempDir
    Path directory;

    private Optional<Stage> stage = Optional.empty();
    private RealServer server;
    private ShownConsole console;

    @Start
    void keep(Stage first) {
        stage = Optional.of(first);
    }

    @BeforeEach
    void start() throws IOException {
        server = RealServer.fresh();
        console = ShownConsole.on(stage.orElseThrow(), ShownConsole.known(server));
        console.awaitConnected();
        console.go(ViewName.TRAFFIC);
        Await.until("followed", () -> Files.readString(server.logFile()).contains("traffic followed by"));
    }

    @AfterEach
    void stop() {
        console.close();
        server.close();
    }

    private List<String> exported(String name) throws IOException {
        return exported(name, () -> {});
    }

    /** @param before what the user has done in the same moment */
    private List<String> exported(String name, Runnable before) throws IOException {
        Path file = directory.resolve(name);
        console.questions().choose(file);
        Fx.run(() -> {
            before.run();
            console.menu("menu.export");
        });
        console.awaitText("#lines.outcome", "written to " + file);
        return Files.readAllLines(file);
    }

    private void awaitState(String words) {
        console.awaitText("#lines.state", words);
    }

    private void filter(String id, String words) {
        TextField field = console.node("#" + id, TextField.class);
        Fx.run(() -> field.setText(words));
    }

    @Test
    void trafficOfSessionsAppearsIsFilteredPausedAndExportedWithoutSecrets() throws IOException {
        try (ClientSession first = ClientSession.ofAdministrator(server);
                ClientSession second = ClientSession.open(server)) {
            String key = first.store("some mail".getBytes(StandardCharsets.US_ASCII));
            assertEquals("PONG", second.ask("PING").substring(0, 4));
            filter("lines.filter", "PING");
            awaitState("1 of ");
            console.photograph("traffic-filtered");
            filter("lines.filter", "");
            // What is exported has passed the filter, also while that is still at work.
            List<String> lines = exported("first.txt", () -> filter("lines.connection", "1"));
            assertTrue(lines.stream().anyMatch(line -> line.endsWith(" 1 in STORE SERVER " + key)), lines.toString());
            assertTrue(lines.stream().anyMatch(line -> line.endsWith(" 1 out DONE")), lines.toString());
            assertTrue(lines.stream().allMatch(line -> line.contains(" 1 in ") || line.contains(" 1 out ")));
            assertFalse(lines.toString().contains(server.administratorKey()));
            filter("lines.connection", "");
            console.photograph("traffic");

            console.press("lines.pause");
            second.ask("PING");
            awaitState("paused: 2 new lines");
            console.press("lines.pause");
            awaitState("shows new lines as they come");
            assertTrue(exported("all.txt").getLast().contains(" 2 out "));
        }
    }
}

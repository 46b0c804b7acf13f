package org.confmail.console.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.confmail.console.control.Bars;
import org.confmail.console.testing.ClientSession;
import org.confmail.console.testing.Fx;
import org.confmail.console.testing.RealServer;
import org.confmail.console.testing.ShownConsole;
import org.confmail.console.view.ViewName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Who is on, what are they doing? At a real server with real clients. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // TestFX starts it
class ConnectionsViewTest {
    @TempDir
    private Path directory;

    private RealServer server;
    private ShownConsole console;

    @Start
    void start(Stage stage) throws IOException {
        server = RealServer.fresh();
        console = ShownConsole.on(stage, ShownConsole.known(server));
    }

    @AfterEach
    void end() {
        console.close();
        server.close();
    }

    @Test
    void clientAppearsIsFilteredExportedAndCut(FxRobot robot) throws IOException {
        console.awaitConnected();
        console.go(ViewName.CONNECTIONS);
        TableView<?> table = console.node("#connections.table", TableView.class);
        console.awaitText("#connections.count", "No connections");

        try (ClientSession administrator = ClientSession.ofAdministrator(server);
                ClientSession stranger = ClientSession.open(server)) {
            administrator.storeMany(3);
            console.awaitText("#connections.count", "2 connections");
            Fx.until("two rows", () -> table.getItems().size() == 2);

            Fx.run(() -> table.getSelectionModel().select(0));
            console.awaitText("#connections.details.user", "administrator");
            Fx.until("commands by kind", () -> commands().contains("STORE"));
            console.photograph("connections");

            Path file = directory.resolve("connections.csv");
            console.questions().choose(file);
            robot.push(KeyCode.CONTROL, KeyCode.E);
            console.awaitText("#connections.outcome", "Written to");
            List<String> lines = Files.readAllLines(file);
            assertEquals(3, lines.size());
            assertTrue(lines.get(1).contains("administrator"), lines.get(1));

            TextField filter = console.node("#connections.filter", TextField.class);
            robot.push(KeyCode.CONTROL, KeyCode.F);
            Fx.until("cursor in the filter", filter::isFocused);
            robot.write("not logged");
            Fx.until("the stranger alone", () -> table.getItems().size() == 1);
            Fx.run(() -> table.getSelectionModel().select(0));
            console.press("connections.cut");
            console.awaitText("#connections.outcome", "Cut one connection: 2 from 127.0.0.1");
            assertTrue(console.questions().asked().getFirst().words().contains("2 from 127.0.0.1"));
            assertThrows(IOException.class, () -> stranger.ask("NOOP"));
            Fx.until("no row", () -> table.getItems().isEmpty());
            robot.push(KeyCode.ESCAPE);
            Fx.until("all rows", () -> table.getItems().size() == 1);
        }
        Fx.until("nobody is left", () -> table.getItems().isEmpty());
        console.photograph("connections-empty");
    }

    private String commands() {
        return String.join(
                " ",
                console.node("#connections.details.commands", Bars.class).shown().stream()
                        .map(Bars.Bar::name)
                        .toList());
    }
}

package org.confmail.console.dht;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.confmail.console.testing.Fx;
import org.confmail.console.testing.RealServer;
import org.confmail.console.testing.ShownConsole;
import org.confmail.console.view.ViewName;
import org.confmail.shared.config.ConfigFile;
import org.confmail.shared.config.ConfigValues;
import org.confmail.shared.config.DhtOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Am I part of the network? At real servers with nodes of their own. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // TestFX starts it
class DhtViewTest {
    private static final String KEY = "4fd2a5e5c39129a31718adf95a6ff6bc4e281a60";

    @TempDir
    private Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Stage stage;

    @Start
    void start(Stage first) {
        stage = first;
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable part : open.reversed()) {
            part.close();
        }
    }

    @Test
    void nodeKnowsAnotherAndAsksItForAKey(FxRobot robot) throws Exception {
        RealServer first = server("first", "dht: true");
        RealServer second = server("second", "dht: true", "knode: 127.0.0.1:" + udpPort(first));
        ShownConsole console = show(second);
        Fx.until("Yes: the node knows one other node", () -> {
            console.menu("menu.refresh");
            return console.node("#dht.verdict", Label.class).getText().startsWith("Yes: the node knows one other node");
        });
        TextField id = console.node("#dht.id", TextField.class);
        assertTrue(id.getText().matches("[0-9A-Fa-f]{40}"), id.getText());
        TableView<?> contacts = console.node("#dht.contacts", TableView.class);
        Fx.until("the other node", () -> {
            console.menu("menu.refresh");
            return contacts.getItems().size() == 1;
        });
        console.photograph("dht");

        TabPane tabs = console.node("#dht.tabs", TabPane.class);
        Fx.run(() -> tabs.getSelectionModel().select(1));
        robot.push(KeyCode.CONTROL, KeyCode.F);
        TextField key = console.node("#dht.key", TextField.class);
        Fx.until("cursor in the field", key::isFocused);
        robot.write("xyz");
        console.awaitText("#dht.key.hint", "'x' is no hexadecimal digit");
        assertTrue(console.node("#dht.lookup", Button.class).isDisabled());
        Fx.run(() -> key.setText(KEY));
        robot.push(KeyCode.ENTER);
        console.awaitText("#dht.lookup.outcome", "Not found: the one node");
        TableView<?> path = console.node("#dht.path", TableView.class);
        assertEquals(1, Fx.get(() -> path.getItems().size()));
        console.photograph("dht-lookup");
        Fx.run(() -> tabs.getSelectionModel().select(2));
        console.photograph("dht-counters");
    }

    @Test
    void serverWithoutNodeSaysWhichOptionDoesIt() throws Exception {
        ShownConsole console = show(server("first"));
        console.awaitText("#dht.verdict", "No: this server takes no part");
        console.awaitText("#dht.remedy", "set the option dht to true");
        assertFalse(console.node("#dht.tabs", TabPane.class).isVisible());
        console.photograph("dht-absent");
    }

    private RealServer server(String name, String... config) throws IOException {
        RealServer server = RealServer.start(directory.resolve(name), config);
        open.add(server);
        return server;
    }

    private ShownConsole show(RealServer server) {
        ShownConsole console = ShownConsole.on(stage, ShownConsole.known(server));
        open.add(console);
        console.awaitConnected();
        console.go(ViewName.DHT);
        return console;
    }

    private static int udpPort(RealServer server) throws IOException {
        return ConfigValues.of(
                        ConfigFile.load(server.home().resolve("config.txt")).document())
                .find(DhtOptions.EPORT)
                .orElseThrow();
    }
}

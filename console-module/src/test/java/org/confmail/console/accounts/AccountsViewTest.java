package org.confmail.console.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
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

/** Who may log in? At a real server. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // TestFX starts it
class AccountsViewTest {
    private static final String USER = "4fd2a5e5c39129a31718adf95a6ff6bc4e281a60";
    private static final String OTHER = "0123456789abcdef0123456789abcdef01234567";

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
    void generatedKeyLogsInAndIsDisabled(FxRobot robot) throws IOException {
        console.awaitConnected();
        console.go(ViewName.ACCOUNTS);
        TableView<?> table = console.node("#accounts.table", TableView.class);
        Fx.until("administrator and replication", () -> table.getItems().size() == 2);

        Spinner<?> count = console.node("#accounts.generate.count", Spinner.class);
        Fx.run(() -> count.getEditor().setText("2"));
        console.press("accounts.generate");
        console.awaitText("#accounts.add.outcome", "2 keys were made");
        List<String> keys = List.of(
                console.node("#accounts.fresh.keys", TextArea.class).getText().split("\n"));
        assertEquals(2, keys.size());
        console.press("accounts.fresh.copy");
        assertEquals(
                String.join("\n", keys) + "\n",
                Fx.get(() -> Clipboard.getSystemClipboard().getString()));
        Fx.until("four rows", () -> table.getItems().size() == 4);
        Fx.run(() -> table.getSelectionModel().select(0));
        console.photograph("accounts");
        console.press("accounts.fresh.hide");
        Fx.until("off the screen", () -> !find("#accounts.fresh").isVisible());

        try (ClientSession session = ClientSession.open(server)) {
            assertEquals("DONE", session.login(USER, keys.getFirst()));
        }
        robot.push(KeyCode.F5);
        TextField filter = console.node("#accounts.filter", TextField.class);
        Fx.run(() -> filter.setText(USER));
        Fx.until("the user alone", () -> table.getItems().size() == 1);

        Fx.run(() -> table.getSelectionModel().select(0));
        console.press("accounts.disable");
        console.awaitText("#accounts.outcome", "Disabled one key");
        try (ClientSession session = ClientSession.open(server)) {
            assertFalse(session.login(USER, keys.getFirst()).equals("DONE"));
        }
        Fx.until("nothing matches", () -> table.getItems().isEmpty());
    }

    @Test
    void addedKeyIsShownOnlyWhenAskedForAndNeverWritten(FxRobot robot) throws IOException {
        console.awaitConnected();
        console.go(ViewName.ACCOUNTS);
        TableView<?> table = console.node("#accounts.table", TableView.class);
        Fx.run(() -> console.node("#accounts.add.user", TextField.class).setText(OTHER));
        Fx.run(() -> console.node("#accounts.add.key", TextField.class).setText("GIVENBYHAND12"));
        console.press("accounts.add");
        console.awaitText("#accounts.add.outcome", OTHER + " was added");
        Fx.until("three rows", () -> table.getItems().size() == 3);
        assertFalse(find("#accounts.fresh").isVisible());

        CheckBox whole = console.node("#accounts.whole", CheckBox.class);
        Fx.run(whole::fire);
        console.awaitText("#accounts.whole.warning", "Who sees a key can log in with it");
        Path file = directory.resolve("accounts.csv");
        console.questions().choose(file);
        robot.push(KeyCode.CONTROL, KeyCode.E);
        console.awaitText("#accounts.outcome", "Written to");
        String written = Files.readString(file);
        assertTrue(written.contains(OTHER), written);
        assertFalse(written.contains("GIVENBYHAND12"), written);
        assertFalse(written.contains(server.administratorKey()), written);
        console.photograph("accounts-keys");

        console.go(ViewName.CONNECTIONS);
        console.go(ViewName.ACCOUNTS);
        assertFalse(whole.isSelected());
    }

    private Node find(String selector) {
        return console.node(selector, Node.class);
    }
}

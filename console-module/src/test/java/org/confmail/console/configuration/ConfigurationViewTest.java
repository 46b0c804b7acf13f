package org.confmail.console.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.confmail.console.testing.Fx;
import org.confmail.console.testing.RealServer;
import org.confmail.console.testing.ShownConsole;
import org.confmail.console.view.ViewName;
import org.confmail.shared.admin.AdminClient;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ConfigMethods;
import org.confmail.shared.config.OptionTable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What can I set, what does it do, is it right? At a real server. */
@ExtendWith(ApplicationExtension.class)
class ConfigurationViewTest {
    private static final String FIELD = "#configuration.option.max_connections";
    private static final double HALF_PIXEL = 0.5;

    @TempDir
    private static Path directory;

    private static RealServer server;
    private static Path file;
    private static String before;

    private @Nullable Stage stage;
    private ShownConsole console;

    @BeforeAll
    static void startServer() throws IOException {
        server = RealServer.start(directory.resolve("home"), "knode: 192.0.2.1:8081");
        file = server.home().resolve("config.txt");
        before = Files.readString(file);
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @Start
    void start(Stage first) {
        stage = first;
    }

    @BeforeEach
    void show() throws IOException {
        console = ShownConsole.on(Objects.requireNonNull(stage), ShownConsole.known(server));
        console.awaitConnected();
        console.go(ViewName.CONFIGURATION);
        console.awaitText("#configuration.place", file.toString());
    }

    /** The next test finds the server and its settings as this one did. */
    @AfterEach
    void end() throws IOException, AdminException {
        console.close();
        if (!server.isRunning()) {
            server.start();
        }
        try (AdminClient admin = server.admin()) {
            if (admin.call(ConfigMethods.READ).confirmBy().isPresent()) {
                admin.call(ConfigMethods.REVERT);
            }
            Files.writeString(file, before);
            admin.call(ConfigMethods.RELOAD);
        }
    }

    private void write(String value) {
        TextField field = console.node(FIELD, TextField.class);
        Fx.run(() -> field.setText(value));
    }

    private String value() {
        return console.node(FIELD, TextField.class).getText();
    }

    private boolean shown(String id) {
        Node node = console.node(id, Node.class);
        return Fx.get(() -> node.isVisible() && node.getScene() != null);
    }

    private void tab(int index) {
        TabPane tabs = console.node("#configuration.tabs", TabPane.class);
        Fx.run(() -> tabs.getSelectionModel().select(index));
    }

    private void review() {
        console.press("configuration.review");
        Fx.until(
                "review", () -> !shownTable("#configuration.changes").getItems().isEmpty());
    }

    private TableView<?> shownTable(String id) {
        return console.node(id, TableView.class);
    }

    /** Saves the option and returns when it is on trial. */
    private void saveOnTrial(String value) {
        write(value);
        review();
        console.press("configuration.save");
        console.awaitText("#configuration.awaiting.words", "on trial");
    }

    @Test
    void optionIsFoundChangedSavedAndKeptByKeyboardAlone(FxRobot robot) throws IOException {
        robot.push(KeyCode.SHORTCUT, KeyCode.F);
        TextField search = console.node("#configuration.search", TextField.class);
        Fx.until("cursor in the search", search::isFocused);
        robot.write("same time");
        robot.push(KeyCode.ENTER);
        TextField field = console.node(FIELD, TextField.class);
        Fx.until("cursor in the option", field::isFocused);
        robot.write("30");
        robot.push(KeyCode.SHORTCUT, KeyCode.S);
        Fx.until(
                "review",
                () -> console.scene().getFocusOwner() instanceof Button button
                        && "configuration.save".equals(button.getId()));
        Fx.until(
                "changes", () -> shownTable("#configuration.changes").getItems().size() == 1);
        console.photograph("configuration-review");
        robot.push(KeyCode.SPACE);
        console.awaitText("#configuration.awaiting.words", "on trial");
        console.awaitText("#configuration.outcome", "In effect now: max_connections");
        console.photograph("configuration-trial");
        robot.push(KeyCode.SPACE);
        console.awaitText("#configuration.outcome", "The new settings stay.");
        assertEquals(
                before.replace("#max_connections: 20\n", "#max_connections: 20\nmax_connections: 30\n"),
                Files.readString(file));

        tab(2);
        ListView<?> lines = console.node("#configuration.history.diff", ListView.class);
        Fx.until("difference to the text before", () -> {
            // The newest one; until the server is asked again that is another.
            shownTable("#configuration.history").getSelectionModel().clearAndSelect(0);
            return lines.getItems().contains("-max_connections: 30");
        });
        console.photograph("configuration-history");
        console.press("configuration.restore");
        console.awaitText("#configuration.history.outcome", "Restored.");
        assertEquals(before, Files.readString(file));
        console.press("configuration.takeback");
        console.awaitText("#configuration.outcome", "The old settings are back.");
        assertTrue(Files.readString(file).contains("\nmax_connections: 30\n"));
        Fx.until("shown again", () -> value().equals("30"));
    }

    @Test
    void wrongValueCannotBeSavedAndSaysWhy() throws IOException {
        write("many");
        Fx.until(
                "wrong",
                () -> console.node("#configuration.row.max_connections", Node.class)
                        .getStyleClass()
                        .contains("wrong"));
        console.awaitText("#configuration.wrong", "1 error");
        console.press("configuration.kind.wrong");
        console.awaitText("#configuration.count", "1 of " + OptionTable.all().size());
        console.photograph("configuration-wrong");
        console.press("configuration.review");
        Fx.until("review", () -> shown("#configuration.save"));
        assertTrue(
                Fx.get(() -> console.node("#configuration.save", Button.class).isDisabled()));
        assertTrue(Fx.get(() -> console.scene().getRoot().lookupAll(".problem").stream()
                .anyMatch(node -> node instanceof Label label
                        && label.getText().contains("Accepted: a whole number, 1 or more"))));
        console.press("configuration.back");
        assertEquals(before, Files.readString(file));
        console.press("configuration.discard");
        Fx.until("discarded", () -> value().isEmpty());
        assertEquals(1, console.questions().asked().size());
    }

    @Test
    void settingsOnTrialComeBackWhenTheServerDiesAndTheFileIsEditedWithoutIt() throws IOException {
        console.photograph("configuration");
        saveOnTrial("30");
        assertTrue(Files.readString(file).contains("\nmax_connections: 30\n"));
        server.kill();
        console.awaitText("#configuration.awaiting.words", "brings the old ones back");
        console.photograph("configuration-gone");
        server.start();
        console.press("banner.now");
        console.awaitText("#configuration.outcome", "the old ones are in effect again");
        assertEquals(before, Files.readString(file));
        Fx.until("old value", () -> value().isEmpty());

        server.kill();
        console.awaitText("#configuration.alone.words", "config.txt on the disk");
        write("40");
        review();
        console.press("configuration.save");
        console.awaitText("#configuration.outcome", "It acts when the server starts");
        assertTrue(Files.readString(file).contains("\nmax_connections: 40\n"));
    }

    @Test
    void changeOfSomebodyElseIsKeptTogetherWithMine() throws IOException {
        write("30");
        Files.writeString(file, before.replace("knode: 192.0.2.1:8081", "# old node\nknode: 192.0.2.9:8081"));
        console.menu("menu.refresh");
        console.awaitText("#configuration.newer.words", "changed by somebody else");
        assertEquals("30", value());
        console.photograph("configuration-conflict");
        console.press("configuration.merge");
        console.awaitText("#configuration.outcome", "Your edits are on the file");
        review();
        console.press("configuration.save");
        console.awaitText("#configuration.awaiting.words", "on trial");
        String saved = Files.readString(file);
        assertTrue(saved.contains("# old node\nknode: 192.0.2.9:8081\n"), saved);
        assertTrue(saved.contains("\nmax_connections: 30\n"), saved);
    }

    @Test
    void textIsCheckedLineByLineAndEditsTheSameDocument(FxRobot robot) throws IOException {
        tab(1);
        TextArea area = console.node("#configuration.text", TextArea.class);
        Fx.run(() -> area.appendText("max_connections: many\nspot: 1\n"));
        console.awaitText("#configuration.summary", "1 error, 1 warning");
        assertEquals("many", value());
        int lines = (int) before.lines().count();
        ListView<?> problems = console.node("#configuration.problems", ListView.class);
        Fx.run(() -> {
            problems.requestFocus();
            problems.getSelectionModel().select(0);
        });
        robot.push(KeyCode.ENTER);
        Fx.until("line of the error", () -> area.getSelectedText().equals("max_connections: many"));
        awaitAligned(area, lines + 1);
        console.photograph("configuration-text");
        // At 150 % the numbers still stand at their lines.
        Fx.run(() -> console.scene().getRoot().setStyle("-fx-font-size: 19.5px"));
        awaitAligned(area, lines + 1);
        console.photograph("configuration-text-150");
        Fx.run(() -> console.scene().getRoot().setStyle(""));
        write("25");
        Fx.until("the same document", () -> area.getText().endsWith("\nmax_connections: 25\nspot: 1\n"));
        console.awaitText("#configuration.summary", "No errors, 1 warning");
    }

    /** Waits until the number stands where the text itself has the line. */
    private void awaitAligned(TextArea area, int line) {
        Fx.until("number at its line", () -> {
            Text text = (Text) area.lookup(".text");
            Optional<Node> number = area.getParent().lookupAll(".line-number").stream()
                    .filter(node -> node.isVisible() && ((Label) node).getText().equals("" + line))
                    .findFirst();
            if (text == null || number.isEmpty()) {
                return false;
            }
            double height = text.getLayoutBounds().getHeight() / area.getText().split("\n", -1).length;
            double top = text.localToScene(0, text.getLayoutBounds().getMinY() + height * (line - 1))
                    .getY();
            double shown = number.get().localToScene(0, 0).getY();
            return Math.abs(top - shown) <= HALF_PIXEL;
        });
    }

    @Test
    void listsAndSecretsAreEditedInTheirOwnControls() throws IOException {
        console.press("configuration.option.knode.add");
        TextField second = console.node("#configuration.option.knode.1", TextField.class);
        Fx.run(() -> second.setText("nowhere"));
        Fx.until(
                "wrong",
                () -> console.node("#configuration.row.knode", Node.class)
                        .getStyleClass()
                        .contains("wrong"));
        Fx.run(() -> second.setText("192.0.2.2:8081"));
        console.press("configuration.option.knode.1.up");
        console.press("configuration.option.retry_schedule.begin");
        console.press("configuration.option.retry_schedule.1.remove");
        console.press("configuration.option.dht.true");
        Fx.run(() -> console.node("#configuration.option.repl_authkey", TextField.class)
                .setText("ABCDEFGH12"));
        assertFalse(shown("#configuration.option.repl_authkey.open"));
        console.press("configuration.kind.changed");
        console.awaitText("#configuration.count", "4 of " + OptionTable.all().size());
        console.photograph("configuration-lists");
        review();
        console.press("configuration.save");
        console.awaitText("#configuration.restart.words", "dht from false to true");
        String saved = Files.readString(file);
        assertTrue(saved.contains("knode: 192.0.2.2:8081\nknode: 192.0.2.1:8081\n"), saved);
        assertTrue(saved.contains("\nretry_schedule: 0,300,1800,3600\n"), saved);
        assertTrue(saved.contains("\nrepl_authkey: ABCDEFGH12\n"), saved);
    }
}

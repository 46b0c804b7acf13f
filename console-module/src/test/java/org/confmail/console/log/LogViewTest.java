package org.confmail.console.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
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
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What happened, and what is the server saying right now? */
@ExtendWith(ApplicationExtension.class)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogViewTest {
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
        console.go(ViewName.LOG);
        awaitLine("READY");
    }

    @AfterEach
    void stop() {
        console.close();
        server.close();
    }

    /** The words of the lines on the screen. */
    private List<String> linesShown() {
        return Fx.get(() -> console.scene().getRoot().lookupAll(".line-text").stream()
                .filter(LogViewTest::isVisible)
                .map(node -> ((Text) node).getText())
                .toList());
    }

    private static boolean isVisible(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private void awaitLine(String part) {
        Await.until("a line with " + part, () -> linesShown().stream().anyMatch(line -> line.contains(part)));
    }

    private void awaitOnly(String part) {
        Await.until(
                "only lines with " + part,
                () -> !linesShown().isEmpty() && linesShown().stream().allMatch(line -> line.contains(part)));
    }

    private void write(String id, String words) {
        TextField field = console.node("#" + id, TextField.class);
        Fx.run(() -> field.setText(words));
    }

    @Test
    void linesAppearAreFilteredPausedAndExported() throws IOException {
        try (ClientSession session = ClientSession.ofAdministrator(server)) {
            awaitLine("New connection # 1");
            session.ask("PING");
        }
        awaitLine("Connection # 1 closed");
        write("lines.filter", "connection #");
        awaitOnly("onnection # ");
        CheckBox expression = console.node("#lines.filter.expression", CheckBox.class);
        Fx.run(() -> expression.setSelected(true));
        write("lines.filter", "closed(");
        console.awaitText("#lines.problem", "stays in effect: connection #");
        assertEquals(2, linesShown().size());
        write("lines.filter", "# \\d+ closed");
        awaitOnly("closed");

        Path file = directory.resolve("exported.log");
        console.questions().choose(file);
        console.menu("menu.export");
        console.awaitText("#lines.outcome", "One line written to");
        List<String> exported = Files.readAllLines(file);
        assertEquals(1, exported.size());
        assertTrue(Files.readAllLines(server.logFile()).contains(exported.getFirst()), exported.getFirst());

        write("lines.filter", "");
        console.press("lines.pause");
        ClientSession.open(server).close();
        console.awaitText("#lines.state", "paused: 2 new lines");
        assertFalse(linesShown().stream().anyMatch(line -> line.contains("# 2")));
        console.press("lines.pause");
        awaitLine("Connection # 2 closed");
    }

    @Test
    void keyboardFindsLinesAndGoesToConnectionsAndTimes(FxRobot robot) throws IOException {
        ClientSession.open(server).close();
        awaitLine("Connection # 1 closed");
        ClientSession.open(server).close();
        awaitLine("Connection # 2 closed");
        Fx.run(() -> console.node("#go.log", ToggleButton.class).requestFocus());
        robot.push(KeyCode.CONTROL, KeyCode.G);
        robot.write("closed");
        console.awaitText("#lines.find.count", "2 lines");
        robot.push(KeyCode.F3);
        console.awaitText("#lines.find.count", "1 of 2");
        robot.push(KeyCode.F3);
        console.awaitText("#lines.find.count", "2 of 2");
        robot.push(KeyCode.SHIFT, KeyCode.F3);
        console.awaitText("#lines.find.count", "1 of 2");
        TextInputControl details = console.node("#lines.details", TextInputControl.class);
        Fx.until("the details", () -> details.getText().startsWith("Connection # 1 closed"));
        console.photograph("log");

        write("lines.find", "");
        robot.push(KeyCode.CONTROL, KeyCode.L);
        awaitOnly("# 1");
        robot.push(KeyCode.ALT, KeyCode.DOWN);
        console.awaitText("#lines.outcome", "No error behind");
        write("lines.connection", "");
        write("lines.time", "00:00");
        console.press("lines.time.go");
        console.awaitText("#lines.outcome", "The first line at or after");
        console.awaitText("#log.notice", "not live");
        console.press("lines.end");
        console.awaitText("#lines.state", "shows new lines as they come");
    }

    @Test
    void levelIsChosenAndDetailIsChanged() {
        @SuppressWarnings("unchecked") // of what it holds only the places count
        ComboBox<Object> level = console.node("#log.level", ComboBox.class);
        Fx.run(() -> level.getSelectionModel().select(3));
        console.awaitText("#lines.state", "0 of");
        Fx.run(() -> level.getSelectionModel().select(0));
        awaitLine("READY");
        LogDetail detail = console.node("#log.detail", LogDetail.class);
        Fx.run(() -> {
            ((CheckMenuItem) detail.getItems().getFirst()).setSelected(true);
            detail.getItems().getFirst().fire();
        });
        console.awaitText("#lines.outcome", "The server now logs debug lines. This lasts until its next start");
        awaitLine("set the log to debug=true");
    }

    @Test
    void fileIsReadWhenTheServerIsKilledAndTheServersWordsWhenItIsBack() throws IOException {
        Await.until(
                "the log file is known",
                () -> Fx.get(() ->
                        console.servers().chosen().get().orElseThrow().logFile().isPresent()));
        server.kill();
        console.awaitText("#log.notice", "The server is not there. What it did not tell is read from the file");
        console.photograph("log-gone");
        Files.writeString(
                server.logFile(),
                Files.readString(server.logFile()) + "2026-11-22 15:00:00,000 ERROR server main out of paper\n");
        console.menu("menu.refresh");
        awaitLine("out of paper");
        server.start();
        console.awaitConnected();
        Await.until(
                "two starts",
                () -> linesShown().stream()
                                .filter(line -> line.startsWith("READY"))
                                .count()
                        == 2);
        assertEquals(
                1,
                linesShown().stream()
                        .filter(line -> line.equals("out of paper"))
                        .count());
    }
}

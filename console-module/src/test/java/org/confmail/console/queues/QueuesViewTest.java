package org.confmail.console.queues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.confmail.console.testing.ClientSession;
import org.confmail.console.testing.FakePartner;
import org.confmail.console.testing.Fx;
import org.confmail.console.testing.RealServer;
import org.confmail.console.testing.ShownConsole;
import org.confmail.console.view.ViewName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The view at a real server whose partner is absent at first. */
@ExtendWith(ApplicationExtension.class)
class QueuesViewTest {
    private static final String OTHER = "server=127.0.0.1:1";

    @TempDir
    private Path directory;

    private Stage stage;
    private Optional<ShownConsole> shown = Optional.empty();
    private FakePartner partner;
    private RealServer server;

    @Start
    void start(Stage first) {
        stage = first;
    }

    @BeforeEach
    void startServer() throws IOException {
        partner = new FakePartner();
        // Not again by itself: what leaves the queue leaves because it was retried.
        server = RealServer.start(
                directory.resolve("home"),
                "replpeer: " + partner.address(),
                "repl_authkey: REPLKEY1",
                "retry_schedule: 0,3600");
    }

    @AfterEach
    void end() throws IOException {
        shown.ifPresent(ShownConsole::close);
        server.close();
        partner.close();
    }

    @Test
    void stuckQueueShowsItsReasonAndIsRetriedToSuccess(FxRobot robot) throws Exception {
        fill(3);
        ShownConsole console = show();
        console.awaitText("#queues.reason", "cannot connect");
        console.awaitText("#queues.why", "Stuck: 1 attempt failed. 3 entries");
        console.awaitText("#queues.next", "in ");
        awaitRows(console, "#queues.entries.table", 3);

        console.press("queues.probe");
        console.awaitText("#queues.probe.title", "would not work");
        console.photograph("queues-probe-failed");

        partner.accept();
        // Where the cursor is when the view was chosen.
        Fx.run(() -> console.node("#go.queues", ToggleButton.class).requestFocus());
        robot.push(KeyCode.CONTROL, KeyCode.T);
        console.awaitText("#queues.outcome", "tried now");
        Fx.until("all is sent", () -> server.queued() == 0);
        assertEquals(3, partner.taken().size());
        console.awaitText("#queues.why", "ll was sent");
        awaitRows(console, "#queues.entries.table", 0);
    }

    @Test
    void entriesAreRemovedBySelectionAndByFilterAndPutBack(FxRobot robot) throws Exception {
        fill(5);
        ShownConsole console = show();
        awaitRows(console, "#queues.entries.table", 5);
        TableView<?> table = focus(console, "#queues.entries.table");
        Fx.run(() -> table.getSelectionModel().selectRange(1, 4));
        console.questions().confirm(false);
        robot.push(KeyCode.DELETE);
        Fx.until("the question", () -> console.questions().asked().size() == 1);
        assertTrue(console.questions().asked().getFirst().words().startsWith("3 entries ("));
        assertEquals(5, server.queued());

        console.questions().confirm(true);
        robot.push(KeyCode.DELETE);
        awaitRows(console, "#queues.entries.table", 2);
        assertEquals(2, server.queued());
        console.press("queues.undo");
        awaitRows(console, "#queues.entries.table", 5);
        console.awaitText("#queues.outcome", "Put back: 3 entries");

        Fx.run(() -> console.node("#queues.removal", ToggleButton.class).fire());
        Fx.run(() -> console.node("#queues.removal.kind", ComboBox.class)
                .getSelectionModel()
                .select(2));
        console.awaitText("#queues.removal.found", "5 entries");
        Fx.run(() -> console.node("#queues.removal.age", TextField.class).setText("1"));
        console.awaitText("#queues.removal.found", "Nothing");
        Fx.run(() -> console.node("#queues.removal.age", TextField.class).clear());
        console.awaitText("#queues.removal.found", "5 entries");
        console.photograph("queues-removal");
        console.press("queues.removal.remove");
        console.awaitText("#queues.outcome", "Removed: 5 entries");
        assertTrue(console.questions().asked().getLast().words().contains("each data block, of replication"));
        assertEquals(0, server.queued());
        console.press("queues.undo");
        Fx.until("all is back", () -> server.queued() == 5);
    }

    @Test
    void heldTargetStaysHeldUntilItIsReleasedAndStaysSelected(FxRobot robot) throws Exception {
        fill(2);
        try (ClientSession session = ClientSession.ofAdministrator(server)) {
            session.sendTo(OTHER.substring("server=".length()));
        }
        ShownConsole console = show();
        awaitRows(console, "#queues.targets", 2);
        TableView<?> targets = focus(console, "#queues.targets");
        Fx.run(() -> targets.getSelectionModel().clearAndSelect(1));
        console.awaitText("#queues.detail.target", OTHER);
        console.press("queues.hold");
        console.awaitText("#queues.why", "Held by an operator");
        console.photograph("queues");
        server.kill();
        console.awaitText("#banner.text", "gone");
        console.awaitText("#queues.why", "Held by an operator");
        Fx.until(
                "nothing can be asked for",
                () -> console.node("#queues.release", Node.class).isDisabled());
        server.start();
        console.press("banner.now");
        Fx.until(
                "it is back", () -> !console.node("#queues.release", Node.class).isDisabled());
        console.awaitText("#queues.detail.target", OTHER);
        console.press("queues.release");
        console.awaitText("#queues.outcome", "sent to again");
        console.awaitText("#queues.reason", "127.0.0.1:1");

        Path file = directory.resolve("targets.csv");
        console.questions().choose(file);
        robot.push(KeyCode.CONTROL, KeyCode.E);
        console.awaitText("#queues.outcome", "Written");
        assertEquals(3, Files.readAllLines(file).size());
    }

    private void fill(int count) throws IOException {
        try (ClientSession session = ClientSession.ofAdministrator(server)) {
            session.storeMany(count);
        }
    }

    private ShownConsole show() {
        ShownConsole console = ShownConsole.on(stage, ShownConsole.known(server));
        shown = Optional.of(console);
        console.awaitConnected();
        console.go(ViewName.QUEUES);
        return console;
    }

    private static TableView<?> focus(ShownConsole console, String id) {
        TableView<?> table = console.node(id, TableView.class);
        Fx.run(table::requestFocus);
        return table;
    }

    private static void awaitRows(ShownConsole console, String id, int count) {
        TableView<?> table = console.node(id, TableView.class);
        Fx.until(count + " rows of " + id, () -> table.getItems().size() == count);
    }
}

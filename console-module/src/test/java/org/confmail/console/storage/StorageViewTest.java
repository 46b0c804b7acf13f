package org.confmail.console.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
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
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Who uses how much? At a real server that holds a few blocks. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // TestFX starts it
class StorageViewTest {
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
    void reportIsMadeShownAndSavedAndPruneIsSimulated() throws IOException {
        try (ClientSession session = ClientSession.ofAdministrator(server)) {
            session.storeMany(5);
        }
        console.awaitConnected();
        console.go(ViewName.STORAGE);
        console.photograph("storage-empty");

        console.press("storage.report");
        console.awaitText("#storage.run.outcome", "report: made");
        console.awaitText("#storage.summary", "in 5 blocks");
        TableView<?> usage = console.node("#storage.usage", TableView.class);
        Fx.until("those that are announced to nobody", () -> usage.getItems().size() == 1);
        Bars picture = console.node("#storage.picture", Bars.class);
        assertEquals("announced to nobody", Fx.get(picture::shown).getFirst().name());
        console.photograph("storage");

        Path file = directory.resolve("usage.html");
        console.questions().choose(file);
        MenuButton save = console.node("#storage.save", MenuButton.class);
        Fx.until("there is something to save", () -> !save.isDisabled());
        Fx.run(() -> save.getItems().getFirst().fire());
        console.awaitText("#storage.saved", "Written to " + file);
        assertTrue(Files.readString(file).contains("</html>"));

        Fx.run(() ->
                console.node("#storage.tabs", TabPane.class).getSelectionModel().select(1));
        console.awaitText("#storage.space", "are free where there is least");
        console.awaitText("#storage.automatic", "does not prune by itself");
        console.press("storage.simulate");
        console.awaitText("#storage.run.outcome", "simulation: of 5 blocks");
        TableView<?> counts = console.node("#storage.counts", TableView.class);
        Fx.until("counts", () -> !counts.getItems().isEmpty());
        console.photograph("storage-prune");

        console.questions().confirm(false);
        console.press("storage.prune");
        assertTrue(console.questions().asked().getLast().words().contains("from the local store"));
        console.questions().confirm(true);
        console.press("storage.prune");
        console.awaitText("#storage.run.outcome", " prune: of 5 blocks");
    }
}

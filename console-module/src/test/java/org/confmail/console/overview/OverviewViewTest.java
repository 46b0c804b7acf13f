package org.confmail.console.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.confmail.console.settings.KnownServer;
import org.confmail.console.testing.ClientSession;
import org.confmail.console.testing.FakePartner;
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

/** The view at a real server: all is well, until a partner is not there. */
@ExtendWith(ApplicationExtension.class)
class OverviewViewTest {
    @TempDir
    private Path directory;

    private Stage stage;
    private Optional<ShownConsole> shown = Optional.empty();

    @Start
    void start(Stage first) {
        stage = first;
    }

    @AfterEach
    void end() {
        shown.ifPresent(ShownConsole::close);
    }

    @Test
    void stuckTargetIsSeenAtAGlanceAndOneKeyLeadsToItsReason(FxRobot robot) throws Exception {
        try (FakePartner partner = new FakePartner();
                RealServer server = RealServer.start(directory.resolve("home"), partner.config())) {
            ShownConsole console = show(server);
            console.awaitText("#overview.verdict", "All is well");
            try (ClientSession session = ClientSession.ofAdministrator(server)) {
                session.storeMany(3);
                Fx.until("the attempt failed", () -> {
                    console.menu("menu.refresh");
                    return console.node("#overview.verdict", Label.class)
                            .getText()
                            .equals("1 thing needs attention");
                });
                console.awaitText("#overview.queue.now", "3");
                console.awaitText("#overview.connections.now", "1");
            }
            console.photograph("overview-attention");
            Button show = console.node("#overview.show.queues", Button.class);
            Fx.run(show::requestFocus);
            robot.push(KeyCode.ENTER);
            console.awaitText("#queues.detail.target", "replication at " + partner.address());
            console.awaitText("#queues.reason", "cannot connect");
        }
    }

    @Test
    void factsAreToldAndStayWhenTheServerIsGone() throws IOException {
        try (RealServer server = RealServer.fresh()) {
            ShownConsole console = show(server);
            console.awaitText("#overview.verdict", "All is well");
            console.awaitText("#overview.port", "" + server.port());
            console.awaitText("#overview.home", server.home().toString());
            console.press("overview.copy");
            String digest = console.node("#overview.digest", Label.class).getText();
            assertTrue(digest.matches("([0-9A-F]{2}:){19}[0-9A-F]{2}"), digest);
            assertEquals(digest, Fx.get(() -> Clipboard.getSystemClipboard().getString()));
            console.photograph("overview");
            assertEquals(
                    Optional.of(server.logFile()),
                    Fx.get(() -> console.servers().chosen().get().flatMap(KnownServer::logFile)));

            Path file = directory.resolve("overview.csv");
            console.questions().choose(file);
            console.menu("menu.export");
            console.awaitText("#overview.outcome", "Written");
            assertTrue(Files.readString(file).startsWith("time,connections,"));

            server.kill();
            console.awaitText("#overview.verdict", "Not connected");
            console.awaitText("#overview.home", server.home().toString());
            console.photograph("overview-gone");
        }
    }

    private ShownConsole show(RealServer server) {
        ShownConsole console = ShownConsole.on(stage, ShownConsole.known(server));
        shown = Optional.of(console);
        console.awaitConnected();
        console.go(ViewName.OVERVIEW);
        return console;
    }
}

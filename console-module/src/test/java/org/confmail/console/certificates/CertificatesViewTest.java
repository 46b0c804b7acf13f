package org.confmail.console.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;
import org.confmail.console.testing.Await;
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
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Whom do I trust, when does mine expire? At a real server with a partner. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // TestFX starts it
class CertificatesViewTest {
    @TempDir
    private Path directory;

    private FakePartner partner;
    private RealServer server;
    private ShownConsole console;

    @Start
    void start(Stage stage) throws IOException {
        partner = new FakePartner();
        partner.accept();
        server = RealServer.start(directory.resolve("home"), partner.config());
        console = ShownConsole.on(stage, ShownConsole.known(server));
    }

    @AfterEach
    void end() throws IOException {
        console.close();
        server.close();
        partner.close();
    }

    @Test
    void ownIsRenewedAndThatOfThePartnerForgotten() throws IOException {
        try (ClientSession session = ClientSession.ofAdministrator(server)) {
            session.storeMany(1);
        }
        console.awaitConnected();
        console.go(ViewName.CERTIFICATES);
        TextField digest = console.node("#certificates.digest", TextField.class);
        Fx.until("a digest", () -> digest.getText().matches("([0-9A-F]{2}:){19}[0-9A-F]{2}"));
        console.awaitText("#certificates.left", "more days, until");
        console.press("certificates.copy");
        String before = digest.getText();
        assertEquals(before, Fx.get(() -> Clipboard.getSystemClipboard().getString()));

        TableView<?> table = console.node("#certificates.table", TableView.class);
        Await.until("the partner was sent something", () -> partner.taken().size() == 1);
        console.menu("menu.refresh");
        Fx.until("the partner's certificate", () -> !table.getItems().isEmpty());
        Fx.run(() -> table.getSelectionModel().select(0));
        console.photograph("certificates");

        console.press("certificates.renew");
        console.awaitText("#certificates.renewed", "The partner must now pin the new digest");
        assertTrue(console.questions().asked().getFirst().words().contains("repl_cert"));
        Fx.until("a new digest", () -> !digest.getText().equals(before));
        assertNotEquals(before, digest.getText());
        console.photograph("certificates-renewed");

        console.press("certificates.forget");
        console.awaitText("#certificates.outcome", "Forgotten: " + partner.address());
        assertTrue(console.questions().asked().getLast().words().contains(partner.address()));
        Fx.until("nothing remembered", () -> table.getItems().isEmpty());
    }
}

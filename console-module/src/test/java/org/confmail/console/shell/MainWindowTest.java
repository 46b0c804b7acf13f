package org.confmail.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.confmail.console.control.Questions.Confirmation;
import org.confmail.console.settings.KnownServer;
import org.confmail.console.settings.Settings;
import org.confmail.console.settings.WindowPlace;
import org.confmail.console.testing.Await;
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

/** The window around the views, at a real server that comes and goes. */
@ExtendWith(ApplicationExtension.class)
class MainWindowTest {
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
    void serverIsAddedByItsHomeWithTheKeyboardAlone(FxRobot robot) throws IOException {
        try (RealServer server = RealServer.fresh()) {
            ShownConsole console = show();
            console.photograph("welcome");
            robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.DIGIT1);
            Fx.until("servers", () -> console.scene().getRoot().lookup("#servers") != null);
            robot.push(KeyCode.ALT, KeyCode.D);
            TextField field = console.node("#servers.addhome.path", TextField.class);
            Fx.until("cursor in the field", field::isFocused);
            paste(robot, directory.resolve("nowhere").toString());
            robot.push(KeyCode.ENTER);
            console.awaitText("#servers.added", "there is no directory " + directory.resolve("nowhere"));
            Fx.run(field::clear);
            paste(robot, server.home().toString());
            robot.push(KeyCode.ENTER);
            console.awaitConnected();
            console.awaitText("#status.text", "home " + server.home());
            console.photograph("servers");
        }
    }

    @Test
    void killedServerIsSaidToBeGoneAndFoundWhenItIsBack() throws IOException {
        try (RealServer server = RealServer.fresh()) {
            ShownConsole console = show(ShownConsole.known(server));
            console.awaitConnected();
            ComboBox<?> choice = console.node("#server", ComboBox.class);
            Fx.run(() -> console.servers().put(ShownConsole.known(server).withLogFile(Optional.of(server.logFile()))));
            assertEquals(
                    server.adminSocket(), Fx.get(choice::getValue), "what is learnt of a server does not unchoose it");
            assertFalse(console.node("#banner", LinkBanner.class).isVisible());
            server.kill();
            console.awaitText("#banner.text", "The server is gone since");
            console.awaitText("#banner.text", "Is the server running?");
            assertTrue(console.node("#banner", LinkBanner.class).isVisible());
            console.photograph("gone");
            server.start();
            console.press("banner.now");
            console.awaitConnected();
            Fx.until(
                    "no banner",
                    () -> !console.node("#banner", LinkBanner.class).isVisible());
        }
    }

    @Test
    void serverThatWasNeverThereIsNotSaidToBeGone() throws IOException {
        RealServer server = RealServer.make(directory.resolve("home"));
        ShownConsole console = show(ShownConsole.known(server));
        console.awaitText("#banner.text", "The server is not there: there is no socket");
        console.awaitText("#overview.details", "As soon as it answers");
        console.photograph("absent");
    }

    @Test
    void anotherServerIsChosenFromTheListAndTheFirstOneIsLetGo() throws IOException {
        try (RealServer one = RealServer.fresh();
                RealServer other = RealServer.fresh()) {
            ShownConsole console = show(ShownConsole.known(one), ShownConsole.known(other));
            console.awaitText("#status.text", other.home().toString());
            ComboBox<?> choice = console.node("#server", ComboBox.class);
            Fx.run(() -> choice.getSelectionModel().select(0));
            console.awaitText("#status.text", one.home().toString());
            assertEquals(
                    Optional.of(one.adminSocket()),
                    Fx.get(() -> console.servers().chosen().get().map(KnownServer::socket)));
        }
    }

    @Test
    void serverIsStoppedOnlyWhenTheUserSaysSo() throws IOException {
        try (RealServer server = RealServer.fresh()) {
            ShownConsole console = show(ShownConsole.known(server));
            console.awaitConnected();
            console.questions().confirm(false);
            console.menu("menu.stop");
            console.questions().confirm(true);
            assertEquals(1, console.questions().asked().size());
            console.awaitConnected();
            console.menu("menu.stop");
            console.awaitText("#banner.text", "gone");
            List<Confirmation> asked = console.questions().asked();
            assertTrue(asked.getLast().destroys());
            assertTrue(asked.getLast().words().contains("home"), asked.getLast().words());
        }
    }

    @Test
    void windowAndViewAreRememberedForTheNextStart() {
        Path file = directory.resolve("settings").resolve("settings.json");
        ShownConsole first = show(Settings.open(file));
        first.go(ViewName.LOG);
        Fx.run(() -> {
            stage.setWidth(900);
            stage.setHeight(620);
        });
        first.close();
        shown = Optional.empty();
        Settings remembered = Settings.open(file);
        Await.until("the file", () -> file.toFile().exists());
        WindowPlace place = remembered.get("window", WindowPlace.class).orElseThrow();
        assertEquals(900, place.width());
        assertEquals(620, place.height());
        assertEquals(Optional.of(ViewName.LOG), remembered.get("view", ViewName.class));
        remembered.close();
    }

    private static void paste(FxRobot robot, String words) {
        Fx.run(() -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(words);
            Clipboard.getSystemClipboard().setContent(content);
        });
        robot.push(KeyCode.SHORTCUT, KeyCode.V);
    }

    private ShownConsole show(KnownServer... servers) {
        return show(Settings.forgetful(), servers);
    }

    private ShownConsole show(Settings settings, KnownServer... servers) {
        ShownConsole console = ShownConsole.on(stage, settings, servers);
        shown = Optional.of(console);
        return console;
    }
}

package org.confmail.console.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuBar;
import javafx.stage.Stage;
import org.confmail.console.Console;
import org.confmail.console.control.Questions;
import org.confmail.console.remote.Answer;
import org.confmail.console.settings.KnownServer;
import org.confmail.console.settings.KnownServers;
import org.confmail.console.settings.Settings;
import org.confmail.console.settings.ThemeChoice;
import org.confmail.console.settings.WindowPlace;
import org.confmail.console.shell.MainWindow;
import org.confmail.console.view.ViewName;

/**
 * The whole console on a stage of a test, with settings of its own. Questions are answered by the test: yes unless it says
 * otherwise, and files where it says.
 */
public final class ShownConsole implements AutoCloseable {
    private final Stage stage;
    private final Settings settings;
    private final KnownServers servers;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final AnsweredQuestions questions = new AnsweredQuestions();
    private final MainWindow window;

    private ShownConsole(Stage stage, Settings settings, List<KnownServer> known) {
        this.stage = stage;
        this.settings = settings;
        settings.put("theme", ThemeChoice.LIGHT);
        servers = new KnownServers(settings);
        known.forEach(servers::add);
        window = new MainWindow(
                stage,
                settings,
                servers,
                Clock.systemUTC(),
                background,
                Platform::runLater,
                Optional.of(questions),
                Console.VIEWS);
        if (settings.get("window", WindowPlace.class).isEmpty()) {
            // Tests share one stage: each begins with the size of a first start.
            stage.sizeToScene();
        }
        stage.show();
    }

    /** Shows it, in the toolkit's thread, with these servers; the last one is chosen. */
    public static ShownConsole on(Stage stage, KnownServer... known) {
        return on(stage, Settings.forgetful(), known);
    }

    /** The same, remembering there. */
    public static ShownConsole on(Stage stage, Settings settings, KnownServer... known) {
        return Fx.get(() -> new ShownConsole(stage, settings, List.of(known)));
    }

    /** That server, known by its home. */
    public static KnownServer known(RealServer server) {
        return new KnownServer(server.adminSocket(), Optional.of(server.home()), Optional.empty());
    }

    public KnownServers servers() {
        return servers;
    }

    public Settings settings() {
        return settings;
    }

    public AnsweredQuestions questions() {
        return questions;
    }

    public Scene scene() {
        return stage.getScene();
    }

    /** Shows a view. */
    public void go(ViewName view) {
        Fx.run(() -> window.go(view));
    }

    /** Waits until the window says that the server is there. */
    public void awaitConnected() {
        awaitText("#status.text", "Connected");
    }

    /** The node of this id, or of another CSS selector, as soon as it is there; ids have dots, which are no style classes here. */
    public <N extends Node> N node(String selector, Class<N> type) {
        awaitNode(selector);
        return Fx.get(() -> type.cast(find(selector).orElseThrow(() -> new AssertionError("no node " + selector))));
    }

    /** Waits until the words of a label or button hold {@code part}. */
    public void awaitText(String selector, String part) {
        Fx.until(
                selector + " says " + part,
                () -> find(selector)
                        .map(node -> ((Labeled) node).getText())
                        .filter(words -> words != null && words.contains(part))
                        .isPresent());
    }

    /** Presses the button of this id, as soon as it is there. */
    public void press(String id) {
        awaitNode("#" + id);
        Fx.run(() -> ((ButtonBase) find("#" + id).orElseThrow()).fire());
    }

    /** Chooses the entry of this id from the menus of the window. */
    public void menu(String id) {
        MenuBar bar = node("#menu", MenuBar.class);
        Fx.run(() -> bar.getMenus().stream()
                .flatMap(menu -> menu.getItems().stream())
                .filter(item -> id.equals(item.getId()))
                .findFirst()
                .orElseThrow()
                .fire());
    }

    /** A picture in both themes. */
    public void photograph(String name) throws IOException {
        for (Screenshots.Theme theme : Screenshots.Theme.values()) {
            Fx.run(() -> theme(theme == Screenshots.Theme.DARK ? ThemeChoice.DARK : ThemeChoice.LIGHT));
            Screenshots.take(scene(), name, theme);
        }
        Fx.run(() -> theme(ThemeChoice.LIGHT));
    }

    @Override
    public void close() {
        Fx.run(() -> {
            window.close();
            stage.hide();
        });
        settings.close();
        background.shutdownNow();
    }

    private void theme(ThemeChoice choice) {
        window.theme().set(choice);
    }

    private void awaitNode(String selector) {
        Fx.until("node " + selector, () -> find(selector).isPresent());
    }

    private Optional<Node> find(String selector) {
        if (!selector.startsWith("#")) {
            return Optional.ofNullable(stage.getScene().getRoot().lookup(selector));
        }
        String id = selector.substring(1);
        return stage.getScene().getRoot().lookupAll("*").stream()
                .filter(node -> id.equals(node.getId()))
                .findFirst();
    }

    /** What the user is asked, and what the test says. */
    public static final class AnsweredQuestions implements Questions {
        private final List<Confirmation> asked = new ArrayList<>();
        private boolean confirms = true;
        private Optional<Path> file = Optional.empty();

        /** Whether to say yes from now on. */
        public void confirm(boolean yes) {
            confirms = yes;
        }

        /** What to choose from now on where a file or a directory is asked for. */
        public void choose(Path path) {
            file = Optional.of(path);
        }

        /** What was asked so far. */
        public List<Confirmation> asked() {
            return Fx.get(() -> List.copyOf(asked));
        }

        @Override
        public Answer<Boolean> confirm(Confirmation confirmation) {
            asked.add(confirmation);
            return Answer.of(confirms);
        }

        @Override
        public Answer<Path> fileToSave(String title, String suggestedName) {
            return chosen();
        }

        @Override
        public Answer<Path> fileToOpen(String title, Optional<Path> beginAt) {
            return chosen();
        }

        @Override
        public Answer<Path> directory(String title, Optional<Path> beginAt) {
            return chosen();
        }

        private Answer<Path> chosen() {
            return file.map(Answer::of).orElseGet(Answer::new);
        }
    }
}

package org.confmail.console.shell;

import static org.confmail.console.text.Texts.text;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.event.Event;
import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.confmail.console.control.Dialogs;
import org.confmail.console.control.Questions;
import org.confmail.console.control.Questions.Confirmation;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.LinkState;
import org.confmail.console.remote.Remote;
import org.confmail.console.remote.ServerLink;
import org.confmail.console.settings.KnownServer;
import org.confmail.console.settings.KnownServers;
import org.confmail.console.settings.Settings;
import org.confmail.console.settings.ThemeChoice;
import org.confmail.console.view.Destination;
import org.confmail.console.view.View;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.ServerMethods;

/**
 * The window: at the left the servers and the views, at the right the view that is shown, around it what tells whether the
 * server is there. Shows one server at a time; choosing another one replaces the workspace.
 */
public final class MainWindow implements MainMenu.Actions {
    private static final double WIDTH = 1200;
    private static final double HEIGHT = 780;
    private static final String LAST_VIEW = "view";

    private final Stage stage;
    private final Settings settings;
    private final KnownServers servers;
    private final Clockwork clockwork;
    private final InstantSource clock;
    private final Executor background;
    private final Executor window;
    private final Questions questions;
    private final Map<ViewName, Function<Workplace, View>> makers;

    private final StackPane page = new StackPane();
    private final Navigation navigation = new Navigation(this::go);
    private final Theme theme;
    private final RememberedPlace place;
    private final LinkBanner banner;
    private final StatusBar status = new StatusBar();
    private final ChangeListener<LinkState> linkListener = (_, _, state) -> linkChanged(state);
    private final Map<ViewName, View> withoutServer = new EnumMap<>(ViewName.class);
    private Optional<Workspace> workspace = Optional.empty();
    private Optional<Path> connectedSocket = Optional.empty();
    private Optional<View> shown = Optional.empty();

    /**
     * Fills the stage, which is not shown yet.
     *
     * @param questions the dialogs; empty for those above this window
     * @param makers how each view is made
     */
    public MainWindow(
            Stage stage,
            Settings settings,
            KnownServers servers,
            InstantSource clock,
            Executor background,
            Executor window,
            Optional<Questions> questions,
            Map<ViewName, Function<Workplace, View>> makers) {
        this.stage = stage;
        this.settings = settings;
        this.servers = servers;
        this.clock = clock;
        this.clockwork = new FxClockwork(clock);
        this.background = background;
        this.window = window;
        this.questions = questions.orElseGet(() -> new Dialogs(stage));
        this.makers = Map.copyOf(makers);
        this.banner = new LinkBanner(clockwork, this::connectNow);
        BorderPane root = new BorderPane();
        root.setId("window");
        Scene scene = new Scene(root, WIDTH, HEIGHT);
        theme = new Theme(scene, settings);
        root.setTop(new MainMenu(this, theme.choice()));
        root.setLeft(side());
        VBox center = new VBox(banner, page);
        VBox.setVgrow(page, Priority.ALWAYS);
        root.setCenter(center);
        root.setBottom(status);
        scene.addEventHandler(KeyEvent.KEY_PRESSED, this::passOn);
        stage.setScene(scene);
        stage.setTitle(text("window.title"));
        Icons.addTo(stage);
        place = new RememberedPlace(settings, stage);
        place.apply();
        stage.setOnCloseRequest(request -> {
            request.consume();
            quit();
        });
        servers.chosen().addListener((_, _, _) -> serverChosen());
        serverChosen();
        go(settings.get(LAST_VIEW, ViewName.class).orElse(ViewName.OVERVIEW));
    }

    /** The colours that the user wants. */
    public ObjectProperty<ThemeChoice> theme() {
        return theme.choice();
    }

    /** Lets go of the server, and remembers where the window is. */
    public void close() {
        place.remember();
        shown.ifPresent(View::hidden);
        shown = Optional.empty();
        leave();
        banner.close();
    }

    @Override
    public void go(ViewName name) {
        navigation.mark(name);
        settings.put(LAST_VIEW, name);
        View view = workspace
                .map(open -> open.view(name))
                .orElseGet(() -> withoutServer.computeIfAbsent(name, this::withoutServer));
        if (shown.filter(view::equals).isPresent()) {
            return;
        }
        shown.ifPresent(View::hidden);
        shown = Optional.of(view);
        page.getChildren().setAll(view.content());
        view.shown();
    }

    /** Shows a view, and something in it. */
    public void go(Destination destination) {
        go(destination.view());
        destination.item().ifPresent(item -> shown.ifPresent(view -> view.go(item)));
    }

    @Override
    public void refresh() {
        shown.ifPresent(View::refresh);
    }

    @Override
    public void find() {
        shown.ifPresent(View::find);
    }

    @Override
    public void export() {
        shown.ifPresent(View::export);
    }

    /** Gives the view a key that is pressed elsewhere and that nothing there has a use for; plain letters and arrows are no such. */
    private void passOn(KeyEvent pressed) {
        if (pressed.isShortcutDown() || pressed.isAltDown() || pressed.getCode().isFunctionKey()) {
            shown.map(View::keys)
                    .filter(keys -> !isWithin(pressed.getTarget(), keys))
                    .ifPresent(keys -> {
                        Event.fireEvent(keys, pressed.copyFor(keys, keys));
                        pressed.consume(); // the copy comes by here as well, and by the menus
                    });
        }
    }

    private static boolean isWithin(EventTarget target, Node above) {
        for (Node node = target instanceof Node one ? one : null; node != null; node = node.getParent()) {
            if (node.equals(above)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void connectNow() {
        workspace.map(Workspace::link).ifPresent(ServerLink::connectNow);
    }

    @Override
    public void stopServer() {
        workspace
                .map(Workspace::link)
                .filter(link -> link.state().get().connected())
                .ifPresent(link -> questions
                        .confirm(Confirmation.beforeDestroying(
                                "stop",
                                servers.chosen().get().map(KnownServer::name).orElse("")))
                        .done(wanted -> {
                            if (wanted) {
                                link.call(ServerMethods.SHUTDOWN);
                            }
                        }));
    }

    @Override
    public void showShortcuts() {
        new HelpDialogs(stage).shortcuts();
    }

    @Override
    public void showAbout() {
        new HelpDialogs(stage).about();
    }

    @Override
    public void quit() {
        if (workspace.filter(Workspace::unsaved).isPresent()) {
            questions.confirm(Confirmation.beforeDestroying("quit")).done(wanted -> {
                if (wanted) {
                    stage.hide();
                }
            });
        } else {
            stage.hide();
        }
    }

    private Parent side() {
        ServerChoice choice = new ServerChoice(servers);
        Label label = new Label(text("window.server"));
        label.setLabelFor(choice);
        label.setMnemonicParsing(true);
        label.getStyleClass().add("side-label");
        VBox side = new VBox(label, choice, navigation);
        side.setId("side");
        side.getStyleClass().add("side");
        return side;
    }

    private void serverChosen() {
        Optional<Path> socket = servers.chosen().get().map(KnownServer::socket);
        if (socket.equals(connectedSocket)) {
            return;
        }
        if (workspace.filter(Workspace::unsaved).isPresent()) {
            questions.confirm(Confirmation.beforeDestroying("leave")).done(wanted -> {
                if (wanted) {
                    replaceWorkspace();
                } else {
                    servers.all().stream()
                            .filter(known -> connectedSocket.equals(Optional.of(known.socket())))
                            .findFirst()
                            .ifPresent(servers::choose);
                }
            });
        } else {
            replaceWorkspace();
        }
    }

    private void replaceWorkspace() {
        Optional<Path> socket = servers.chosen().get().map(KnownServer::socket);
        Optional<ViewName> view = shown.map(View::name);
        shown.ifPresent(View::hidden);
        shown = Optional.empty();
        leave();
        connectedSocket = socket;
        servers.chosen().get().ifPresent(this::enter);
        stage.setTitle(servers.chosen()
                .get()
                .map(server -> text("window.titleof", server.name()))
                .orElse(text("window.title")));
        view.ifPresent(this::go);
    }

    private void enter(KnownServer server) {
        ServerLink link = new ServerLink(server.socket(), window, clock);
        link.state().addListener(linkListener);
        workspace = Optional.of(new Workspace(link, workplace(link, server), makers));
        linkChanged(link.state().get());
    }

    private Workplace workplace(Remote remote, KnownServer server) {
        return new Workplace(remote, servers, server, clockwork, settings, questions, background, window, this::go);
    }

    private void leave() {
        workspace.ifPresent(open -> {
            open.link().state().removeListener(linkListener);
            open.close();
        });
        workspace = Optional.empty();
        withoutServer.values().forEach(View::close);
        withoutServer.clear();
        banner.show(new LinkState.Connecting());
        status.nobody();
    }

    private void linkChanged(LinkState state) {
        banner.show(state);
        status.show(state);
        if (state.connected()) {
            rememberLogFile();
        }
    }

    /** So that it can be read while the server is gone. */
    private void rememberLogFile() {
        connectedSocket.ifPresent(socket -> workspace.ifPresent(
                open -> open.link().call(ServerMethods.STATE).done(state -> servers.learn(socket, state.logFile()))));
    }

    /** Before the first server is added there is one view that makes sense. */
    private View withoutServer(ViewName name) {
        return name == ViewName.SERVERS
                ? makers.getOrDefault(name, _ -> new MissingView(name))
                        .apply(workplace(
                                new NoServer(), new KnownServer(Path.of(""), Optional.empty(), Optional.empty())))
                : new WelcomeView(name, () -> go(ViewName.SERVERS));
    }
}

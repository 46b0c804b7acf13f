package org.confmail.console.servers;

import static org.confmail.console.text.Texts.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Column;
import org.confmail.console.control.DataTable;
import org.confmail.console.control.Labels;
import org.confmail.console.control.Outcome;
import org.confmail.console.control.Questions.Confirmation;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.LinkState;
import org.confmail.console.settings.KnownServer;
import org.confmail.console.view.PageView;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;
import org.kordamp.ikonli.feather.Feather;

/** Which server am I looking at, is it there? */
public final class ServersView extends PageView {
    private final Workplace workplace;
    private final ServersModel model;
    private final DataTable<KnownServer> table;
    private final TextField home = new TextField();
    private final TextField socket = new TextField();
    private final Outcome added = new Outcome("servers.added");
    private final ListChangeListener<KnownServer> listed = _ -> fill();
    private final ChangeListener<Optional<KnownServer>> chosen = (_, _, _) -> refreshStates();

    /** The view. */
    public ServersView(Workplace workplace) {
        super(ViewName.SERVERS);
        this.workplace = workplace;
        this.model = new ServersModel(workplace.servers(), workplace.background(), workplace.window());
        this.table = new DataTable<>(
                "servers.table",
                workplace.settings(),
                KnownServer::socket,
                List.of(
                        Column.words("servers.name", 160, KnownServer::name),
                        Column.words("servers.state", 140, this::state),
                        Column.maybe(
                                "servers.home", 300, server -> server.home().map(Objects::toString)),
                        Column.<KnownServer>words(
                                        "servers.socket",
                                        260,
                                        server -> server.socket().toString())
                                .filling()));
        table.whenEmpty(text("servers.empty"));
        table.onOpen(workplace.servers()::choose);
        Button choose = Buttons.main("servers.choose", Feather.EYE, this::choose);
        Button forget = Buttons.dangerous("servers.forget", Feather.TRASH_2, this::forget);
        choose.disableProperty().bind(table.selection().map(List::isEmpty));
        forget.disableProperty().bind(table.selection().map(List::isEmpty));
        page().addActions(choose, forget);
        page().addGrowing(table.node());
        page().add(adding());
        page().add(added);
        workplace.servers().all().addListener(listed);
        workplace.servers().chosen().addListener(chosen);
        workplace.remote().state().addListener((_, _, _) -> table.refreshCells());
        fill();
    }

    @Override
    public void shown() {
        super.shown();
        fill();
    }

    /** The list of servers outlives what is shown of one. */
    @Override
    public void close() {
        workplace.servers().all().removeListener(listed);
        workplace.servers().chosen().removeListener(chosen);
    }

    private void refreshStates() {
        table.refreshCells();
    }

    private Parent adding() {
        home.setId("servers.addhome.path");
        home.setPromptText(text("servers.addhome.prompt"));
        home.setOnAction(_ -> addHome());
        socket.setId("servers.addsocket.path");
        socket.setPromptText(text("servers.addsocket.prompt"));
        socket.setOnAction(_ -> addSocket());
        GridPane grid = new GridPane(8, 8);
        grid.addRow(
                0,
                Labels.of("servers.addhome.label", home),
                home,
                new HBox(
                        8,
                        Buttons.of("servers.browse", Feather.FOLDER, this::browse),
                        Buttons.of("servers.addhome", Feather.PLUS, this::addHome)));
        grid.addRow(
                1,
                Labels.of("servers.addsocket.label", socket),
                socket,
                Buttons.of("servers.addsocket", Feather.PLUS, this::addSocket));
        GridPane.setHgrow(home, Priority.ALWAYS);
        GridPane.setHgrow(socket, Priority.ALWAYS);
        return grid;
    }

    private void fill() {
        table.show(List.copyOf(workplace.servers().all()));
    }

    private String state(KnownServer server) {
        boolean chosen = workplace.server().socket().equals(server.socket());
        if (!chosen) {
            return text("servers.notshown");
        }
        return switch (workplace.remote().state().get()) {
            case LinkState.Connected _ -> text("servers.connected");
            case LinkState.Connecting _ -> text("servers.connecting");
            case LinkState.Gone _ -> text("servers.gone");
        };
    }

    private void choose() {
        table.selection().get().stream().findFirst().ifPresent(workplace.servers()::choose);
    }

    private void forget() {
        List<KnownServer> chosen = table.selection().get();
        String names = String.join(", ", chosen.stream().map(KnownServer::name).toList());
        workplace
                .questions()
                .confirm(Confirmation.beforeDestroying("servers.forget", names))
                .done(wanted -> {
                    if (wanted) {
                        chosen.forEach(model::forget);
                        added.done(text("servers.forgotten", names));
                    }
                });
    }

    private void browse() {
        workplace
                .questions()
                .directory(text("servers.browse.title"), Optional.of(Path.of(System.getProperty("user.home", "."))))
                .done(directory -> {
                    home.setText(directory.toString());
                    addHome();
                });
    }

    private void addHome() {
        tell(model.addHome(home.getText()), home);
    }

    private void addSocket() {
        tell(model.addSocket(socket.getText()), socket);
    }

    private void tell(Answer<KnownServer> answer, TextField field) {
        added.follow(answer, text("servers.adding"), server -> text("servers.added", server.name()))
                .done(_ -> field.clear());
    }
}

package org.confmail.console.connections;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Column;
import org.confmail.console.control.DataTable;
import org.confmail.console.control.FilterField;
import org.confmail.console.control.Outcome;
import org.confmail.console.control.Questions.Confirmation;
import org.confmail.console.remote.OneByOne.Tally;
import org.confmail.console.text.Shown;
import org.confmail.console.view.Destination;
import org.confmail.console.view.FileExport;
import org.confmail.console.view.PageView;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.ConnectionMethods.Connection;
import org.kordamp.ikonli.feather.Feather;

/** Who is on, what are they doing? */
public final class ConnectionsView extends PageView {
    /** A question that names more is not read. */
    private static final int NAMED_MAX = 5;

    private final Workplace workplace;
    private final ConnectionsModel model;
    private final DataTable<Connection> table;
    private final FilterField filter = new FilterField("connections.filter", _ -> fill());
    private final ConnectionDetails details = new ConnectionDetails();
    private final Label count = new Label();
    private final Outcome outcome = new Outcome("connections.outcome");

    /** The view. */
    public ConnectionsView(Workplace workplace) {
        super(ViewName.CONNECTIONS);
        this.workplace = workplace;
        this.model = watching(new ConnectionsModel(workplace.remote(), workplace.clockwork()));
        this.table = new DataTable<>("connections.table", workplace.settings(), Connection::number, columns(workplace));
        table.onOpen(this::showTraffic);
        table.onDelete(this::cut);
        table.selection().addListener((_, _, selected) -> details.show(selected));
        Button traffic = Buttons.of("connections.traffic", Feather.REPEAT, this::showTraffic);
        traffic.disableProperty().bind(table.nothingSelected());
        Button cut = Buttons.dangerous("connections.cut", Feather.SCISSORS, this::cut);
        cut.disableProperty().bind(table.nothingSelected().or(workplace.absent()));
        MenuItem menu = new MenuItem(text("connections.traffic"));
        menu.setOnAction(_ -> showTraffic());
        table.addAction(menu);
        count.setId("connections.count");
        count.getStyleClass().add("faint");
        page().addActions(filter, traffic, cut);
        page().addGrowing(table.node());
        page().add(count);
        page().add(details);
        page().add(outcome);
        model.connections().addListener((_, _, _) -> fill());
        model.live().addListener((_, _, _) -> tellCount());
        model.problem().addListener((_, _, _) -> fill());
        fill();
    }

    /** Selects a connection by its number. */
    @Override
    public void go(String item) {
        try {
            filter.clear();
            table.select(List.of(Long.parseLong(item)));
        } catch (NumberFormatException e) {
            filter.setText(item);
        }
    }

    @Override
    public void find() {
        filter.find();
    }

    @Override
    public void export() {
        FileExport.save(workplace, outcome, "connections.csv", table::csv);
    }

    private static List<Column<Connection>> columns(Workplace workplace) {
        return List.of(
                Column.number("connections.number", 48, Connection::number),
                Column.<Connection>words(
                                "connections.user",
                                120,
                                connection -> connection.user().orElse(text("connections.nobody")))
                        .styled(ConnectionDetails::styleOfUser),
                Column.words("connections.address", 150, ConnectionDetails::address),
                Column.words("connections.doing", 115, Connection::doing),
                Column.<Connection>moment("connections.since", 76, connection -> Optional.of(connection.opened()))
                        .showing(connection -> Shown.moment(
                                connection.opened(), workplace.clockwork().now())),
                Column.bytes("connections.received", 84, Connection::received),
                Column.bytes("connections.sent", 75, Connection::sent),
                Column.<Connection>number("connections.commands", 100, ConnectionDetails::commandsOf)
                        .onDemand(),
                Column.<Connection>words(
                                "connections.tls",
                                72,
                                connection -> connection.tls().orElse(text("connections.plain")))
                        .styled(connection ->
                                connection.tls().isPresent() ? Optional.empty() : Optional.of("doubtful")),
                Column.<Connection>maybe("connections.cipher", 120, Connection::cipher)
                        .filling());
    }

    private void fill() {
        List<Connection> wanted = model.connections().get().stream()
                .filter(connection -> filter.filter().accepts(ConnectionDetails.cells(connection)))
                .toList();
        table.whenEmpty(whyEmpty());
        table.show(wanted);
        tellCount();
    }

    private String whyEmpty() {
        if (model.problem().get().isPresent()) {
            return text("connections.unknown", model.problem().get().get().text());
        }
        return text(model.connections().get().isEmpty() ? "connections.empty" : "connections.nomatch");
    }

    private void tellCount() {
        count.setText(text(
                model.live().get() ? "connections.count.live" : "connections.count.asked",
                model.total(),
                table.shown().size()));
    }

    private void showTraffic() {
        table.selection().get().stream().findFirst().ifPresent(this::showTraffic);
    }

    private void showTraffic(Connection connection) {
        workplace.navigator().accept(Destination.of(ViewName.TRAFFIC, "" + connection.number()));
    }

    private void cut() {
        List<Connection> chosen = table.selection().get();
        if (chosen.isEmpty()) {
            return;
        }
        workplace
                .questions()
                .confirm(Confirmation.beforeDestroying("connections.cut", chosen.size(), names(chosen)))
                .done(wanted -> {
                    if (wanted) {
                        outcome.working(text("connections.cutting", chosen.size()));
                        model.cut(chosen).done(this::tellCut);
                    }
                });
    }

    private void tellCut(Tally<Connection> tally) {
        if (tally.refused().isEmpty()) {
            outcome.done(text("connections.cut.done", tally.done().size(), names(tally.done())));
        } else {
            outcome.failed(text(
                    "connections.cut.partly",
                    tally.done().size(),
                    tally.refused().size(),
                    tally.refused().getFirst().problem().text()));
        }
    }

    private static String names(List<Connection> connections) {
        String names = connections.stream()
                .limit(NAMED_MAX)
                .map(connection -> text(
                        "connections.name",
                        "" + connection.number(),
                        ConnectionDetails.address(connection),
                        connection.user().orElse(text("connections.nobody"))))
                .collect(Collectors.joining("; "));
        int more = connections.size() - NAMED_MAX;
        return more > 0 ? text("connections.more", names, more) : names;
    }
}

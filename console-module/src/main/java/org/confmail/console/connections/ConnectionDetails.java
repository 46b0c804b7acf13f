package org.confmail.console.connections;

import static org.confmail.console.text.Texts.text;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Bars;
import org.confmail.console.control.Bars.Bar;
import org.confmail.console.control.Labels;
import org.confmail.console.text.Shown;
import org.confmail.shared.admin.ConnectionMethods.Connection;
import org.confmail.shared.admin.ConnectionMethods.Count;

/** The selected connection in full: who it is, how it is encrypted, and a picture of its commands by kind. */
final class ConnectionDetails extends HBox {
    private final Label title = words("connections.details.title", "card-title");
    private final Label user = words("connections.details.user", "monospace");
    private final Label facts = words("connections.details.facts", "bar-words");
    private final Label heading = words("connections.details.heading", "card-title");
    private final Bars commands = new Bars("connections.details.commands");

    ConnectionDetails() {
        getStyleClass().addAll("card", "connection-details");
        VBox left = new VBox(6, title, user, facts);
        left.getStyleClass().add("connection-facts");
        ScrollPane bars = new ScrollPane(commands);
        bars.setFitToWidth(true);
        VBox right = new VBox(6, heading, bars);
        HBox.setHgrow(right, Priority.ALWAYS);
        getChildren().addAll(left, right);
        show(List.of());
    }

    void show(List<Connection> selected) {
        boolean one = selected.size() == 1;
        user.setVisible(one);
        facts.setVisible(one);
        heading.setVisible(one);
        commands.setVisible(one);
        if (one) {
            show(selected.getFirst());
        } else {
            title.setText(
                    selected.isEmpty()
                            ? text("connections.details.none")
                            : text("connections.details.several", selected.size()));
        }
    }

    private void show(Connection connection) {
        title.setText(text("connections.details.one", "" + connection.number(), address(connection)));
        user.setText(connection.user().orElse(text("connections.nobody")));
        facts.setText(String.join(
                "\n",
                connection
                        .tls()
                        .map(tls -> text(
                                "connections.details.tls",
                                tls,
                                connection.cipher().orElse("")))
                        .orElse(text("connections.plain")),
                text("connections.details.since", Shown.moment(connection.opened())),
                text("connections.details.bytes", Shown.bytes(connection.received()), Shown.bytes(connection.sent())),
                text("connections.details.doing", connection.doing())));
        List<Count> counts = connection.commands().stream()
                .sorted(Comparator.comparingLong(Count::count).reversed())
                .toList();
        long most = counts.isEmpty() ? 1 : counts.getFirst().count();
        commands.show(counts.stream()
                .map(count -> Bar.of(count.name(), (double) count.count() / most, Shown.number(count.count())))
                .toList());
        heading.setText(text(counts.isEmpty() ? "connections.details.silent" : "connections.details.commands"));
    }

    static String address(Connection connection) {
        return connection.address().contains(":")
                ? "[" + connection.address() + "]:" + connection.port()
                : connection.address() + ":" + connection.port();
    }

    private static Label words(String id, String style) {
        Label label = Labels.words(id);
        label.getStyleClass().add(style);
        return label;
    }

    /** What a search looks at. */
    static String[] cells(Connection connection) {
        return new String[] {
            "" + connection.number(),
            address(connection),
            connection.user().orElse(text("connections.nobody")),
            connection.tls().orElse(text("connections.plain")),
            connection.cipher().orElse(""),
            connection.doing()
        };
    }

    /** How many commands a connection has given. */
    static long commandsOf(Connection connection) {
        return connection.commands().stream().mapToLong(Count::count).sum();
    }

    /** A style for those that are not logged in. */
    static Optional<String> styleOfUser(Connection connection) {
        return connection.user().isPresent() ? Optional.empty() : Optional.of("faint");
    }
}

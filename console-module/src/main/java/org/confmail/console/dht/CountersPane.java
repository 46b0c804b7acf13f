package org.confmail.console.dht;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Column;
import org.confmail.console.control.DataTable;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.ConnectionMethods.Count;
import org.confmail.shared.admin.DhtMethods.State;

/** What the node has counted since the start: what it refused, and all else. */
final class CountersPane extends HBox {
    private final DataTable<Count> refused;
    private final DataTable<Count> others;

    CountersPane(Workplace workplace, DhtModel model) {
        getStyleClass().add("tab-page");
        refused = table("dht.refused", workplace);
        others = table("dht.counts", workplace);
        refused.whenEmpty(text("dht.refused.empty"));
        getChildren().addAll(titled("dht.counts.title", others), titled("dht.refused.title", refused));
        model.state().addListener((_, _, state) -> show(state));
    }

    String csv() {
        return others.csv() + refused.csv();
    }

    private void show(Optional<State> state) {
        refused.show(state.map(State::refused).orElse(List.of()));
        others.show(state.map(State::counts).orElse(List.of()));
    }

    private static DataTable<Count> table(String name, Workplace workplace) {
        return new DataTable<>(
                name,
                workplace.settings(),
                Count::name,
                List.of(
                        Column.<Count>words("dht.count.name", 200, Count::name).filling(),
                        Column.<Count>number("dht.count.count", 110, Count::count)
                                .styled(count -> count.count() == 0 ? Optional.of("faint") : Optional.empty())));
    }

    private static VBox titled(String title, DataTable<Count> table) {
        Label heading = new Label(text(title));
        heading.getStyleClass().add("card-title");
        VBox box = new VBox(8, heading, table.node());
        VBox.setVgrow(table.node(), Priority.ALWAYS);
        HBox.setHgrow(box, Priority.ALWAYS);
        return box;
    }
}

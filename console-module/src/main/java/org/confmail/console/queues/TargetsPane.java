package org.confmail.console.queues;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TextField;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Column;
import org.confmail.console.control.DataTable;
import org.confmail.console.settings.Settings;

/** The targets in a table, and the filter that stands elsewhere. */
final class TargetsPane extends VBox {
    private static final int FILTER_COLUMNS = 16;

    private final DataTable<TargetRow> table;
    private final TextField filter = new TextField();
    private final ReadOnlyObjectWrapper<Optional<String>> selected = new ReadOnlyObjectWrapper<>(Optional.empty());
    private List<TargetRow> rows = List.of();
    private boolean everSelected;
    /** A target that is to be selected as soon as it is listed. */
    private Optional<String> wanted = Optional.empty();

    TargetsPane(Settings settings) {
        getStyleClass().add("queue-pane");
        table = new DataTable<>(
                "queues.targets",
                settings,
                TargetRow::target,
                List.of(
                        Column.words("queues.target", 165, TargetRow::target),
                        Column.words("queues.state", 95, TargetRow::state)
                                .styled(row -> row.condition().style()),
                        Column.number("queues.entries", 75, row -> row.line().entries()),
                        Column.bytes("queues.bytes", 75, row -> row.line().bytes()),
                        Column.<TargetRow>moment(
                                        "queues.oldest", 95, row -> row.line().oldest())
                                .showing(TargetRow::age),
                        Column.number("queues.failed", 80, row -> row.line().failures()),
                        Column.<TargetRow>moment(
                                        "queues.nextattempt",
                                        115,
                                        row -> row.line().nextAttempt())
                                .showing(TargetRow::next),
                        Column.<TargetRow>maybe(
                                        "queues.error", 200, row -> row.line().lastError())
                                .filling(),
                        Column.<TargetRow>maybe(
                                        "queues.server", 160, row -> row.line().server())
                                .onDemand()));
        filter.setId("queues.targets.filter");
        filter.setPromptText(text("queues.targets.filter"));
        filter.textProperty().addListener((_, _, _) -> fill());
        VBox.setVgrow(table.node(), Priority.ALWAYS);
        filter.setPrefColumnCount(FILTER_COLUMNS);
        getChildren().add(table.node());
        table.selection().addListener((_, _, now) -> {
            if (!now.isEmpty()) {
                everSelected = true;
                wanted = Optional.empty();
                selected.set(Optional.of(now.getFirst().target()));
            }
        });
    }

    DataTable<TargetRow> table() {
        return table;
    }

    TextField filter() {
        return filter;
    }

    /** The target that was selected last, also when it is not listed any more. */
    ReadOnlyObjectProperty<Optional<String>> selected() {
        return selected.getReadOnlyProperty();
    }

    void show(List<TargetRow> now) {
        rows = now;
        fill();
        if (!everSelected && !now.isEmpty()) {
            select(now.getFirst().target());
        }
        wanted.filter(target -> now.stream().anyMatch(row -> row.target().equals(target)))
                .ifPresent(this::select);
    }

    /** Selects a target, and shows it even if the filter would not. */
    void select(String target) {
        if (rows.stream().anyMatch(row -> row.target().equals(target) && !matches(row))) {
            filter.clear();
        }
        everSelected = true;
        selected.set(Optional.of(target));
        table.select(List.of(target));
        wanted = Optional.of(target).filter(_ -> table.selection().get().isEmpty());
    }

    private void fill() {
        table.show(rows.stream().filter(this::matches).toList());
    }

    private boolean matches(TargetRow row) {
        String wanted = filter.getText().strip().toLowerCase(Locale.ROOT);
        return wanted.isEmpty()
                || contains(row.target(), wanted)
                || contains(row.state(), wanted)
                || contains(row.line().server().orElse(""), wanted)
                || contains(row.line().lastError().orElse(""), wanted);
    }

    private static boolean contains(String words, String wanted) {
        return words.toLowerCase(Locale.ROOT).contains(wanted);
    }
}

package org.confmail.console.queues;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Column;
import org.confmail.console.control.DataTable;
import org.confmail.console.settings.Settings;
import org.confmail.shared.admin.QueueMethods.OldBatch;
import org.kordamp.ikonli.feather.Feather;

/** What was removed, from where it can be put back. */
final class RemovedPane extends VBox {
    private final DataTable<OldBatch> table;

    /**
     * An empty table.
     *
     * @param restorer puts a batch back
     */
    RemovedPane(Settings settings, Consumer<OldBatch> restorer) {
        getStyleClass().add("queue-pane");
        table = new DataTable<>(
                "queues.removed.table",
                settings,
                OldBatch::batch,
                List.of(
                        Column.<OldBatch>moment("queues.removed.when", 180, batch -> Optional.of(batch.removed())),
                        Column.number("queues.entries", 90, OldBatch::entries),
                        Column.bytes("queues.bytes", 90, OldBatch::bytes),
                        Column.<OldBatch>moment(
                                "queues.removed.until",
                                180,
                                batch -> Optional.of(batch.removed().plus(RemovedModel.KEPT)))));
        table.whenEmpty(text("queues.removed.empty"));
        table.onOpen(restorer);
        Button restore = Buttons.of(
                "queues.restore",
                Feather.ROTATE_CCW,
                () -> table.selection().get().stream().findFirst().ifPresent(restorer));
        restore.disableProperty().bind(table.selection().map(chosen -> chosen.size() != 1));
        Label note = new Label(text("queues.removed.note"));
        note.getStyleClass().add("faint");
        HBox tools = new HBox(10, restore, note);
        tools.getStyleClass().add("queue-tools");
        VBox.setVgrow(table.node(), Priority.ALWAYS);
        getChildren().addAll(tools, table.node());
    }

    DataTable<OldBatch> table() {
        return table;
    }
}

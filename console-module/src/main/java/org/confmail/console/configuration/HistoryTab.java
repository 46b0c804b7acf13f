package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Column;
import org.confmail.console.control.DataTable;
import org.confmail.console.control.Outcome;
import org.confmail.console.control.Questions;
import org.confmail.console.control.Questions.Confirmation;
import org.confmail.console.settings.Settings;
import org.confmail.console.text.Shown;
import org.confmail.shared.admin.ConfigMethods.HistoryEntry;
import org.confmail.shared.admin.ConfigMethods.Saved;
import org.kordamp.ikonli.feather.Feather;

/** The texts that config.txt had before: what bringing one back would change, and bringing it back. */
final class HistoryTab extends VBox {
    private final ConfigurationModel model;
    private final HistoryModel history;
    private final Questions questions;
    private final DataTable<HistoryEntry> table;
    private final DiffList lines = new DiffList("configuration.history.diff");
    private final Label unknown = new Label(text("configuration.history.alone"));
    private final Patience patience = new Patience("configuration.history.patience");
    private final Outcome outcome = new Outcome("configuration.history.outcome");

    private Optional<Loaded> compared = Optional.empty();

    HistoryTab(ConfigurationModel model, HistoryModel history, Settings settings, Questions questions) {
        this.model = model;
        this.history = history;
        this.questions = questions;
        getStyleClass().add("review");
        table = new DataTable<>(
                "configuration.history",
                settings,
                HistoryEntry::name,
                List.of(
                        Column.moment("configuration.history.replaced", 200, entry -> Optional.of(entry.replaced())),
                        Column.bytes("configuration.history.bytes", 110, HistoryEntry::bytes),
                        Column.<HistoryEntry>words("configuration.history.name", 260, HistoryEntry::name)
                                .filling()));
        table.whenEmpty(text("configuration.history.empty"));
        table.node().getStyleClass().add("history-table");
        table.selection().addListener((_, _, selected) -> compare(selected));
        Button restore = Buttons.of("configuration.restore", Feather.ROTATE_CCW, this::restore);
        restore.disableProperty().bind(table.selection().map(selected -> selected.size() != 1));
        Label title = new Label(text("configuration.history.lines"));
        title.getStyleClass().add("title-4");
        unknown.setWrapText(true);
        unknown.getStyleClass().add("empty");
        unknown.managedProperty().bind(unknown.visibleProperty());
        VBox content = new VBox(8, table.node(), title, lines, patience, new HBox(8, restore), outcome);
        VBox.setVgrow(lines, Priority.ALWAYS);
        VBox.setVgrow(content, Priority.ALWAYS);
        content.visibleProperty().bind(unknown.visibleProperty().not());
        content.managedProperty().bind(content.visibleProperty());
        getChildren().addAll(unknown, content);
        history.entries().addListener((_, _, entries) -> table.show(entries));
        history.trouble().addListener((_, _, problem) -> problem.ifPresent(outcome::failed));
        model.source().addListener((_, _, _) -> refresh());
        model.draft().revision().addListener((_, _, _) -> compareWithNewBase());
        refresh();
    }

    /** Asks for the list again. */
    void refresh() {
        boolean served = model.source().get().filter(Source::served).isPresent();
        unknown.setVisible(!served);
        if (served) {
            history.refresh();
        }
    }

    /** Puts the cursor into the list. */
    void find() {
        table.node().requestFocus();
    }

    /** Edits change nothing here. */
    private void compareWithNewBase() {
        if (!compared.equals(model.draft().base())) {
            compare(table.selection().get());
        }
    }

    private void compare(List<HistoryEntry> selected) {
        compared = model.draft().base();
        if (selected.size() != 1) {
            lines.show(List.of());
            return;
        }
        String name = selected.getFirst().name();
        history.compare(name)
                .done(differences -> {
                    if (table.selection().get().stream()
                            .anyMatch(entry -> entry.name().equals(name))) {
                        lines.show(differences.lines());
                    }
                })
                .failed(outcome::failed);
    }

    private void restore() {
        table.selection().get().stream()
                .findFirst()
                .ifPresent(entry -> questions
                        .confirm(Confirmation.before("configuration.restore", Shown.moment(entry.replaced())))
                        .done(wanted -> {
                            if (wanted) {
                                outcome.follow(
                                                model.restore(entry.name(), patience.chosen()),
                                                text("configuration.saving"),
                                                HistoryTab::restored)
                                        .done(_ -> history.refresh());
                            }
                        }));
    }

    private static String restored(Saved saved) {
        return text("configuration.restored", Words.reloaded(saved.reloaded()));
    }
}

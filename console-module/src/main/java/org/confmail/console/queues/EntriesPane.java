package org.confmail.console.queues;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Column;
import org.confmail.console.control.DataTable;
import org.confmail.console.queues.EntriesModel.Content;
import org.confmail.console.remote.Problem;
import org.confmail.console.settings.Settings;
import org.confmail.console.text.Shown;
import org.confmail.shared.admin.QueueMethods.Entry;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The entries of the selected target in a table, with a filter, and what removes them. */
final class EntriesPane extends VBox {
    /** Removes the selected entries. */
    interface Remover {
        void remove(String target, List<Entry> entries);
    }

    private final DataTable<Entry> table;
    private final TextField filter = new TextField();
    private final Label note = new Label();
    private final Button remove;
    private final Remover remover;
    private Content content = Content.NONE;
    private Optional<Problem> problem = Optional.empty();

    EntriesPane(Settings settings, RemovalBar bar, Remover remover) {
        this.remover = remover;
        getStyleClass().add("queue-pane");
        table = new DataTable<>(
                "queues.entries.table",
                settings,
                Entry::name,
                List.of(
                        Column.words("queues.entry.kind", 110, EntriesPane::kind),
                        Column.<Entry>maybe("queues.entry.key", 190, Entry::key).styled(_ -> Optional.of("monospace")),
                        Column.<Entry>moment("queues.entry.queued", 160, entry -> Optional.of(entry.queued())),
                        Column.bytes("queues.bytes", 75, Entry::bytes),
                        Column.<Entry>maybe("queues.error", 160, Entry::lastError)
                                .filling(),
                        Column.number("queues.failed", 80, Entry::failures),
                        Column.<Entry>moment("queues.nextattempt", 160, Entry::nextAttempt),
                        Column.<Entry>words("queues.entry.name", 330, Entry::name)
                                .styled(_ -> Optional.of("monospace"))
                                .onDemand()));
        filter.setId("queues.entries.filter");
        filter.setPromptText(text("queues.entries.filter"));
        filter.textProperty().addListener((_, _, _) -> fill());
        HBox.setHgrow(filter, Priority.ALWAYS);
        remove = Buttons.dangerous("queues.remove", Feather.TRASH_2, this::removeSelected);
        remove.disableProperty().bind(table.selection().map(List::isEmpty));
        ToggleButton byFilter = new ToggleButton(text("queues.removal"), new FontIcon(Feather.FILTER));
        byFilter.setId("queues.removal");
        byFilter.setMnemonicParsing(true);
        byFilter.setTooltip(new Tooltip(text("queues.removal.help")));
        bar.visibleProperty().bind(byFilter.selectedProperty());
        bar.managedProperty().bind(byFilter.selectedProperty());
        note.setId("queues.entries.note");
        note.getStyleClass().add("faint");
        HBox tools = new HBox(8, filter, remove, byFilter);
        VBox.setVgrow(table.node(), Priority.ALWAYS);
        getChildren().addAll(tools, bar, table.node(), note);
        table.node().addEventHandler(KeyEvent.KEY_PRESSED, pressed -> {
            if (pressed.getCode() == KeyCode.DELETE && !remove.isDisabled()) {
                removeSelected();
                pressed.consume();
            }
        });
    }

    DataTable<Entry> table() {
        return table;
    }

    TextField filter() {
        return filter;
    }

    void show(Content now) {
        content = now;
        fill();
    }

    void show(Optional<Problem> failure) {
        problem = failure;
        fill();
    }

    /** What an entry is, in words. */
    static String kind(Entry entry) {
        return kind(entry.kind());
    }

    /** A kind as the server names it, in words; one that is new stays as it is. */
    static String kind(String kind) {
        return switch (kind) {
            case "account" -> text("queues.kind.account");
            case "data" -> text("queues.kind.data");
            case "text" -> text("queues.kind.text");
            default -> kind;
        };
    }

    private void removeSelected() {
        List<Entry> chosen = table.selection().get();
        content.target().filter(_ -> !chosen.isEmpty()).ifPresent(target -> remover.remove(target, chosen));
    }

    private void fill() {
        List<Entry> matching = content.entries().stream().filter(this::matches).toList();
        table.whenEmpty(emptyWords());
        table.show(matching);
        String words = noteWords(matching.size());
        note.setText(words);
        note.setManaged(!words.isEmpty());
    }

    private String emptyWords() {
        if (content.target().isEmpty()) {
            return text("queues.entries.notarget");
        }
        if (problem.isPresent()) {
            return text("queues.entries.problem", problem.get().text());
        }
        if (!content.known()) {
            return text("queues.asking");
        }
        return content.entries().isEmpty()
                ? text("queues.entries.empty", content.target().get())
                : text("queues.nomatch");
    }

    private String noteWords(int matching) {
        int here = content.entries().size();
        String all = content.total() > here
                ? text("queues.entries.more", Shown.number(here), Shown.number(content.total()))
                : "";
        String filtered =
                matching < here ? text("queues.entries.matching", Shown.number(matching), Shown.number(here)) : "";
        return (filtered + " " + all).strip();
    }

    private boolean matches(Entry entry) {
        String wanted = filter.getText().strip().toLowerCase(Locale.ROOT);
        return wanted.isEmpty()
                || contains(kind(entry), wanted)
                || contains(entry.key().orElse(""), wanted)
                || contains(entry.name(), wanted)
                || contains(entry.lastError().orElse(""), wanted);
    }

    private static boolean contains(String words, String wanted) {
        return words.toLowerCase(Locale.ROOT).contains(wanted);
    }
}

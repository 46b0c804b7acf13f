package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.text.Shown;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.OptionType;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A field for each of several values, which are added, removed, moved and checked one by one. Blank fields do not count. */
final class ListEditor implements Editor {
    private final ConfigOption<?> option;
    private final OptionType<?> type;
    private final Consumer<List<String>> edited;
    private final List<Entry> entries = new ArrayList<>();
    private final VBox rows = new VBox(4);
    private final VBox box;
    private final Button add;
    private final Button begin;

    /** @param type of each single value */
    ListEditor(ConfigOption<?> option, OptionType<?> type, Consumer<List<String>> edited) {
        this.option = option;
        this.type = type;
        this.edited = edited;
        add = Buttons.of("configuration.list.add", Feather.PLUS, this::add);
        add.setId(Editor.id(option) + ".add");
        add.setMnemonicParsing(false);
        begin = Buttons.of("configuration.list.begin", Feather.EDIT_2, this::begin);
        begin.setId(Editor.id(option) + ".begin");
        begin.setMnemonicParsing(false);
        begin.managedProperty().bind(begin.visibleProperty());
        box = new VBox(6, rows, new HBox(6, begin, add));
        box.setId(Editor.id(option));
        arrange();
    }

    @Override
    public Node node() {
        return box;
    }

    @Override
    public void show(List<String> values) {
        if (!values().equals(values.stream().filter(value -> !value.isEmpty()).toList())) {
            entries.clear();
            values.forEach(value -> entries.add(new Entry(value)));
            arrange();
        }
    }

    @Override
    public void focus() {
        if (entries.isEmpty()) {
            (begin.isVisible() ? begin : add).requestFocus();
        } else {
            entries.getFirst().field.requestFocus();
        }
    }

    private List<String> values() {
        return entries.stream()
                .map(entry -> entry.field.getText().strip())
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private void add() {
        Entry entry = new Entry("");
        entries.add(entry);
        arrange();
        entry.field.requestFocus();
    }

    private void begin() {
        Arrays.stream(option.defaultText().orElse("").split(",", -1))
                .forEach(value -> entries.add(new Entry(value.strip())));
        arrange();
        tell();
        focus();
    }

    private void move(Entry entry, int step) {
        int from = entries.indexOf(entry);
        int to = from + step;
        if (to >= 0 && to < entries.size()) {
            entries.remove(from);
            entries.add(to, entry);
            arrange();
            tell();
            entry.field.requestFocus();
        }
    }

    private void remove(Entry entry) {
        int index = entries.indexOf(entry);
        entries.remove(entry);
        arrange();
        tell();
        if (entries.isEmpty()) {
            add.requestFocus();
        } else {
            entries.get(Math.min(index, entries.size() - 1)).field.requestFocus();
        }
    }

    private void tell() {
        edited.accept(values());
    }

    private void arrange() {
        begin.setVisible(entries.isEmpty() && option.defaultText().isPresent());
        rows.getChildren().setAll(entries.stream().map(entry -> entry.row).toList());
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).place(i);
        }
    }

    private Optional<String> meaning(String value) {
        return type.parse(value)
                .filter(Duration.class::isInstance)
                .map(Duration.class::cast)
                .map(Shown::duration);
    }

    /** One value. */
    private final class Entry {
        private final TextField field = WordEditor.field(option);
        private final Label says = new Label();
        private final Button up = button(Feather.ARROW_UP, "configuration.list.up", () -> move(this, -1));
        private final Button down = button(Feather.ARROW_DOWN, "configuration.list.down", () -> move(this, 1));
        private final Button remove = button(Feather.X, "configuration.list.remove", () -> remove(this));
        private final HBox row = new HBox(4, field, up, down, remove, says);

        Entry(String value) {
            field.setText(value);
            field.setPromptText(option.repeatable() ? option.example() : "");
            field.setPrefColumnCount(type instanceof OptionType.Seconds ? 8 : 22);
            field.textProperty().addListener((_, _, _) -> {
                check();
                tell();
            });
            if (!(type instanceof OptionType.Seconds)) {
                HBox.setHgrow(field, Priority.ALWAYS);
            }
            row.getStyleClass().add("list-entry");
            check();
        }

        void place(int index) {
            String id = Editor.id(option) + "." + index;
            field.setId(id);
            field.setAccessibleText(text("configuration.list.entry", option.name(), index + 1));
            up.setId(id + ".up");
            down.setId(id + ".down");
            remove.setId(id + ".remove");
            up.setDisable(index == 0);
            down.setDisable(index == entries.size() - 1);
        }

        private void check() {
            String value = field.getText().strip();
            boolean wrong = !value.isEmpty() && type.parse(value).isEmpty();
            says.setText(
                    wrong ? text("configuration.list.wrong") : meaning(value).orElse(""));
            says.setGraphic(wrong ? new FontIcon(Feather.X_CIRCLE) : null);
            says.getStyleClass().setAll("label", wrong ? "bad" : "faint");
            says.setTooltip(wrong ? new Tooltip(text("configuration.accepted", type.accepts())) : null);
        }

        private static Button button(Feather icon, String key, Runnable action) {
            Button button = new Button(null, new FontIcon(icon));
            button.getStyleClass().addAll("button-icon", "flat");
            button.setTooltip(new Tooltip(text(key)));
            button.setAccessibleText(text(key));
            button.setOnAction(_ -> action.run());
            return button;
        }
    }
}

package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.OptionType;
import org.confmail.shared.config.Spelled;

/** A list of the words that are accepted, after the one for absent; a wrong one from the file stands there too. */
final class ChoiceEditor implements Editor {
    private final ComboBox<String> box = new ComboBox<>();
    private final String absent;
    private final List<String> words;
    private boolean showing;

    ChoiceEditor(ConfigOption<?> option, OptionType.Choice<?> choice, Consumer<List<String>> edited) {
        absent = option.defaultText()
                .map(value -> text("configuration.default", value))
                .orElse(text("configuration.notset"));
        words = choice.values().stream().map(Spelled::spelling).toList();
        box.setId(Editor.id(option));
        box.setAccessibleText(option.name());
        box.valueProperty().addListener((_, _, chosen) -> {
            if (!showing && chosen != null) {
                edited.accept(chosen.equals(absent) ? List.of() : List.of(chosen));
            }
        });
    }

    @Override
    public Node node() {
        return box;
    }

    @Override
    public void show(List<String> values) {
        String chosen = values.isEmpty()
                ? absent
                : words.stream()
                        .filter(values.getLast()::equalsIgnoreCase)
                        .findFirst()
                        .orElse(values.getLast());
        List<String> all = new ArrayList<>(words);
        all.addFirst(absent);
        if (!all.contains(chosen)) {
            all.add(chosen);
        }
        showing = true;
        if (!box.getItems().equals(all)) {
            box.getItems().setAll(all);
        }
        box.setValue(chosen);
        showing = false;
    }

    @Override
    public void focus() {
        box.requestFocus();
    }
}

package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import org.confmail.shared.config.ConfigOption;

/** On, off, or absent: three buttons side by side. None is pressed while something else stands in the file. */
final class SwitchEditor implements Editor {
    private static final String TRUE = "true";
    private static final String FALSE = "false";

    private final ToggleButton absent;
    private final ToggleButton on = new ToggleButton(TRUE);
    private final ToggleButton off = new ToggleButton(FALSE);
    private final ToggleGroup group = new ToggleGroup();
    private final HBox box;

    SwitchEditor(ConfigOption<?> option, Consumer<List<String>> edited) {
        absent = new ToggleButton(option.defaultText()
                .map(value -> text("configuration.default", value))
                .orElse(text("configuration.notset")));
        absent.getStyleClass().add("left-pill");
        on.getStyleClass().add("center-pill");
        off.getStyleClass().add("right-pill");
        absent.setId(Editor.id(option) + ".absent");
        on.setId(Editor.id(option) + ".true");
        off.setId(Editor.id(option) + ".false");
        for (ToggleButton button : List.of(absent, on, off)) {
            button.setToggleGroup(group);
            button.setAccessibleText(option.name() + ": " + button.getText());
            button.setOnAction(_ -> {
                button.setSelected(true); // a second press does not release it
                edited.accept(button.equals(absent) ? List.of() : List.of(button.getText()));
            });
        }
        box = new HBox(absent, on, off);
        box.setId(Editor.id(option));
    }

    @Override
    public Node node() {
        return box;
    }

    @Override
    public void show(List<String> values) {
        Optional<ToggleButton> shown = values.isEmpty()
                ? Optional.of(absent)
                : List.of(on, off).stream()
                        .filter(button -> button.getText().equalsIgnoreCase(values.getLast()))
                        .findFirst();
        group.selectToggle(shown.orElse(null));
    }

    @Override
    public void focus() {
        Objects.requireNonNullElse((ToggleButton) group.getSelectedToggle(), absent)
                .requestFocus();
    }
}

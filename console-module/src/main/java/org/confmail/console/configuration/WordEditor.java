package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.OptionType;

/** A field for one value; an empty one means that the option is absent. */
final class WordEditor implements Editor {
    private static final int SHORT = 14;
    private static final int LONG = 36;

    private final TextField field;
    private boolean showing;

    WordEditor(ConfigOption<?> option, Consumer<List<String>> edited) {
        this.field = field(option);
        field.setId(Editor.id(option));
        field.setAccessibleText(option.name());
        field.textProperty().addListener((_, _, words) -> {
            if (!showing) {
                edited.accept(List.of(words));
            }
        });
    }

    /** An empty field that is as wide as such values are, and says what counts while it is empty. */
    static TextField field(ConfigOption<?> option) {
        TextField field = new TextField();
        field.getStyleClass().add("monospace");
        field.setPromptText(option.defaultText()
                .map(value -> text("configuration.default", value))
                .orElse(text("configuration.notset")));
        boolean number = switch (option.type()) {
            case OptionType.Port _,
                    OptionType.Seconds _,
                    OptionType.Days _,
                    OptionType.Hours _,
                    OptionType.Mebibytes _,
                    OptionType.Count _,
                    OptionType.BytesPerSecond _ -> true;
            case OptionType<?> _ -> false;
        };
        field.setPrefColumnCount(number ? SHORT : LONG);
        return field;
    }

    @Override
    public Node node() {
        return field;
    }

    @Override
    public void show(List<String> values) {
        String value = values.isEmpty() ? "" : values.getLast();
        if (!field.getText().strip().equals(value)) {
            showing = true;
            field.setText(value);
            showing = false;
        }
    }

    @Override
    public void focus() {
        field.requestFocus();
    }
}

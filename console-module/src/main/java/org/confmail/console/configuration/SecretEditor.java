package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import org.confmail.shared.config.ConfigOption;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A field for a secret: dots, until it is asked for. */
final class SecretEditor implements Editor {
    private final PasswordField hidden = new PasswordField();
    private final TextField open;
    private final ToggleButton reveal = new ToggleButton(null, new FontIcon(Feather.EYE));
    private final HBox box;
    private boolean showing;

    SecretEditor(ConfigOption<?> option, Consumer<List<String>> edited) {
        open = WordEditor.field(option);
        open.setId(Editor.id(option) + ".open");
        open.setAccessibleText(option.name());
        open.textProperty().bindBidirectional(hidden.textProperty());
        open.visibleProperty().bind(reveal.selectedProperty());
        hidden.setId(Editor.id(option));
        hidden.setAccessibleText(option.name());
        hidden.setPromptText(open.getPromptText());
        hidden.visibleProperty().bind(reveal.selectedProperty().not());
        hidden.textProperty().addListener((_, _, words) -> {
            if (!showing) {
                edited.accept(List.of(words));
            }
        });
        reveal.setId(Editor.id(option) + ".reveal");
        reveal.setTooltip(new Tooltip(text("configuration.reveal")));
        reveal.setAccessibleText(text("configuration.reveal"));
        reveal.selectedProperty()
                .addListener((_, _, shown) -> reveal.setGraphic(new FontIcon(shown ? Feather.EYE_OFF : Feather.EYE)));
        StackPane fields = new StackPane(hidden, open);
        HBox.setHgrow(fields, Priority.ALWAYS);
        box = new HBox(6, fields, reveal);
    }

    @Override
    public Node node() {
        return box;
    }

    @Override
    public void show(List<String> values) {
        String value = values.isEmpty() ? "" : values.getLast();
        if (!hidden.getText().strip().equals(value)) {
            showing = true;
            hidden.setText(value);
            showing = false;
        }
    }

    @Override
    public void focus() {
        (reveal.isSelected() ? open : hidden).requestFocus();
    }
}

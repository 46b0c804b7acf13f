package org.confmail.console.control;

import static org.confmail.console.text.Texts.text;

import atlantafx.base.controls.CustomTextField;
import java.util.function.Consumer;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A field for the words of a {@link Filter}. ESC empties it. */
public final class FilterField extends CustomTextField {
    /** Its prompt stands under {@code key}, which is also its id; {@code changed} is told of each change. */
    public FilterField(String key, Consumer<Filter> changed) {
        setId(key);
        setPromptText(text(key));
        setAccessibleText(text(key));
        setTooltip(new Tooltip(text("filter.help")));
        setLeft(new FontIcon(Feather.SEARCH));
        getStyleClass().add("filter-field");
        textProperty().addListener(_ -> changed.accept(filter()));
        addEventHandler(KeyEvent.KEY_PRESSED, pressed -> {
            if (pressed.getCode() == KeyCode.ESCAPE && !getText().isEmpty()) {
                clear();
                pressed.consume();
            }
        });
    }

    /** What it asks for now. */
    public Filter filter() {
        return Filter.of(getText());
    }

    /** Puts the cursor into it, ready to be typed over. */
    public void find() {
        requestFocus();
        selectAll();
    }
}

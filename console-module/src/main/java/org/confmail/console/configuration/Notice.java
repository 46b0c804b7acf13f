package org.confmail.console.configuration;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A bar above the draft that says something about the whole file, with what can be done; hidden until then. */
final class Notice extends HBox {
    private final Label words = new Label();

    /** @param style {@code urgent}, or {@code calm} */
    Notice(String id, Feather icon, String style, Button... actions) {
        setId(id);
        getStyleClass().addAll("notice", style);
        words.setId(id + ".words");
        words.setWrapText(true);
        words.setMinHeight(USE_PREF_SIZE);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(new FontIcon(icon), words);
        for (Button action : actions) {
            action.setMinWidth(USE_PREF_SIZE);
            getChildren().add(action);
        }
        managedProperty().bind(visibleProperty());
        setVisible(false);
    }

    /** Shows these words. */
    void say(String text) {
        words.setText(text);
        setVisible(true);
    }

    /** Nothing is to be said. */
    void hush() {
        setVisible(false);
    }
}

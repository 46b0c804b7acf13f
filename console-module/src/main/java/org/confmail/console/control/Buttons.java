package org.confmail.console.control;

import static org.confmail.console.text.Texts.text;

import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Buttons in the style of the console. The key of a button's text is also its id; {@code KEY.help}, its tooltip. */
public final class Buttons {
    private Buttons() {}

    /** A button with an icon; its text, with a mnemonic, stands under {@code key}, its tooltip under {@code key.help}. */
    public static Button of(String key, Feather icon, Runnable action) {
        Button button = new Button(text(key), new FontIcon(icon));
        button.setId(key);
        button.setMnemonicParsing(true);
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setTooltip(new Tooltip(text(key + ".help")));
        button.setOnAction(_ -> action.run());
        return button;
    }

    /** A button that is meant to be pressed first. */
    public static Button main(String key, Feather icon, Runnable action) {
        Button button = of(key, icon, action);
        button.getStyleClass().add("accent");
        return button;
    }

    /** A button that takes something away. */
    public static Button dangerous(String key, Feather icon, Runnable action) {
        Button button = of(key, icon, action);
        button.getStyleClass().addAll("danger", "button-outlined");
        return button;
    }
}

package org.confmail.console.control;

import static org.confmail.console.text.Texts.text;

import javafx.scene.Node;
import javafx.scene.control.Label;

/** Labels in the style of the console. */
public final class Labels {
    private Labels() {}

    /** Words that are told later, and take as many lines as they need; {@code id} is the id of the node. */
    public static Label words(String id) {
        Label label = new Label();
        label.setId(id);
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        return label;
    }

    /** The name of a control, with a mnemonic that leads to it; it stands under {@code key}, and is never cut. */
    public static Label of(String key, Node control) {
        Label label = new Label(text(key));
        label.setMnemonicParsing(true);
        label.setLabelFor(control);
        label.setMinWidth(Label.USE_PREF_SIZE);
        return label;
    }

    /** The title of a card; it stands under {@code key}. */
    public static Label title(String key) {
        Label label = new Label(text(key));
        label.getStyleClass().add("card-title");
        return label;
    }
}

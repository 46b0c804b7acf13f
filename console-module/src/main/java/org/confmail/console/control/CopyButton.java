package org.confmail.console.control;

import static org.confmail.console.text.Texts.text;

import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Copies a text, and says for a moment that it did. */
public final class CopyButton extends Button {
    private static final Duration SAID_FOR = Duration.seconds(2);

    private final PauseTransition pause = new PauseTransition(SAID_FOR);

    /** Its text and tooltip stand under {@code key} and {@code key.help}; {@code copied} gives what is copied. */
    public CopyButton(String key, Supplier<String> copied) {
        setId(key);
        setMnemonicParsing(true);
        setTooltip(new Tooltip(text(key + ".help")));
        setMinWidth(USE_PREF_SIZE);
        show(text(key), Feather.COPY);
        setOnAction(_ -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(copied.get());
            Clipboard.getSystemClipboard().setContent(content);
            show(text("copy.done"), Feather.CHECK);
            pause.playFromStart();
        });
        pause.setOnFinished(_ -> show(text(key), Feather.COPY));
    }

    private void show(String words, Feather icon) {
        setText(words);
        setGraphic(new FontIcon(icon));
    }
}

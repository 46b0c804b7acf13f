package org.confmail.console.lines;

import static org.confmail.console.text.Texts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.confmail.console.text.Shown;

/** All that there is to a line: what the list has no room for. */
final class LineDetails extends VBox {
    private final Label head = new Label();
    private final TextArea words = new TextArea();
    private Optional<Line> shown = Optional.empty();

    LineDetails() {
        getStyleClass().add("line-details");
        head.setId("lines.details.head");
        head.getStyleClass().add("faint");
        words.setId("lines.details");
        words.setEditable(false);
        words.setWrapText(true);
        words.getStyleClass().add("monospace");
        words.setPrefRowCount(3);
        VBox.setVgrow(words, Priority.ALWAYS);
        getChildren().addAll(head, words);
        nothing();
    }

    void show(Optional<Line> line) {
        if (!line.equals(shown)) {
            shown = line;
            line.ifPresentOrElse(this::show, this::nothing);
        }
    }

    private void nothing() {
        head.setText(text("lines.details.none"));
        words.clear();
    }

    private void show(Line line) {
        List<String> parts = new ArrayList<>();
        parts.add(LineText.time(line.time()));
        parts.add(line.mark().word());
        if (!line.source().isEmpty()) {
            parts.add(line.source());
        }
        line.connection().ifPresent(number -> parts.add(connection(number)));
        if (!line.thread().isEmpty()) {
            parts.add(text("lines.details.thread", line.thread()));
        }
        head.setText(String.join("   ·   ", parts));
        words.setText(line.text());
    }

    private static String connection(long number) {
        return number == 0 ? text("lines.details.own") : text("lines.details.connection", Shown.number(number));
    }
}

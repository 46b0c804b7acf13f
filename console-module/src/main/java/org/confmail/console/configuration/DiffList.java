package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import org.jspecify.annotations.Nullable;

/** Lines with a sign in front, as {@code diff -u} writes them. */
final class DiffList extends ListView<String> {
    DiffList(String id) {
        setId(id);
        getStyleClass().addAll("diff", "monospace");
        setCellFactory(_ -> new Cell());
        setPlaceholder(new Label(text("configuration.diff.none")));
    }

    void show(List<String> lines) {
        getItems().setAll(lines);
        scrollTo(0);
    }

    /** A line. */
    private static final class Cell extends ListCell<String> {
        @Override
        protected void updateItem(@Nullable String line, boolean empty) {
            super.updateItem(line, empty);
            getStyleClass().removeAll("added", "removed", "left-out");
            if (empty || line == null) {
                setText(null);
                return;
            }
            setText(line.isEmpty() ? "" : line.charAt(0) + " " + line.substring(1));
            switch (line.isEmpty() ? ' ' : line.charAt(0)) {
                case '+' -> getStyleClass().add("added");
                case '-' -> getStyleClass().add("removed");
                case '@' -> {
                    setText("…");
                    getStyleClass().add("left-out");
                }
                default -> {
                    // as it was
                }
            }
        }
    }
}

package org.confmail.console.lines;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.confmail.console.lines.Words.Range;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A line on the screen: time, kind as shape and word, who speaks, and as much of the text as there is room for. */
final class LineRow extends HBox {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass LEAD = PseudoClass.getPseudoClass("lead");

    /** More has no room on any screen; the details show all of it. */
    private static final int CHARACTERS_SHOWN = 600;

    private final Label time = new Label();
    private final Label mark = new Label();
    private final Label source = new Label();
    private final HBox words = new HBox();
    private Optional<Mark> shown = Optional.empty();
    private long number;

    LineRow() {
        getStyleClass().add("line-row");
        setAlignment(Pos.CENTER_LEFT);
        time.getStyleClass().addAll("line-time", "monospace");
        mark.getStyleClass().add("line-mark");
        source.getStyleClass().add("line-source");
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        for (Label label : List.of(time, mark, source)) {
            label.setMinWidth(Region.USE_PREF_SIZE);
        }
        getChildren().setAll(time, mark, source, words);
    }

    double fontSize() {
        return source.getFont().getSize();
    }

    /** The number of the line that it shows. */
    long number() {
        return number;
    }

    void show(long lineNumber, Line line, String who, Optional<Words> sought) {
        number = lineNumber;
        time.setText(LineText.time(line.time()));
        source.setText(who);
        source.setVisible(line.mark() != Mark.NOTE);
        String text = line.firstLine();
        boolean more = text.length() < line.text().length();
        String first = text.length() > CHARACTERS_SHOWN ? text.substring(0, CHARACTERS_SHOWN) : text;
        words.getChildren().setAll(parts(more ? first + "  …" : first, sought));
        if (shown.filter(line.mark()::equals).isEmpty()) {
            shown.ifPresent(before -> getStyleClass().remove(before.style()));
            getStyleClass().add(line.mark().style());
            mark.setText(line.mark().word());
            mark.setGraphic(icon(line.mark()));
            shown = Optional.of(line.mark());
        }
    }

    void mark(boolean selected, boolean lead) {
        pseudoClassStateChanged(SELECTED, selected);
        pseudoClassStateChanged(LEAD, lead);
    }

    private static List<Node> parts(String text, Optional<Words> sought) {
        List<Range> ranges = sought.map(wanted -> wanted.rangesIn(text)).orElse(List.of());
        List<Node> parts = new ArrayList<>();
        int at = 0;
        for (Range range : ranges) {
            if (range.from() > at) {
                parts.add(part(text.substring(at, range.from()), "line-text"));
            }
            parts.add(part(text.substring(range.from(), range.to()), "line-found"));
            at = range.to();
        }
        if (at < text.length()) {
            parts.add(part(text.substring(at), "line-text"));
        }
        return parts;
    }

    private static Text part(String words, String style) {
        Text text = new Text(words);
        text.getStyleClass().add(style);
        return text;
    }

    private static Node icon(Mark mark) {
        return new FontIcon(
                switch (mark) {
                    case DEBUG -> Feather.MORE_HORIZONTAL;
                    case INFO -> Feather.MINUS;
                    case WARNING -> Feather.ALERT_TRIANGLE;
                    case ERROR -> Feather.ALERT_OCTAGON;
                    case IN -> Feather.ARROW_LEFT;
                    case OUT -> Feather.ARROW_RIGHT;
                    case EVENT -> Feather.ACTIVITY;
                    case NOTE -> Feather.MESSAGE_SQUARE;
                });
    }
}

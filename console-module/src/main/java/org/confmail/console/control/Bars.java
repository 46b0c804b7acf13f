package org.confmail.console.control;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** A picture of amounts: a line each, with a name, a bar and the amount in words. */
public final class Bars extends GridPane {
    private List<Bar> shown = List.of();

    /** Shows nothing yet; {@code id} is the id of the node. */
    public Bars(String id) {
        setId(id);
        getStyleClass().add("bars");
        ColumnConstraints names = new ColumnConstraints();
        ColumnConstraints bars = new ColumnConstraints();
        bars.setHgrow(Priority.ALWAYS);
        bars.setFillWidth(true);
        ColumnConstraints words = new ColumnConstraints();
        words.setMinWidth(Region.USE_PREF_SIZE);
        getColumnConstraints().setAll(names, bars, words);
    }

    /** Shows these from top to bottom in place of those before. */
    public void show(List<Bar> bars) {
        if (bars.equals(shown)) {
            return;
        }
        shown = List.copyOf(bars);
        getChildren().clear();
        for (int line = 0; line < shown.size(); line++) {
            Bar bar = shown.get(line);
            Label name = new Label(bar.name());
            name.getStyleClass().add("bar-name");
            name.setTooltip(new Tooltip(bar.name()));
            Label words = new Label(bar.words());
            words.getStyleClass().add("bar-words");
            addRow(line, name, new Track(bar), words);
        }
    }

    /** What is shown, from top to bottom. */
    public List<Bar> shown() {
        return shown;
    }

    /**
     * A line.
     *
     * @param name of what
     * @param share how long the bar is, from 0 to 1
     * @param words how much, in words
     * @param style a style class for the bar; good, doubtful and bad have colours
     */
    public record Bar(String name, double share, String words, Optional<String> style) {
        public Bar {
            share = Math.clamp(share, 0, 1);
        }

        /** A bar in the usual colour. */
        public static Bar of(String name, double share, String words) {
            return new Bar(name, share, words, Optional.empty());
        }
    }

    /** The bar and what it could be at most. */
    private static final class Track extends Region {
        private final Region fill = new Region();
        private final double share;

        Track(Bar bar) {
            share = bar.share();
            getStyleClass().add("bar-track");
            fill.getStyleClass().add("bar");
            bar.style().ifPresent(fill.getStyleClass()::add);
            setAccessibleText(bar.name() + ": " + bar.words());
            getChildren().add(fill);
        }

        @Override
        protected void layoutChildren() {
            fill.resizeRelocate(0, 0, snapSizeX(getWidth() * share), getHeight());
        }
    }
}

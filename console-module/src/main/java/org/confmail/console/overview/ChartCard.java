package org.confmail.console.overview;

import static org.confmail.console.text.Texts.text;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.confmail.console.overview.History.Point;
import org.confmail.console.overview.History.Sample;

/** A value now, its line over the last minutes, its least and its most. */
final class ChartCard extends VBox {
    private final Label now = new Label("–");
    private final Label range = new Label();
    private final Sparkline line = new Sparkline(OverviewModel.STATE_PERIOD.multipliedBy(4));
    private final String title;
    private final ToDoubleFunction<Sample> value;
    private final DoubleFunction<String> words;

    /**
     * An empty one.
     *
     * @param key of its title, and its id
     * @param value what it shows
     * @param words a value in words
     */
    ChartCard(String key, ToDoubleFunction<Sample> value, DoubleFunction<String> words) {
        this.title = text(key);
        this.value = value;
        this.words = words;
        setId(key);
        getStyleClass().addAll("card", "chart-card");
        Label name = new Label(title);
        name.getStyleClass().add("faint");
        now.getStyleClass().add("chart-now");
        now.setId(key + ".now");
        range.getStyleClass().addAll("faint", "chart-range");
        range.setTooltip(new Tooltip(text("overview.range.help", History.KEPT.toMinutes())));
        getChildren().addAll(name, now, line, range);
    }

    void show(History history) {
        List<Point> points = history.of(value);
        if (points.isEmpty()) {
            return;
        }
        DoubleSummaryStatistics all = points.stream().mapToDouble(Point::value).summaryStatistics();
        now.setText(words.apply(points.getLast().value()));
        range.setText(text("overview.range", words.apply(all.getMin()), words.apply(all.getMax())));
        setAccessibleText(title + ": " + now.getText() + ", " + range.getText());
        line.show(points);
    }
}

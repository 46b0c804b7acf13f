package org.confmail.console.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.scene.layout.Region;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import org.confmail.console.overview.History.Point;

/** A value over the last minutes, as a line above zero. Where nothing was known the line is interrupted. */
final class Sparkline extends Region {
    private static final double HEIGHT = 44;
    /** The line is not cut off at the edge. */
    private static final double MARGIN = 2;
    /** Two points do not fill the whole width. */
    private static final Duration SPAN_MIN = Duration.ofMinutes(2);

    private final Path line = new Path();
    private final Path area = new Path();
    private final Duration gap;
    private List<Point> points = List.of();

    /**
     * An empty one.
     *
     * @param gap points that are further apart are not connected
     */
    Sparkline(Duration gap) {
        this.gap = gap;
        setPrefHeight(HEIGHT);
        setMinHeight(HEIGHT);
        setMinWidth(0);
        line.getStyleClass().setAll("sparkline-line");
        area.getStyleClass().setAll("sparkline-area");
        line.setManaged(false);
        area.setManaged(false);
        getChildren().addAll(area, line);
    }

    void show(List<Point> now) {
        points = now;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        line.getElements().clear();
        area.getElements().clear();
        if (points.isEmpty()) {
            return;
        }
        double most = points.stream().mapToDouble(Point::value).max().orElse(0);
        double unit = (getHeight() - 2 * MARGIN) / Math.max(most, Double.MIN_NORMAL);
        double bottom = getHeight() - MARGIN;
        Instant end = points.getLast().at();
        Duration covered = Duration.between(points.getFirst().at(), end);
        double span = Math.max(covered.toMillis(), SPAN_MIN.toMillis());
        double x = 0;
        Instant before = Instant.MIN;
        for (Point point : points) {
            double left = x;
            double share = (double) Duration.between(point.at(), end).toMillis() / span;
            x = getWidth() - MARGIN - share * (getWidth() - 2 * MARGIN);
            double y = bottom - (most > 0 ? point.value() * unit : 0);
            boolean begins = before.equals(Instant.MIN) || before.plus(gap).isBefore(point.at());
            if (begins) {
                end(left, bottom);
                line.getElements().add(new MoveTo(x, y));
                area.getElements().addAll(new MoveTo(x, bottom), new LineTo(x, y));
            } else {
                line.getElements().add(new LineTo(x, y));
                area.getElements().add(new LineTo(x, y));
            }
            before = point.at();
        }
        end(x, bottom);
    }

    private void end(double x, double bottom) {
        if (!area.getElements().isEmpty()) {
            area.getElements().addAll(new LineTo(x, bottom), new ClosePath());
        }
    }
}

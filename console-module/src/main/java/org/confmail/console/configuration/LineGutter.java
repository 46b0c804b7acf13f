package org.confmail.console.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.TextAreaSkin;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import org.confmail.shared.config.ConfigProblem;
import org.confmail.shared.config.ConfigProblem.Severity;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the lines of a text area that does not wrap, and marks where something is wrong. It asks the text area where
 * each line stands that is in sight, after each layout, so that it keeps in step whatever the font and the scale.
 */
final class LineGutter extends Pane {
    /** Widths in terms of the size of the font. */
    private static final double WIDTH_PER_DIGIT = 0.65;

    private static final double WIDTH_OF_MARK = 2.8;
    private static final double GAP = 0.6;

    private final TextArea area;
    private final List<Label> labels = new ArrayList<>();
    private final Runnable pulse = this::follow;
    private List<Integer> starts = List.of(0);
    private Map<Integer, List<ConfigProblem>> problems = Map.of();
    private List<Object> shown = List.of();
    /** Where the skin counts from. */
    private double origin;

    LineGutter(TextArea area) {
        this.area = area;
        getStyleClass().addAll("gutter", "monospace");
        setId("configuration.gutter");
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        sceneProperty().addListener((_, before, now) -> {
            remove(before);
            if (now != null) {
                now.addPostLayoutPulseListener(pulse);
            }
        });
        area.textProperty().addListener((_, _, text) -> lines(text));
        area.fontProperty().addListener((_, _, _) -> widen());
        lines(area.getText());
    }

    /** Marks the lines of these. */
    void mark(List<ConfigProblem> found) {
        problems =
                found.stream().collect(Collectors.groupingBy(ConfigProblem::line, TreeMap::new, Collectors.toList()));
        shown = List.of();
        requestLayout();
    }

    /** Where a line begins in the text; from 1. */
    int start(int line) {
        return starts.get(Math.clamp(line - 1, 0, starts.size() - 1));
    }

    private void remove(@Nullable Scene before) {
        if (before != null) {
            before.removePostLayoutPulseListener(pulse);
        }
    }

    private void lines(String text) {
        List<Integer> found = new ArrayList<>();
        found.add(0);
        for (int feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) {
            found.add(feed + 1);
        }
        starts = found;
        widen();
    }

    private void widen() {
        double width = area.getFont().getSize()
                * (WIDTH_PER_DIGIT * String.valueOf(starts.size()).length() + WIDTH_OF_MARK);
        setMinWidth(width);
        setPrefWidth(width);
        requestLayout();
    }

    /** Puts the numbers where the lines are now. */
    private void follow() {
        if (!(area.getSkin() instanceof TextAreaSkin skin)
                || !(area.lookup(".text") instanceof Text text)
                || area.getLength() < starts.getLast()) {
            return;
        }
        // The skin tells how far lines stand from each other; where the first one stands, its text knows to the pixel.
        double begin = sceneToLocal(text.localToScene(0, text.getLayoutBounds().getMinY()))
                .getY();
        origin = begin - skin.getCharacterBounds(0).getMinY();
        int first = firstInSight(skin);
        List<Object> now = new ArrayList<>(List.of(first, getWidth(), getHeight(), starts.size()));
        List<Double> tops = new ArrayList<>();
        for (int line = first; line < starts.size(); line++) {
            double top = top(skin, line);
            if (top > getHeight()) {
                break;
            }
            tops.add(top);
        }
        now.addAll(tops);
        if (!now.equals(shown)) {
            shown = now;
            place(first, tops, skin.getCharacterBounds(starts.get(first)).getHeight());
        }
    }

    private int firstInSight(TextAreaSkin skin) {
        int low = 0;
        int high = starts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (top(skin, middle) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private double top(TextAreaSkin skin, int line) {
        int start = starts.get(line);
        if (start > 0 && start == area.getLength()) {
            // An empty last line has no character; the skin then tells of the one before.
            return origin + skin.getCharacterBounds(start - 1).getMaxY();
        }
        return origin + skin.getCharacterBounds(start).getMinY();
    }

    private void place(int first, List<Double> tops, double height) {
        while (labels.size() < tops.size()) {
            Label label = new Label();
            label.setManaged(false);
            label.setAlignment(Pos.CENTER_RIGHT);
            labels.add(label);
            getChildren().add(label);
        }
        for (int i = 0; i < labels.size(); i++) {
            Label label = labels.get(i);
            label.setVisible(i < tops.size());
            if (i < tops.size()) {
                fill(label, first + i + 1);
                label.applyCss();
                label.resizeRelocate(
                        0, tops.get(i), getWidth() - GAP * area.getFont().getSize(), height);
            }
        }
    }

    private void fill(Label label, int line) {
        List<ConfigProblem> here = problems.getOrDefault(line, List.of());
        label.setText(String.valueOf(line));
        label.setId("configuration.line." + line);
        if (here.isEmpty()) {
            label.setGraphic(null);
            label.setTooltip(null);
            label.getStyleClass().setAll("label", "line-number");
            return;
        }
        Severity worst =
                here.stream().map(ConfigProblem::severity).max(Enum::compareTo).orElseThrow();
        label.setGraphic(ProblemLabels.icon(worst));
        label.setTooltip(new Tooltip(here.stream().map(ConfigProblem::message).collect(Collectors.joining("\n"))));
        label.getStyleClass().setAll("label", "line-number", ProblemLabels.style(worst));
    }
}

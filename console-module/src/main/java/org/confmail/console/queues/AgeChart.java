package org.confmail.console.queues;

import static org.confmail.console.text.Texts.text;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.confmail.console.queues.AgeModel.Ages;
import org.confmail.console.queues.AgeModel.TargetAges;
import org.confmail.console.text.Shown;

/**
 * A picture of how old entries are: a bar for each target, as long as its entries are many, divided by classes of age. Each part
 * tells its number where there is room, and in its tooltip; the classes differ in lightness, not in hue alone.
 */
final class AgeChart extends VBox {
    private static final double NAME_WIDTH = 120;
    private static final double NUMBER_WIDTH = 56;
    /** The number of a part of a bar is written where it is wider. */
    private static final double PART_WIDTH_FOR_NUMBER = 34;

    private final GridPane bars = new GridPane(8, 3);
    private final Label note = new Label();

    AgeChart() {
        setId("queues.age");
        getStyleClass().add("age-chart");
        Label title = new Label(text("queues.age.title"));
        title.getStyleClass().add("card-title");
        ColumnConstraints names = new ColumnConstraints(NAME_WIDTH, NAME_WIDTH, NAME_WIDTH);
        ColumnConstraints middle = new ColumnConstraints();
        middle.setHgrow(Priority.ALWAYS);
        ColumnConstraints numbers = new ColumnConstraints(NUMBER_WIDTH, NUMBER_WIDTH, NUMBER_WIDTH);
        bars.getColumnConstraints().addAll(names, middle, numbers);
        note.getStyleClass().add("faint");
        note.setWrapText(true);
        getChildren().addAll(title, bars, note, legend());
        show(new Ages(List.of(), 0), false);
    }

    /** Shows what was counted; {@code waiting} tells whether there is something that may not be counted yet. */
    void show(Ages ages, boolean waiting) {
        bars.getChildren().clear();
        long most = ages.targets().stream().mapToLong(TargetAges::total).max().orElse(0);
        int line = 0;
        for (TargetAges target : ages.targets()) {
            Label name = new Label(target.target());
            name.setTooltip(new Tooltip(target.target()));
            Label number = new Label(Shown.number(target.total()));
            number.getStyleClass().add("age-number");
            number.setMaxWidth(Double.MAX_VALUE);
            bars.addRow(line++, name, new Bar(target, most), number);
        }
        String words = ages.targets().isEmpty()
                ? text(waiting ? "queues.age.counting" : "queues.age.none")
                : ages.others() > 0 ? text("queues.age.others", ages.others()) : "";
        note.setText(words);
        note.setManaged(!words.isEmpty());
    }

    private static FlowPane legend() {
        FlowPane legend = new FlowPane(10, 2);
        legend.getStyleClass().add("age-legend");
        for (int i = 0; i <= AgeModel.LIMITS.size(); i++) {
            Region swatch = new Region();
            swatch.getStyleClass().addAll("age-swatch", "age-" + i);
            HBox entry = new HBox(5, swatch, new Label(text("queues.age.class." + i)));
            entry.getStyleClass().add("age-legend-entry");
            legend.getChildren().add(entry);
        }
        return legend;
    }

    /** One target: parts side by side, to the scale of the largest target. */
    private static final class Bar extends Region {
        private static final double HEIGHT = 18;
        /** A part with few entries is still seen. */
        private static final double PART_WIDTH_MIN = 4;

        private final List<Label> parts = new ArrayList<>();
        private final List<Long> numbers = new ArrayList<>();
        private final long most;

        Bar(TargetAges target, long most) {
            this.most = Math.max(1, most);
            setPrefHeight(HEIGHT);
            setMinHeight(HEIGHT);
            setMinWidth(0);
            List<String> words = new ArrayList<>();
            for (int i = 0; i < target.classes().size(); i++) {
                long entries = target.classes().get(i);
                if (entries > 0) {
                    String said = text("queues.age.part", Counts.entries(entries), text("queues.age.class." + i));
                    words.add(said);
                    Label part = new Label();
                    part.getStyleClass().addAll("age-part", "age-" + i);
                    part.setTooltip(new Tooltip(said));
                    parts.add(part);
                    numbers.add(entries);
                    getChildren().add(part);
                }
            }
            setAccessibleRole(AccessibleRole.TEXT);
            setAccessibleText(target.target() + ": " + String.join(", ", words));
        }

        @Override
        protected void layoutChildren() {
            double room = getWidth() - PART_WIDTH_MIN * parts.size();
            double x = 0;
            for (int i = 0; i < parts.size(); i++) {
                double width = PART_WIDTH_MIN + Math.max(0, room * numbers.get(i) / most);
                Label part = parts.get(i);
                part.setText(width >= PART_WIDTH_FOR_NUMBER ? Shown.number(numbers.get(i)) : "");
                part.resizeRelocate(snapPositionX(x), 0, snapSizeX(width), getHeight());
                x += width;
            }
        }
    }
}

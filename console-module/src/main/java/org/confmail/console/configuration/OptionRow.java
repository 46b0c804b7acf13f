package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;
import org.confmail.console.text.Shown;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.ConfigProblem;
import org.confmail.shared.config.ConfigProblem.Severity;
import org.confmail.shared.config.OptionType;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One option of the form: at the left what it is, at the right its value and what is wrong with that. */
final class OptionRow extends GridPane {
    private static final double LEFT_PERCENT = 54;

    private final ConfigOption<?> option;
    private final Draft draft;
    private final Editor editor;
    private final Label setHere = mark("configuration.set", Feather.CHECK, "good");
    private final Label changed = mark("configuration.changed", Feather.EDIT_2, "doubtful");
    private final Label hint = new Label();
    private final VBox problems = new VBox(2);
    private final Button absent = new Button(text("configuration.absent"), new FontIcon(Feather.CORNER_UP_LEFT));
    private OptionState state;

    OptionRow(ConfigOption<?> option, Draft draft) {
        this.option = option;
        this.draft = draft;
        this.editor = Editor.of(option, values -> draft.set(option, values));
        this.state = draft.state(option);
        setId("configuration.row." + option.name());
        getStyleClass().add("option-row");
        ColumnConstraints left = new ColumnConstraints();
        left.setPercentWidth(LEFT_PERCENT);
        ColumnConstraints right = new ColumnConstraints();
        right.setPercentWidth(100 - LEFT_PERCENT);
        getColumnConstraints().addAll(left, right);
        getRowConstraints().add(new RowConstraints());
        getRowConstraints().getFirst().setValignment(VPos.TOP);
        addRow(0, explanation(), value());
        update();
    }

    OptionState state() {
        return state;
    }

    /** Shows how the option stands in the draft. */
    void update() {
        state = draft.state(option);
        editor.show(state.values());
        show(setHere, state.set());
        show(changed, state.changed());
        absent.setVisible(state.set());
        hint.setText(hint(state.values()));
        problems.getChildren()
                .setAll(state.problems().stream().map(OptionRow::problem).toList());
        problems.setVisible(!state.problems().isEmpty());
        getStyleClass().removeAll("wrong", "warned");
        state.problems().stream()
                .map(ConfigProblem::severity)
                .max(Enum::compareTo)
                .ifPresent(worst -> getStyleClass().add(worst == Severity.ERROR ? "wrong" : "warned"));
    }

    /** Puts the cursor into its control. */
    void focusEditor() {
        editor.focus();
    }

    private VBox explanation() {
        Label name = new Label(option.name());
        name.getStyleClass().addAll("option-name", "monospace");
        name.setMinWidth(USE_PREF_SIZE);
        HBox head = new HBox(10, name, setHere, changed);
        head.getStyleClass().add("option-head");
        Label help = new Label(option.help());
        help.setWrapText(true);
        help.setMinHeight(USE_PREF_SIZE);
        Label acts = new Label(
                option.restartReason()
                        .map(reason -> text("configuration.atrestart", reason))
                        .orElse(text("configuration.atonce")),
                new FontIcon(option.actsAtOnce() ? Feather.ZAP : Feather.ROTATE_CW));
        acts.setWrapText(true);
        acts.setMinHeight(USE_PREF_SIZE);
        acts.getStyleClass().add("faint");
        VBox box = new VBox(4, head, help, acts);
        box.setFillWidth(true);
        return box;
    }

    private VBox value() {
        absent.setId("configuration.absent." + option.name());
        absent.getStyleClass().addAll("flat", "small");
        absent.setTooltip(new Tooltip(option.defaultText()
                .map(value -> text("configuration.absent.default", value))
                .orElse(text("configuration.absent.unset"))));
        absent.setMinWidth(USE_PREF_SIZE);
        absent.setOnAction(_ -> {
            draft.set(option, List.of());
            editor.focus();
        });
        HBox.setHgrow(editor.node(), Priority.SOMETIMES);
        HBox line = new HBox(8, editor.node(), absent);
        line.getStyleClass().add("option-value");
        hint.setWrapText(true);
        hint.setMinHeight(USE_PREF_SIZE);
        hint.getStyleClass().add("faint");
        problems.managedProperty().bind(problems.visibleProperty());
        return new VBox(4, line, hint, problems);
    }

    /** What is accepted, and what a number of seconds or days means in other units. */
    private String hint(List<String> values) {
        String accepted = text("configuration.accepted", option.type().accepts());
        Optional<String> counting = values.isEmpty() ? option.defaultText() : Optional.of(values.getLast());
        return option.type() instanceof OptionType.Seconds
                ? counting.flatMap(value -> option.type().parse(value).map(parsed -> (Duration) parsed))
                        .filter(time -> time.toMinutes() > 0)
                        .map(time -> text(
                                "configuration.means", accepted, Shown.number(time.toSeconds()), Shown.duration(time)))
                        .orElse(accepted)
                : accepted;
    }

    private static Label problem(ConfigProblem problem) {
        return ProblemLabels.of(problem, problem.message());
    }

    private static Label mark(String key, Feather icon, String style) {
        Label label = new Label(text(key), new FontIcon(icon));
        label.getStyleClass().addAll("option-mark", style);
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private static void show(Label mark, boolean shown) {
        mark.setVisible(shown);
        mark.setManaged(shown);
    }
}

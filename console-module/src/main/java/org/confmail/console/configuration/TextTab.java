package org.confmail.console.configuration;

import static org.confmail.console.text.Texts.text;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import javafx.application.Platform;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextFormatter;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.confmail.console.control.Outcome;
import org.confmail.shared.config.ConfigProblem;
import org.confmail.shared.config.ConfigProblem.Severity;
import org.jspecify.annotations.Nullable;

/** The text of config.txt with line numbers, marks, and a list of what is wrong. */
final class TextTab extends VBox {
    /** More problems are scrolled to. */
    private static final int ROWS_SHOWN = 3;
    /** Room beside and above the words of a row, in terms of the size of the font, as the stylesheet has it. */
    private static final double ROW_WIDTH_LESS = 4.5;

    private static final double ROW_PADDING = 0.4;
    /** What is lost where sizes become whole pixels: with less than its height a line is not shown. */
    private static final double SLACK = 2;

    private static final double ICON = 18;
    private static final double BORDERS = 4;

    private final Draft draft;
    private final TextArea area = new TextArea();
    private final LineGutter gutter = new LineGutter(area);
    private final Label summary = new Label();
    private final ListView<ConfigProblem> problems = new ListView<>();
    private final Outcome refused = new Outcome("configuration.text.refused");
    private boolean showing;

    TextTab(Draft draft) {
        this.draft = draft;
        getStyleClass().add("configuration-text");
        area.setId("configuration.text");
        area.getStyleClass().addAll("monospace", "config-text");
        area.setAccessibleText(text("configuration.tab.text"));
        area.setTextFormatter(new TextFormatter<>(this::filter));
        area.textProperty().addListener((_, _, words) -> {
            if (!showing) {
                draft.editText(words);
            }
        });
        HBox.setHgrow(area, Priority.ALWAYS);
        HBox editor = new HBox(gutter, area);
        editor.getStyleClass().add("text-editor");
        VBox.setVgrow(editor, Priority.ALWAYS);
        summary.setId("configuration.summary");
        problems.setId("configuration.problems");
        problems.getStyleClass().add("problem-list");
        problems.setCellFactory(_ -> new Cell(this::rowHeight));
        problems.setOnMouseClicked(_ -> jump());
        problems.setOnKeyPressed(pressed -> {
            if (pressed.getCode() == KeyCode.ENTER) {
                jump();
                pressed.consume();
            }
        });
        getChildren().addAll(editor, refused, summary, problems);
        problems.widthProperty().addListener((_, _, _) -> sizeProblems());
        summary.fontProperty().addListener((_, _, _) -> sizeProblems());
        draft.revision().addListener((_, _, _) -> update());
        update();
    }

    /** Puts the cursor into the text. */
    void find() {
        area.requestFocus();
    }

    /** Puts the cursor where the first thing is wrong, an error before a warning. */
    void goToFirstProblem() {
        draft.problems().stream()
                .max(Comparator.comparing(ConfigProblem::severity).thenComparingInt(problem -> -problem.line()))
                .ifPresent(problem -> go(problem.line()));
    }

    /** Puts the cursor into a line, from 1, and selects it. */
    void go(int line) {
        int start = gutter.start(line);
        int feed = area.getText().indexOf('\n', start);
        area.requestFocus();
        area.selectRange(feed < 0 ? area.getLength() : feed, start);
    }

    private TextFormatter.@Nullable Change filter(TextFormatter.Change change) {
        if (showing || !change.isContentChange()) {
            return change;
        }
        Optional<String> refusal = draft.refusal(change.getControlNewText());
        refusal.ifPresentOrElse(refused::failed, refused::clear);
        return refusal.isPresent() ? null : change;
    }

    private void update() {
        String shown = draft.shownText();
        if (!area.getText().equals(shown)) {
            show(shown);
        }
        List<ConfigProblem> found = draft.problems();
        gutter.mark(found);
        if (!problems.getItems().equals(found)) {
            problems.getItems().setAll(found);
        }
        sizeProblems();
        problems.setVisible(!found.isEmpty());
        problems.setManaged(!found.isEmpty());
        long errors = found.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .count();
        summary.setText(
                found.isEmpty()
                        ? text("configuration.allright")
                        : text("configuration.problems", errors, found.size() - errors));
        summary.getStyleClass().removeAll("good", "bad", "doubtful");
        summary.getStyleClass().add(found.isEmpty() ? "good" : errors > 0 ? "bad" : "doubtful");
    }

    /** As high as the first rows are: words wrap. */
    private void sizeProblems() {
        double rows = problems.getItems().stream()
                .limit(ROWS_SHOWN)
                .mapToDouble(problem -> rowHeight(words(problem)))
                .sum();
        problems.setMinHeight(Math.ceil(rows) + BORDERS);
        problems.setPrefHeight(Math.ceil(rows) + BORDERS);
        // Not at once: the size of the font is told in the middle of a pulse.
        Platform.runLater(problems::refresh);
    }

    /** A list asks its rows how high they are without saying how wide it is. */
    private double rowHeight(String words) {
        double size = summary.getFont().getSize();
        Text measured = new Text(words);
        measured.setFont(summary.getFont());
        measured.setWrappingWidth(Math.max(size, problems.getWidth() - ROW_WIDTH_LESS * size));
        double content = Math.ceil(Math.max(ICON, measured.getLayoutBounds().getHeight()));
        return content + 2 * Math.ceil(ROW_PADDING * size) + SLACK;
    }

    private static String words(ConfigProblem problem) {
        return text(
                problem.severity() == Severity.ERROR ? "configuration.line.error" : "configuration.line.warning",
                String.valueOf(problem.line()),
                problem.message());
    }

    /** The cursor and the part that is in sight stay as well as may be. */
    private void show(String shown) {
        int caret = area.getCaretPosition();
        double top = area.getScrollTop();
        double left = area.getScrollLeft();
        showing = true;
        area.setText(shown);
        showing = false;
        area.positionCaret(Math.min(caret, shown.length()));
        area.setScrollTop(top);
        area.setScrollLeft(left);
    }

    private void jump() {
        ConfigProblem chosen = problems.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            go(chosen.line());
        }
    }

    /** A problem in the list. */
    private static final class Cell extends ListCell<ConfigProblem> {
        private final ToDoubleFunction<String> height;

        Cell(ToDoubleFunction<String> height) {
            this.height = height;
            setWrapText(true);
            setPrefWidth(0); // as wide as the list
        }

        @Override
        protected void updateItem(@Nullable ConfigProblem problem, boolean empty) {
            super.updateItem(problem, empty);
            getStyleClass().removeAll("bad", "doubtful", "problem");
            if (empty || problem == null) {
                setText(null);
                setGraphic(null);
                setPrefHeight(USE_COMPUTED_SIZE);
                return;
            }
            Severity severity = problem.severity();
            setText(words(problem));
            setPrefHeight(height.applyAsDouble(words(problem)));
            setGraphic(ProblemLabels.icon(severity));
            getStyleClass().addAll("problem", ProblemLabels.style(severity));
        }
    }
}

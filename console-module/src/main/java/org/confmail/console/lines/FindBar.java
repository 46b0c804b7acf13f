package org.confmail.console.lines;

import static org.confmail.console.text.Texts.text;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import org.confmail.console.control.Buttons;
import org.confmail.console.text.Shown;
import org.kordamp.ikonli.feather.Feather;

/** Search among the lines that are shown, and the way to a time. */
final class FindBar extends FlowPane {
    private static final int WORDS_COLUMNS = 15;
    private static final int TIME_COLUMNS = 10;

    private final LineModel model;
    private final LineList list;
    private final TextField words;
    private final TextField time = new TextField();
    private final Label count = new Label();

    /** {@code goTo} gets what was written as a time. */
    FindBar(LineModel model, LineList list, Consumer<String> goTo) {
        this.model = model;
        this.list = list;
        getStyleClass().add("line-bar");
        words = FilterBar.words("lines.find", model.findText(), model.findProblem());
        words.setOnAction(_ -> next());
        words.setPrefColumnCount(WORDS_COLUMNS);
        count.setId("lines.find.count");
        count.getStyleClass().add("faint");
        count.setMinWidth(USE_PREF_SIZE);
        time.setId("lines.time");
        time.setPromptText(text("lines.time.prompt"));
        time.setTooltip(new Tooltip(text("lines.time.help")));
        time.setPrefColumnCount(TIME_COLUMNS);
        time.setMinWidth(USE_PREF_SIZE);
        time.setOnAction(_ -> goTo.accept(time.getText()));
        Button previous = Buttons.of("lines.find.previous", Feather.CHEVRON_UP, this::previous);
        Button next = Buttons.of("lines.find.next", Feather.CHEVRON_DOWN, this::next);
        previous.disableProperty().bind(model.findText().isEmpty());
        next.disableProperty().bind(model.findText().isEmpty());
        getChildren()
                .addAll(
                        FilterBar.group(
                                FilterBar.label("lines.find", words),
                                words,
                                FilterBar.expression("lines.find.expression", model.findExpression()),
                                previous,
                                next,
                                count),
                        FilterBar.group(
                                FilterBar.label("lines.time", time),
                                time,
                                Buttons.of("lines.time.go", Feather.CLOCK, () -> goTo.accept(time.getText()))));
        model.onChange(this::tell);
        list.lead().addListener(_ -> tell());
    }

    void find() {
        words.requestFocus();
        words.selectAll();
    }

    void goToTime() {
        time.requestFocus();
        time.selectAll();
    }

    void next() {
        show(model.findNext(list.selected().lead().orElseGet(() -> model.store().first() - 1)));
    }

    void previous() {
        show(model.findPrevious(list.position()));
    }

    private void show(Optional<Long> found) {
        found.ifPresent(list::show);
        tell();
    }

    private void tell() {
        count.setText(told());
    }

    private String told() {
        Matches found = model.found();
        if (model.findText().get().isEmpty() || !model.findProblem().get().isEmpty()) {
            return "";
        }
        if (found.size() == 0) {
            return text(found.isLooking() ? "lines.find.looking" : "lines.find.nothing");
        }
        String all = Shown.number(found.size());
        return list.selected().lead().isPresent()
                        && isFound(list.selected().lead().getAsLong())
                ? text(
                        "lines.find.place",
                        Shown.number(found.place(list.selected().lead().getAsLong()) + 1L),
                        all)
                : text("lines.find.found", found.size(), all);
    }

    private boolean isFound(long number) {
        int place = model.found().place(number);
        return place < model.found().size() && model.found().number(place) == number;
    }
}

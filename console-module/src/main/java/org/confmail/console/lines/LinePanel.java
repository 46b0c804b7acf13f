package org.confmail.console.lines;

import static org.confmail.console.text.Texts.text;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Outcome;
import org.confmail.console.text.Shown;
import org.confmail.console.view.Workplace;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Lines on the screen with all that is done with them: filter, search, pause, details, copy, export. */
public final class LinePanel extends VBox {
    private static final double LIST_SHARE = 0.8;

    private final Workplace workplace;
    private final LineModel model;
    private final LineList list;
    private final FilterBar filter;
    private final LineActions actions;
    private final LineDetails details = new LineDetails();
    private final Outcome outcome = new Outcome("lines.outcome");
    private final Outcome problem = new Outcome("lines.problem");
    private final StateLine state = new StateLine();
    private final ToggleButton pause = new ToggleButton(text("lines.pause"), new FontIcon(Feather.PAUSE));
    private Consumer<Instant> goTo = this::scrollToTime;
    private Runnable toNow = () -> {};
    private String empty = "";

    /**
     * Shows the lines of a model.
     *
     * @param form what this kind of lines looks like
     */
    public LinePanel(Workplace workplace, LineModel model, LineForm form) {
        this.workplace = workplace;
        this.model = model;
        this.list = new LineList(model, form.source());
        this.filter = new FilterBar(model, form.kindsKey(), form.choices());
        this.actions = new LineActions(workplace, model, form, list, outcome);
        FindBar find = new FindBar(model, list, this::timeWritten);
        getStyleClass().add("line-panel");
        preparePause();
        SplitPane split = new SplitPane(list, details);
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(LIST_SHARE);
        SplitPane.setResizableWithParent(details, false);
        VBox.setVgrow(split, Priority.ALWAYS);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox foot = new HBox(state, gap, outcome);
        foot.getStyleClass().add("line-foot");
        getChildren().addAll(filter, find, problem, split, foot);
        PanelKeys keys = new PanelKeys(list, find, actions, form.hasErrors(), this::toEnd);
        keys.fillMenu(filter::clear);
        addEventFilter(KeyEvent.KEY_PRESSED, keys);
        model.onChange(this::tell);
        model.unseen().addListener(_ -> tell());
        model.filterProblem().addListener(_ -> tellProblem());
        model.findProblem().addListener(_ -> tellProblem());
        list.following().addListener(_ -> tell());
        list.lead().addListener(_ -> showDetails());
        tell();
    }

    /** Buttons for the head of the page. */
    public List<Region> actions() {
        return List.of(
                pause,
                Buttons.of("lines.end", Feather.ARROW_DOWN, this::toEnd),
                Buttons.of("lines.export", Feather.DOWNLOAD, this::export));
    }

    /** What came of something that was done with the lines. */
    public Outcome outcome() {
        return outcome;
    }

    /** Puts something between the search and the lines. */
    public void addNotice(Region notice) {
        getChildren().add(getChildren().indexOf(problem), notice);
    }

    /** Goes to a time in this way instead of within the lines that are there. */
    public void onGoTo(Consumer<Instant> way) {
        goTo = way;
    }

    /** Does this before going to the end. */
    public void onEnd(Runnable before) {
        toNow = before;
    }

    /** Does these when the user wants to see more than there is at the top or at the end. */
    public void onEdges(Runnable top, Runnable bottom) {
        list.onEdges(top, bottom);
    }

    /** What stands there while there are no lines at all. */
    public void whenEmpty(String words) {
        empty = words;
        tell();
    }

    /** The cursor goes to the filter. */
    public void find() {
        filter.find();
    }

    /** Writes all shown lines to a file. */
    public void export() {
        actions.export();
    }

    /** Shows only the lines of a connection, and the newest of them. */
    public void only(long connection) {
        model.connection().set(OptionalLong.of(connection));
    }

    /** Shows only lines of level ERROR. */
    public void onlyErrors() {
        filter.choose(LineFilter.from(Mark.ERROR));
    }

    /** Goes to the first shown line at or after that time; whether there is one. */
    public boolean showTime(Instant time) {
        Optional<Long> first = model.store().firstAt(time);
        first.ifPresent(number -> model.shown().whenIdle(() -> {
            int place = model.shown().place(number);
            if (place < model.shown().size()) {
                list.following().set(false);
                list.scrollTo(model.shown().number(place));
                list.show(model.shown().number(place));
            }
        }));
        return first.isPresent();
    }

    private void toEnd() {
        model.paused().set(false);
        toNow.run();
        list.following().set(true);
    }

    private void timeWritten(String written) {
        Instant now = workplace.clockwork().now();
        WrittenTime.parse(written, now, ZoneId.systemDefault())
                .ifPresentOrElse(goTo, () -> outcome.failed(text("lines.time.wrong")));
    }

    private void scrollToTime(Instant time) {
        outcome.clear();
        if (!showTime(time)) {
            outcome.warn(text("lines.time.none", Shown.moment(time)));
        }
    }

    private void preparePause() {
        pause.setId("lines.pause");
        pause.setMnemonicParsing(true);
        pause.setTooltip(new Tooltip(text("lines.pause.help")));
        pause.selectedProperty().bindBidirectional(model.paused());
        pause.selectedProperty().addListener((_, _, now) -> {
            pause.setText(text(now ? "lines.resume" : "lines.pause"));
            pause.setGraphic(new FontIcon(now ? Feather.PLAY : Feather.PAUSE));
            tell();
        });
    }

    private void tellProblem() {
        String words = model.filterProblem().get().isEmpty()
                ? model.findProblem().get()
                : model.filterProblem().get();
        if (words.isEmpty()) {
            problem.clear();
        } else {
            problem.warn(words);
        }
    }

    private void tell() {
        state.show(model, list.following().get());
        list.whenEmpty(model.store().size() == 0 ? empty : text("lines.empty.filtered"));
        showDetails();
    }

    private void showDetails() {
        details.show(list.leadLine());
    }
}

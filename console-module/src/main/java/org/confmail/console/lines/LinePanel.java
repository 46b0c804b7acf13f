package org.confmail.console.lines;

import static org.confmail.console.text.Texts.text;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.confmail.console.control.Buttons;
import org.confmail.console.control.Outcome;
import org.confmail.console.lines.FilterBar.Choice;
import org.confmail.console.text.Shown;
import org.confmail.console.view.Background;
import org.confmail.console.view.Workplace;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Lines on the screen with all that is done with them: filter, search, pause, details, copy, export. */
public final class LinePanel extends VBox {
    private static final KeyCombination COPY = KeyCombination.valueOf("Shortcut+C");
    private static final KeyCombination SEARCH = KeyCombination.valueOf("Shortcut+G");
    private static final KeyCombination TIME = KeyCombination.valueOf("Shortcut+T");
    private static final KeyCombination ONLY = KeyCombination.valueOf("Shortcut+L");
    private static final KeyCombination NEXT_ERROR = KeyCombination.valueOf("Alt+Down");
    private static final KeyCombination PREVIOUS_ERROR = KeyCombination.valueOf("Alt+Up");
    private static final double LIST_SHARE = 0.8;

    private final Workplace workplace;
    private final LineModel model;
    private final Form form;
    private final LineList list;
    private final FilterBar filter;
    private final FindBar find;
    private final LineDetails details = new LineDetails();
    private final Outcome outcome = new Outcome("lines.outcome");
    private final Outcome problem = new Outcome("lines.problem");
    private final Label state = new Label();
    private final ToggleButton pause = new ToggleButton(text("lines.pause"), new FontIcon(Feather.PAUSE));
    private Consumer<Instant> goTo = this::scrollToTime;
    private Runnable toNow = () -> {};
    private String empty = "";

    /**
     * Shows the lines of a model.
     *
     * @param form what this kind of lines looks like
     */
    public LinePanel(Workplace workplace, LineModel model, Form form) {
        this.workplace = workplace;
        this.model = model;
        this.form = form;
        this.list = new LineList(model, form.source());
        this.filter = new FilterBar(model, form.kindsKey(), choices(form));
        this.find = new FindBar(model, list, this::timeWritten);
        getStyleClass().add("line-panel");
        state.setId("lines.state");
        state.getStyleClass().add("faint");
        state.setMinWidth(USE_PREF_SIZE);
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
        fillMenu();
        model.onChange(this::tell);
        model.unseen().addListener(_ -> tell());
        model.filterProblem().addListener(_ -> tellProblem());
        model.findProblem().addListener(_ -> tellProblem());
        list.following().addListener(_ -> tell());
        list.lead().addListener((_, _, number) -> showDetails(number));
        addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
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

    /** Shows only the lines of a connection, and the newest of them. */
    public void only(long connection) {
        model.connection().set(OptionalLong.of(connection));
    }

    /** Shows only lines of level ERROR. */
    public void onlyErrors() {
        filter.choose(LineFilter.from(Mark.ERROR));
    }

    /** Selects a line and makes it visible. */
    public void show(long number) {
        list.show(number);
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

    /** Whether it shows the newest lines as they come. */
    public boolean follows() {
        return list.following().get();
    }

    /** Writes all shown lines to a file. */
    public void export() {
        LineExport lines = LineExport.shown(model);
        if (lines.size() == 0) {
            outcome.failed(text("lines.export.nothing"));
            return;
        }
        workplace
                .questions()
                .fileToSave(text("lines.export.title", Shown.number(lines.size())), form.file())
                .done(file -> export(lines, file));
    }

    private void export(LineExport lines, Path file) {
        outcome.follow(
                Background.run(workplace.background(), workplace.window(), () -> lines.write(file, form.format())),
                text("lines.export.working"),
                written -> text("lines.export.done", written, Shown.number(written), file));
    }

    private void copy() {
        LineExport lines = LineExport.selected(model, list.selected());
        if (lines.size() == 0) {
            outcome.failed(text("lines.copy.nothing"));
            return;
        }
        Background.run(workplace.background(), workplace.window(), () -> lines.text(form.format()))
                .done(words -> {
                    ClipboardContent content = new ClipboardContent();
                    content.putString(words);
                    Clipboard.getSystemClipboard().setContent(content);
                    outcome.done(text("lines.copy.done", lines.size(), Shown.number(lines.size())));
                })
                .failed(outcome::failed);
    }

    private void toEnd() {
        model.paused().set(false);
        toNow.run();
        list.following().set(true);
    }

    private void nextError() {
        tellError(
                model.next(
                        Mark.ERROR,
                        list.selected().lead().orElseGet(() -> model.store().first() - 1)),
                "lines.error.none.next");
    }

    private void previousError() {
        tellError(model.previous(Mark.ERROR, list.position()), "lines.error.none.previous");
    }

    private void tellError(Optional<Long> found, String none) {
        outcome.clear();
        found.ifPresentOrElse(list::show, () -> outcome.warn(text(none)));
    }

    private void onlyThisConnection() {
        Optional<Line> line = selectedLine();
        OptionalLong connection = line.map(Line::connection).orElse(OptionalLong.empty());
        if (connection.isPresent()) {
            only(connection.getAsLong());
            outcome.clear();
        } else {
            outcome.failed(text("lines.only.none"));
        }
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

    private void fillMenu() {
        list.menu()
                .getItems()
                .addAll(
                        item("lines.copy", COPY, this::copy),
                        item("lines.only", ONLY, this::onlyThisConnection),
                        item("lines.all", KeyCombination.NO_MATCH, filter::clear));
        if (form.hasErrors()) {
            list.menu()
                    .getItems()
                    .addAll(
                            item("lines.error.next", NEXT_ERROR, this::nextError),
                            item("lines.error.previous", PREVIOUS_ERROR, this::previousError));
        }
    }

    private static MenuItem item(String key, KeyCombination keys, Runnable action) {
        MenuItem item = new MenuItem(text(key));
        item.setId(key);
        if (!keys.equals(KeyCombination.NO_MATCH)) {
            item.setAccelerator(keys);
        }
        item.setOnAction(_ -> action.run());
        return item;
    }

    private void keyPressed(KeyEvent event) {
        boolean inList = list.equals(event.getTarget());
        Optional<Runnable> action = Optional.empty();
        if (event.getCode() == KeyCode.F3) {
            action = Optional.of(event.isShiftDown() ? find::previous : find::next);
        } else if (SEARCH.match(event)) {
            action = Optional.of(find::find);
        } else if (TIME.match(event)) {
            action = Optional.of(find::goToTime);
        } else if (form.hasErrors() && NEXT_ERROR.match(event)) {
            action = Optional.of(this::nextError);
        } else if (form.hasErrors() && PREVIOUS_ERROR.match(event)) {
            action = Optional.of(this::previousError);
        } else if (inList && COPY.match(event)) {
            action = Optional.of(this::copy);
        } else if (ONLY.match(event)) {
            action = Optional.of(this::onlyThisConnection);
        } else if (inList && event.getCode() == KeyCode.END && !event.isShiftDown()) {
            action = Optional.of(this::toEnd);
        }
        action.ifPresent(wanted -> {
            wanted.run();
            event.consume();
        });
    }

    private Optional<Line> selectedLine() {
        OptionalLong lead = list.lead().get();
        return lead.isPresent() ? model.store().line(lead.getAsLong()) : Optional.empty();
    }

    private void showDetails(OptionalLong number) {
        details.show(number.isPresent() ? model.store().line(number.getAsLong()) : Optional.empty());
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
        int all = model.store().size();
        int shown = model.shown().size();
        String how = !model.live().get()
                ? text(
                        "lines.state.past",
                        model.unseen().get(),
                        Shown.number(model.unseen().get()))
                : model.paused().get()
                        ? text(
                                "lines.state.paused",
                                model.unseen().get(),
                                Shown.number(model.unseen().get()))
                        : text(list.following().get() ? "lines.state.follows" : "lines.state.stays");
        String counted = shown == all
                ? text("lines.state.all", all, Shown.number(all))
                : text("lines.state.some", Shown.number(shown), Shown.number(all));
        state.setText(
                counted + "   ·   " + how + (model.shown().isLooking() ? "   ·   " + text("lines.state.looking") : ""));
        list.whenEmpty(all == 0 ? empty : text("lines.empty.filtered"));
        showDetails(list.lead().get());
    }

    private static List<Choice> choices(Form form) {
        Choice all = new Choice(form.allKinds(), EnumSet.allOf(Mark.class));
        if (form.hasErrors()) {
            return List.of(
                    all,
                    new Choice(text("lines.level.info"), LineFilter.from(Mark.INFO)),
                    new Choice(text("lines.level.warning"), LineFilter.from(Mark.WARNING)),
                    new Choice(text("lines.level.error"), LineFilter.from(Mark.ERROR)));
        }
        return Stream.concat(
                        Stream.of(all),
                        Mark.WAYS.stream().map(way -> new Choice(text("lines.way." + way.style()), Set.of(way))))
                .toList();
    }

    /**
     * What lines of one kind look like.
     *
     * @param kindsKey key of the choice of kinds
     * @param allKinds the words for all of them
     * @param hasErrors whether the lines have levels; otherwise they have ways
     * @param source what stands in the column of who speaks
     * @param format how a line is copied and exported
     * @param file the name suggested for a file
     */
    public record Form(
            String kindsKey,
            String allKinds,
            boolean hasErrors,
            Function<Line, String> source,
            Function<Line, String> format,
            String file) {}
}

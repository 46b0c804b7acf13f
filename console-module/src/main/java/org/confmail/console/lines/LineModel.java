package org.confmail.console.lines;

import static org.confmail.console.text.Texts.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.confmail.console.lines.Words.WrongExpression;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.Clockwork.Repeating;

/**
 * Lines with a filter and a search. New ones are taken in some times a second, however fast they come. Belongs to the thread of
 * the window.
 */
public final class LineModel {
    /** How often new lines appear. */
    private static final Duration BATCH = Duration.ofMillis(100);

    /** Lines that wait for the next batch; with more of them it does not wait. */
    private static final int BATCH_LINES_MAX = 10_000;

    private final Clockwork clockwork;
    private final LineStore store;
    private final Matches shown;
    private final Matches found;
    private final List<Runnable> listeners = new ArrayList<>();
    private final List<Line> waiting = new ArrayList<>();
    private Optional<Repeating> batches = Optional.empty();

    private final BooleanProperty paused = new SimpleBooleanProperty();
    private final BooleanProperty live = new SimpleBooleanProperty(true);
    private final ReadOnlyLongWrapper unseen = new ReadOnlyLongWrapper();
    private final ObjectProperty<Set<Mark>> marks = new SimpleObjectProperty<>(EnumSet.allOf(Mark.class));
    private final ObjectProperty<OptionalLong> connection = new SimpleObjectProperty<>(OptionalLong.empty());
    private final StringProperty filterText = new SimpleStringProperty("");
    private final BooleanProperty filterExpression = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper filterProblem = new ReadOnlyStringWrapper("");
    private final StringProperty findText = new SimpleStringProperty("");
    private final BooleanProperty findExpression = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper findProblem = new ReadOnlyStringWrapper("");
    private Optional<Words> filterWords = Optional.empty();
    private Optional<Words> filterWordsBefore = Optional.empty();
    private Optional<Words> findWords = Optional.empty();
    private long pausedAt;

    /** An empty one that keeps at most what {@link LineStore} allows. */
    public LineModel(Executor background, Executor window, Clockwork clockwork) {
        this(background, window, clockwork, new LineStore(LineStore.LINES_MAX, LineStore.BYTES_MAX));
    }

    LineModel(Executor background, Executor window, Clockwork clockwork, LineStore store) {
        this.clockwork = clockwork;
        this.store = store;
        this.shown = new Matches(store, background, window, this::changed, this::filterIsTooSlow);
        this.found = new Matches(store, background, window, this::changed, this::findIsTooSlow);
        paused.addListener((_, _, now) -> pausedChanged(now));
        marks.addListener(_ -> filterAgain());
        connection.addListener(_ -> filterAgain());
        filterText.addListener(_ -> filterWordsWritten());
        filterExpression.addListener(_ -> filterWordsWritten());
        findText.addListener(_ -> findWordsWritten());
        findExpression.addListener(_ -> findWordsWritten());
        shown.use(LineFilter.ALL);
    }

    /** Has {@code listener} run after each change of what is shown or found. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** The lines that are kept. */
    public LineStore store() {
        return store;
    }

    /** Those that pass the filter. */
    public Matches shown() {
        return shown;
    }

    /** Those of them that hold what is searched for. */
    public Matches found() {
        return found;
    }

    /** Whether new lines are kept back; they are counted. */
    public BooleanProperty paused() {
        return paused;
    }

    /** Whether new lines are put behind those that are there: not while these are of the past. */
    public BooleanProperty live() {
        return live;
    }

    /** How many lines came that are not shown, because it is paused or shows the past. */
    public ReadOnlyLongProperty unseen() {
        return unseen.getReadOnlyProperty();
    }

    /** Only these are shown. */
    public ObjectProperty<Set<Mark>> marks() {
        return marks;
    }

    /** Only this connection is shown. */
    public ObjectProperty<OptionalLong> connection() {
        return connection;
    }

    /** Only lines that hold this are shown; while it is wrong the one before stays in effect. */
    public StringProperty filterText() {
        return filterText;
    }

    /** Whether that is a regular expression. */
    public BooleanProperty filterExpression() {
        return filterExpression;
    }

    /** Why it is wrong, or empty. */
    public ReadOnlyStringProperty filterProblem() {
        return filterProblem.getReadOnlyProperty();
    }

    /** What is searched for. */
    public StringProperty findText() {
        return findText;
    }

    /** Whether that is a regular expression. */
    public BooleanProperty findExpression() {
        return findExpression;
    }

    /** Why it is wrong, or empty. */
    public ReadOnlyStringProperty findProblem() {
        return findProblem.getReadOnlyProperty();
    }

    /** What is searched for, to be made visible where it stands. */
    Optional<Words> findWords() {
        return findWords;
    }

    /** New lines have come. */
    public void add(List<Line> lines) {
        if (!live.get()) {
            unseen.set(unseen.get() + lines.size());
            return;
        }
        waiting.addAll(lines);
        if (waiting.size() >= BATCH_LINES_MAX) {
            takeIn();
        } else if (batches.isEmpty()) {
            batches = Optional.of(clockwork.every(BATCH, this::takeIn));
        }
    }

    /** A remark of the console's own comes behind them. */
    public void note(String words) {
        add(List.of(Line.note(clockwork.now(), words)));
    }

    /** Puts lines behind those that are there, at once. */
    public void append(List<Line> lines) {
        takeIn();
        store.append(lines);
        storeChanged();
    }

    /** Puts older lines before those that are there, at once; whether newer ones had to go for them. */
    public boolean prepend(List<Line> lines) {
        takeIn();
        boolean cost = store.prepend(lines);
        storeChanged();
        return cost;
    }

    /** Forgets all lines. */
    public void clear() {
        waiting.clear();
        store.clear();
        pausedAt = store.end();
        unseen.set(0);
        if (paused.get()) {
            paused.set(false);
        }
        storeChanged();
    }

    /** Lets go of time and background. */
    public void close() {
        rest();
        shown.close();
        found.close();
    }

    private void rest() {
        batches.ifPresent(Repeating::stop);
        batches = Optional.empty();
    }

    /** Takes in what waits for the next batch. */
    public void takeIn() {
        if (waiting.isEmpty()) {
            rest();
            return;
        }
        List<Line> lines = List.copyOf(waiting);
        waiting.clear();
        store.append(lines);
        if (paused.get()) {
            unseen.set(store.end() - pausedAt);
        }
        storeChanged();
    }

    /** The next shown line behind that one that holds what is searched for; the first one where none follows. */
    public Optional<Long> findNext(long behind) {
        int place = found.place(behind + 1);
        return found.size() == 0 ? Optional.empty() : Optional.of(found.number(place < found.size() ? place : 0));
    }

    /** The last shown line before that one that holds what is searched for; the very last one where none is before. */
    public Optional<Long> findPrevious(long before) {
        int place = found.place(before) - 1;
        return found.size() == 0 ? Optional.empty() : Optional.of(found.number(place >= 0 ? place : found.size() - 1));
    }

    /** The next shown line of this kind behind that one. */
    public Optional<Long> next(Mark mark, long behind) {
        for (int place = shown.place(behind + 1); place < shown.size(); place++) {
            if (store.mark(shown.number(place)) == mark) {
                return Optional.of(shown.number(place));
            }
        }
        return Optional.empty();
    }

    /** The last shown line of this kind before that one. */
    public Optional<Long> previous(Mark mark, long before) {
        for (int place = shown.place(before) - 1; place >= 0; place--) {
            if (store.mark(shown.number(place)) == mark) {
                return Optional.of(shown.number(place));
            }
        }
        return Optional.empty();
    }

    private void pausedChanged(boolean now) {
        takeIn();
        pausedAt = store.end();
        if (live.get()) {
            unseen.set(0);
        }
        shown.limit(now ? pausedAt : Long.MAX_VALUE);
        found.limit(now ? pausedAt : Long.MAX_VALUE);
    }

    private void filterWordsWritten() {
        filterProblem.set("");
        try {
            Optional<Words> wanted = words(filterText.get(), filterExpression.get());
            filterWordsBefore = filterWords;
            filterWords = wanted;
            filterAgain();
        } catch (WrongExpression e) {
            filterProblem.set(staying(e.reason()));
        }
    }

    private void filterIsTooSlow(String reason) {
        filterWords = filterWordsBefore;
        filterWordsBefore = Optional.empty();
        filterProblem.set(staying(reason));
        filterAgain();
    }

    private String staying(String reason) {
        return filterWords
                .map(before -> text("lines.filter.stays", reason, before.written()))
                .orElseGet(() -> text("lines.filter.none", reason));
    }

    private void filterAgain() {
        LineFilter filter = new LineFilter(marks.get(), connection.get(), filterWords);
        shown.use(filter);
        findAgain();
    }

    private void findWordsWritten() {
        findProblem.set("");
        try {
            findWords = words(findText.get(), findExpression.get());
        } catch (WrongExpression e) {
            findWords = Optional.empty();
            findProblem.set(e.reason());
        }
        findAgain();
    }

    private void findIsTooSlow(String reason) {
        findWords = Optional.empty();
        findProblem.set(reason);
        findAgain();
    }

    private void findAgain() {
        LineFilter filter = new LineFilter(marks.get(), connection.get(), filterWords);
        found.use(findWords
                .<LineTest>map(
                        wanted -> (segment, place) -> filter.takes(segment, place) && wanted.in(segment.text(place)))
                .orElse(LineTest.NONE));
    }

    private static Optional<Words> words(String written, boolean expression) throws WrongExpression {
        return written.isEmpty() ? Optional.empty() : Optional.of(Words.of(written, expression));
    }

    private void storeChanged() {
        shown.storeChanged();
        found.storeChanged();
        changed();
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }
}

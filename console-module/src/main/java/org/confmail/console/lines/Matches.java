package org.confmail.console.lines;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.confmail.console.lines.LineStore.Slice;
import org.confmail.console.lines.Words.WrongExpression;
import org.confmail.console.remote.Answer;
import org.confmail.console.view.Background;

/**
 * The numbers of those lines of a store that pass a test. The lines are looked at in the background, a piece at a time: new ones
 * first, then from the newest to the oldest, so that what stands at the end is there at once. Belongs to the thread of the
 * window.
 */
public final class Matches {
    /** Lines of a piece: some milliseconds. */
    private static final int PIECE_LINES = 5000;

    private final LineStore store;
    private final Executor background;
    private final Executor window;
    private final Runnable changed;
    private final Consumer<String> failed;
    private final Numbers numbers = new Numbers();
    private final List<Runnable> whenIdle = new ArrayList<>();
    private LineTest test = LineTest.NONE;
    private Answer<long[]> asked = new Answer<>();
    private boolean looking;
    private boolean closed;
    private long from; // the lines from here on
    private long to; // and before here have been looked at
    private long limit = Long.MAX_VALUE;

    /**
     * Nothing passes yet.
     *
     * @param changed told after each change
     * @param failed told why the test cannot go on
     */
    Matches(LineStore store, Executor background, Executor window, Runnable changed, Consumer<String> failed) {
        this.store = store;
        this.background = background;
        this.window = window;
        this.changed = changed;
        this.failed = failed;
    }

    /** How many pass, of those that have been looked at. */
    public int size() {
        return numbers.size();
    }

    /** The number of one that passes, by its place among them. */
    public long number(int place) {
        return numbers.get(place);
    }

    /** The place of the first one whose number is at least that; the size when there is none. */
    public int place(long number) {
        return numbers.indexOf(number);
    }

    /** Whether there are lines that have not been looked at. */
    public boolean isLooking() {
        return looking;
    }

    /** The numbers in a range of places. */
    long[] copy(int first, int behind) {
        return numbers.copy(first, behind);
    }

    /** Begins anew with another test. */
    void use(LineTest wanted) {
        test = wanted;
        begin();
    }

    /** Only lines before this number count from now on; those that were found behind it stay. */
    void limit(long number) {
        limit = number;
        look();
    }

    /** Lines came to the store, or went. */
    void storeChanged() {
        if (store.first() > to || store.end() < from) {
            begin();
            return;
        }
        from = Math.max(from, store.first());
        to = Math.min(to, store.end());
        numbers.keep(from, to);
        changed.run();
        look();
    }

    /** Does this as soon as all lines have been looked at. */
    public void whenIdle(Runnable action) {
        if (looking) {
            whenIdle.add(action);
        } else {
            action.run();
        }
    }

    /** Looks no further. */
    void close() {
        closed = true;
        asked.drop();
    }

    private void begin() {
        asked.drop();
        looking = false;
        numbers.clear();
        from = Math.min(limit, store.end());
        to = from;
        changed.run();
        look();
    }

    private void look() {
        if (looking || closed) {
            return;
        }
        long newest = Math.min(limit, store.end());
        if (to < newest) {
            look(to, Math.min(newest, to + PIECE_LINES));
        } else if (from > store.first()) {
            look(Math.max(store.first(), from - PIECE_LINES), from);
        } else {
            List<Runnable> actions = List.copyOf(whenIdle);
            whenIdle.clear();
            actions.forEach(Runnable::run);
        }
    }

    private void look(long first, long behind) {
        looking = true;
        List<Slice> slices = store.slices(first, behind);
        LineTest wanted = test;
        Answer<long[]> answer = Background.run(background, window, () -> passing(slices, wanted));
        asked = answer;
        answer.done(found -> found(first, behind, found)).failed(problem -> {
            looking = false;
            test = LineTest.NONE;
            failed.accept(problem.text());
        });
    }

    private void found(long first, long behind, long[] found) {
        looking = false;
        if (first == to) {
            numbers.addLast(found);
            to = behind;
        } else if (behind == from) {
            numbers.addFirst(found);
            from = first;
        }
        // Some may have gone in between.
        from = Math.max(from, Math.min(store.first(), to));
        to = Math.max(from, Math.min(to, store.end()));
        numbers.keep(from, to);
        look();
        changed.run();
    }

    private static long[] passing(List<Slice> slices, LineTest test) throws WrongExpression {
        LongStream.Builder found = LongStream.builder();
        for (Slice slice : slices) {
            for (int i = slice.from(); i < slice.to(); i++) {
                if (test.takes(slice.segment(), i)) {
                    found.add(slice.first() + i);
                }
            }
        }
        return found.build().toArray();
    }
}

package org.confmail.console.remote;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Does the same with many, one after the other, so that a server is never asked for many things at a time. */
public final class OneByOne<T> {
    private final Function<T, ? extends Answer<?>> action;
    private final Iterator<T> items;
    private final List<T> done = new ArrayList<>();
    private final List<Refused<T>> refused = new ArrayList<>();
    private final Answer<Tally<T>> answer = new Answer<>();
    /** Answers that are there at once are taken in a loop: no item is a step deeper on the stack. */
    private boolean asking;

    private OneByOne(List<T> items, Function<T, ? extends Answer<?>> action) {
        this.items = List.copyOf(items).iterator();
        this.action = action;
    }

    /** Does it with each of them, also behind one that was refused; when the server is gone the rest is left. */
    public static <T> Answer<Tally<T>> all(List<T> items, Function<T, ? extends Answer<?>> action) {
        OneByOne<T> work = new OneByOne<>(items, action);
        work.goOn();
        return work.answer;
    }

    private void goOn() {
        if (asking) {
            return;
        }
        asking = true;
        boolean answered = true;
        while (answered && items.hasNext()) {
            T item = items.next();
            Answer<?> asked = action.apply(item);
            asked.done(_ -> done.add(item)).failed(problem -> refuse(item, problem));
            answered = asked.isOver();
            if (!answered) {
                asked.ended(this::goOn);
            }
        }
        asking = false;
        if (answered) {
            answer.complete(new Tally<>(List.copyOf(done), List.copyOf(refused)));
        }
    }

    private void refuse(T item, Problem problem) {
        refused.add(new Refused<>(item, problem));
        if (problem.error().isEmpty()) {
            items.forEachRemaining(left -> refused.add(new Refused<>(left, problem)));
        }
    }

    /**
     * What came of it.
     *
     * @param done with whom it was done
     * @param refused with whom it was not
     */
    public record Tally<T>(List<T> done, List<Refused<T>> refused) {}

    /** With whom it was not done, and why. */
    public record Refused<T>(T item, Problem problem) {}
}

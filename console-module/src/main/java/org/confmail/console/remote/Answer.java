package org.confmail.console.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The answer to a call, which comes later, or never: who does not want it any more drops it. Belongs to the thread of the
 * window: it is completed there, and there the consumers run, at once when the answer is there already.
 */
public final class Answer<R> {
    private final List<Consumer<R>> whenDone = new ArrayList<>();
    private final List<Consumer<Problem>> whenFailed = new ArrayList<>();
    private Optional<R> result = Optional.empty();
    private Optional<Problem> problem = Optional.empty();
    private boolean dropped;

    /** An answer that is there already. */
    public static <R> Answer<R> of(R result) {
        Answer<R> answer = new Answer<>();
        answer.complete(result);
        return answer;
    }

    /** A failure that is there already. */
    public static <R> Answer<R> failure(Problem problem) {
        Answer<R> answer = new Answer<>();
        answer.fail(problem);
        return answer;
    }

    /** Does this with the result. */
    public Answer<R> done(Consumer<R> consumer) {
        result.ifPresentOrElse(consumer, () -> whenDone.add(consumer));
        return this;
    }

    /** Does this when there is none. */
    public Answer<R> failed(Consumer<Problem> consumer) {
        problem.ifPresentOrElse(consumer, () -> whenFailed.add(consumer));
        return this;
    }

    /** Does this in either case, after what was said before. */
    public Answer<R> ended(Runnable action) {
        return done(_ -> action.run()).failed(_ -> action.run());
    }

    /** Forgets the consumers: nobody is told any more. */
    public void drop() {
        dropped = true;
        whenDone.clear();
        whenFailed.clear();
    }

    /** Whether it has come, or will not be told. */
    public boolean isOver() {
        return dropped || result.isPresent() || problem.isPresent();
    }

    /** Tells the result; only the first end counts. */
    public void complete(R value) {
        if (!isOver()) {
            result = Optional.of(value);
            List.copyOf(whenDone).forEach(consumer -> consumer.accept(value));
            whenDone.clear();
            whenFailed.clear();
        }
    }

    /** Tells the failure; only the first end counts. */
    public void fail(Problem failure) {
        if (!isOver()) {
            problem = Optional.of(failure);
            List.copyOf(whenFailed).forEach(consumer -> consumer.accept(failure));
            whenDone.clear();
            whenFailed.clear();
        }
    }
}

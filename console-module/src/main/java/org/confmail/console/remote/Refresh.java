package org.confmail.console.remote;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.value.ChangeListener;

/**
 * Asks the server the same again and again while a view is on the screen and the server is there: at once, whenever it is back,
 * and a period after each answer, so that a slow server is not asked twice at a time. Belongs to the thread of the window.
 */
public final class Refresh<R> {
    private final Remote remote;
    private final Clockwork clockwork;
    private final Duration period;
    private final Supplier<Answer<R>> question;
    private final Consumer<R> sink;
    private final Consumer<Problem> problems;
    private final ChangeListener<LinkState> listener = (_, _, _) -> now();
    private Optional<Answer<R>> asked = Optional.empty();
    private Optional<Clockwork.Repeating> next = Optional.empty();
    private boolean running;
    private boolean again;

    /**
     * Asks nothing yet.
     *
     * @param period from an answer to the next question
     * @param question asks
     * @param sink takes each answer
     * @param problems told of each failure
     */
    public Refresh(
            Remote remote,
            Clockwork clockwork,
            Duration period,
            Supplier<Answer<R>> question,
            Consumer<R> sink,
            Consumer<Problem> problems) {
        this.remote = remote;
        this.clockwork = clockwork;
        this.period = period;
        this.question = question;
        this.sink = sink;
        this.problems = problems;
    }

    /** Begins to ask; does nothing when it has begun. */
    public void start() {
        if (!running) {
            running = true;
            remote.state().addListener(listener);
            now();
        }
    }

    /** Stops asking; an answer that is under way is not told. */
    public void stop() {
        running = false;
        again = false;
        remote.state().removeListener(listener);
        asked.ifPresent(Answer::drop);
        asked = Optional.empty();
        stopWaiting();
    }

    /** Asks now, or once more behind the question that is under way: after something was changed. */
    public void now() {
        if (!running || !remote.state().get().connected()) {
            asked.ifPresent(Answer::drop);
            asked = Optional.empty();
            return;
        }
        if (asked.filter(answer -> !answer.isOver()).isPresent()) {
            again = true;
            return;
        }
        stopWaiting();
        again = false;
        Answer<R> answer = question.get();
        asked = Optional.of(answer);
        answer.done(sink).failed(problems).ended(this::plan);
    }

    private void plan() {
        asked = Optional.empty();
        if (!running) {
            return;
        }
        if (again) {
            now();
            return;
        }
        stopWaiting();
        next = Optional.of(clockwork.every(period, this::now));
    }

    private void stopWaiting() {
        next.ifPresent(Clockwork.Repeating::stop);
        next = Optional.empty();
    }
}

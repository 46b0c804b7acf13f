package org.confmail.console.view;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Problem;

/** Work that would hold up the window: its answer comes in the thread of the window. */
public final class Background {
    private Background() {}

    /** Does the work in {@code background} and tells in {@code window}. */
    public static <R> Answer<R> run(Executor background, Executor window, Callable<R> work) {
        Answer<R> answer = new Answer<>();
        background.execute(() -> {
            try {
                R result = work.call();
                window.execute(() -> answer.complete(result));
            } catch (Exception e) {
                window.execute(() -> answer.fail(Problem.of(e)));
            }
        });
        return answer;
    }
}

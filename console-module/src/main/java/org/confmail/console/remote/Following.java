package org.confmail.console.remote;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.value.ChangeListener;
import org.confmail.console.remote.Remote.Subscription;

/**
 * A subscription that lasts: it is made whenever the server is there, until it is closed. Belongs to the thread of the window.
 */
public final class Following {
    private final Remote remote;
    private final Supplier<Answer<Subscription>> subscribe;
    private final Runnable begun;
    private final Consumer<Problem> problems;
    private final ChangeListener<LinkState> listener = (_, _, state) -> changed(state);
    private Optional<Answer<Subscription>> asked = Optional.empty();
    private Optional<Subscription> open = Optional.empty();

    private Following(
            Remote remote, Supplier<Answer<Subscription>> subscribe, Runnable begun, Consumer<Problem> problems) {
        this.remote = remote;
        this.subscribe = subscribe;
        this.begun = begun;
        this.problems = problems;
    }

    /**
     * Begins to follow.
     *
     * @param subscribe makes the subscription; called again whenever the server is back
     * @param begun told whenever it is made
     * @param problems told when the server refuses; neither is told after this was closed
     */
    public static Following of(
            Remote remote, Supplier<Answer<Subscription>> subscribe, Runnable begun, Consumer<Problem> problems) {
        Following following = new Following(remote, subscribe, begun, problems);
        remote.state().addListener(following.listener);
        following.changed(remote.state().get());
        return following;
    }

    /** Stops following. */
    public void close() {
        remote.state().removeListener(listener);
        end();
    }

    private void changed(LinkState state) {
        end();
        if (state.connected()) {
            Answer<Subscription> answer = subscribe.get();
            asked = Optional.of(answer);
            answer.done(made -> {
                if (isWanted(answer)) {
                    open = Optional.of(made);
                    begun.run();
                } else {
                    // Closed while it was being made: it must not stay open unheard.
                    made.close();
                }
            });
            answer.failed(problem -> {
                if (isWanted(answer)) {
                    problems.accept(problem);
                }
            });
        }
    }

    private boolean isWanted(Answer<Subscription> answer) {
        return asked.filter(answer::equals).isPresent();
    }

    private void end() {
        asked = Optional.empty();
        open.ifPresent(Subscription::close);
        open = Optional.empty();
    }
}

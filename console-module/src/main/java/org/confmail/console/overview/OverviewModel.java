package org.confmail.console.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ChangeListener;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.LinkState;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Refresh;
import org.confmail.console.remote.Remote;
import org.confmail.console.remote.Watch;
import org.confmail.shared.admin.ServerMethods;
import org.confmail.shared.admin.ServerMethods.Health;
import org.confmail.shared.admin.ServerMethods.State;

/**
 * The server at a glance. Its state is asked for from the first look on until the window shows another server, so that the
 * history has no holes; its health, for which it writes a file, only while the view is on the screen. Belongs to the thread of
 * the window.
 */
final class OverviewModel implements Watch {
    static final Duration STATE_PERIOD = Duration.ofSeconds(5);
    static final Duration HEALTH_PERIOD = Duration.ofSeconds(20);

    private final Remote remote;
    private final Clockwork clockwork;
    private final History history = new History();
    private final Refresh<State> states;
    private final Refresh<Health> healths;
    private final ChangeListener<LinkState> listener = (_, _, _) -> publish();
    private final ReadOnlyObjectWrapper<Glance> glance = new ReadOnlyObjectWrapper<>();
    private Optional<State> state = Optional.empty();
    private Optional<Health> health = Optional.empty();
    private Optional<Instant> looked = Optional.empty();
    private Optional<Problem> problem = Optional.empty();

    /** Asks nothing yet. */
    OverviewModel(Remote remote, Clockwork clockwork) {
        this.remote = remote;
        this.clockwork = clockwork;
        this.states = new Refresh<>(
                remote, clockwork, STATE_PERIOD, () -> remote.call(ServerMethods.STATE), this::take, this::failed);
        this.healths = new Refresh<>(
                remote, clockwork, HEALTH_PERIOD, () -> remote.call(ServerMethods.HEALTH), this::take, this::failed);
        publish();
    }

    /**
     * All that is shown.
     *
     * @param connected whether the server is there now
     * @param state what it told last
     * @param health what its health was when it was last looked at
     * @param looked when it last told something
     * @param attentions what needs attention, failures first
     * @param problem why the last question was not answered, if so
     */
    record Glance(
            boolean connected,
            Optional<State> state,
            Optional<Health> health,
            Optional<Instant> looked,
            List<Attention> attentions,
            Optional<Problem> problem) {}

    ReadOnlyObjectProperty<Glance> glance() {
        return glance.getReadOnlyProperty();
    }

    History history() {
        return history;
    }

    @Override
    public void start() {
        remote.state().removeListener(listener);
        remote.state().addListener(listener);
        states.start();
        healths.start();
    }

    @Override
    public void stop() {
        healths.stop();
    }

    void close() {
        remote.state().removeListener(listener);
        states.stop();
        healths.stop();
    }

    @Override
    public void refresh() {
        states.now();
        healths.now();
    }

    private void take(State told) {
        state = Optional.of(told);
        history.add(History.Sample.of(told, clockwork.now()));
        answered();
    }

    private void take(Health told) {
        health = Optional.of(told);
        answered();
    }

    private void answered() {
        problem = Optional.empty();
        looked = Optional.of(clockwork.now());
        publish();
    }

    private void failed(Problem failure) {
        problem = Optional.of(failure);
        publish();
    }

    private void publish() {
        glance.set(new Glance(
                remote.state().get().connected(),
                state,
                health,
                looked,
                Attention.of(state, health, clockwork.now()),
                problem));
    }
}

package org.confmail.console.connections;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.Following;
import org.confmail.console.remote.OneByOne;
import org.confmail.console.remote.OneByOne.Tally;
import org.confmail.console.remote.PagedList;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Refresh;
import org.confmail.console.remote.Remote;
import org.confmail.console.remote.Remote.Subscription;
import org.confmail.console.remote.Told;
import org.confmail.console.remote.Watch;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.ConnectionMethods.Changed;
import org.confmail.shared.admin.ConnectionMethods.Connection;
import org.confmail.shared.admin.ConnectionMethods.Connections;
import org.confmail.shared.admin.ConnectionMethods.Page;
import org.confmail.shared.admin.ConnectionMethods.Which;

/**
 * The open connections, as the server tells their changes; where it does not, it is asked again and again. What was told last
 * stays while the server is gone. Belongs to the thread of the window.
 */
final class ConnectionsModel implements Watch {
    /** More are not listed: nobody reads on, and the window stays quick. */
    static final int LISTED_MAX = 10_000;

    private static final int PAGE = 1000;
    private static final Duration POLLED = Duration.ofSeconds(2);
    /** While changes are told, in case that one was missed. */
    private static final Duration CHECKED = Duration.ofSeconds(30);

    private final Remote remote;
    private final Refresh<List<Connection>> polling;
    private final Refresh<List<Connection>> checking;
    private final Told<Long, Connection> open = new Told<>(LISTED_MAX, Connection::number);
    private final ReadOnlyObjectWrapper<List<Connection>> connections = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyBooleanWrapper live = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Following> following = Optional.empty();
    private int total;

    ConnectionsModel(Remote remote, Clockwork clockwork) {
        this.remote = remote;
        this.polling = asking(clockwork, POLLED);
        this.checking = asking(clockwork, CHECKED);
    }

    /** The oldest first. */
    ReadOnlyObjectProperty<List<Connection>> connections() {
        return connections.getReadOnlyProperty();
    }

    /** Whether changes are told at once. */
    ReadOnlyBooleanProperty live() {
        return live.getReadOnlyProperty();
    }

    /** Why the list is not told, if it is not. */
    ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    /** How many are open in all; more than are listed when they are very many. */
    int total() {
        return total;
    }

    /** Follows from now on. */
    @Override
    public void start() {
        if (following.isEmpty()) {
            polling.start();
            following = Optional.of(Following.of(remote, this::follow, () -> setLive(true), _ -> setLive(false)));
        }
    }

    /** Asks no more. */
    @Override
    public void stop() {
        following.ifPresent(Following::close);
        following = Optional.empty();
        polling.stop();
        checking.stop();
    }

    @Override
    public void refresh() {
        (live.get() ? checking : polling).now();
    }

    /** Cuts them, one after the other. */
    Answer<Tally<Connection>> cut(List<Connection> chosen) {
        return OneByOne.all(chosen, connection -> remote.call(ConnectionMethods.CLOSE, new Which(connection.number())))
                .ended(this::refresh);
    }

    private Refresh<List<Connection>> asking(Clockwork clockwork, Duration period) {
        return new Refresh<>(remote, clockwork, period, this::ask, this::took, this::failed);
    }

    private Answer<Subscription> follow() {
        return remote.subscribe(ConnectionMethods.FOLLOW, Nothing.AT_ALL, ConnectionMethods.CHANGED, this::changed);
    }

    /** Also asks for the whole list: what changed before the subscription was told to nobody. */
    private void setLive(boolean told) {
        live.set(told);
        (told ? polling : checking).stop();
        Refresh<List<Connection>> asking = told ? checking : polling;
        asking.start();
        asking.now();
    }

    private Answer<List<Connection>> ask() {
        open.asking();
        return PagedList.all(
                after -> remote.call(ConnectionMethods.LIST, new Page(after, Optional.of(PAGE)))
                        .done(page -> total = page.total()),
                Connections::connections,
                Connections::next,
                LISTED_MAX);
    }

    private void took(List<Connection> listed) {
        open.listed(listed);
        problem.set(Optional.empty());
        publish();
    }

    private void failed(Problem why) {
        open.unanswered();
        problem.set(Optional.of(why));
    }

    private void changed(Changed changed) {
        changed.connections().forEach(open::changed);
        changed.closed().forEach(open::gone);
        total = changed.total();
        publish();
        if (changed.lost() > 0) {
            checking.now();
        }
    }

    private void publish() {
        connections.set(open.all());
    }
}

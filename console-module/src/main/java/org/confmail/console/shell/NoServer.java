package org.confmail.console.shell;

import static org.confmail.console.text.Texts.text;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.LinkState;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Remote;
import org.confmail.shared.admin.AdminEvent;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.AdminMethod;

/** The server before one was chosen: nothing can be asked of it. */
final class NoServer implements Remote {
    private final ReadOnlyObjectWrapper<LinkState> state = new ReadOnlyObjectWrapper<>(new LinkState.Connecting());

    @Override
    public ReadOnlyObjectProperty<LinkState> state() {
        return state.getReadOnlyProperty();
    }

    @Override
    public <P extends Record, R extends Record> Answer<R> call(AdminMethod<P, R> method, P params) {
        return Answer.failure(problem());
    }

    @Override
    public <P extends Record, E extends Record> Answer<Subscription> subscribe(
            AdminMethod<P, Subscribed> method, P params, AdminEvent<E> event, Consumer<E> sink) {
        return Answer.failure(problem());
    }

    @Override
    public <E extends Record> Subscription listen(AdminEvent<E> event, Consumer<E> sink) {
        return () -> {};
    }

    private static Problem problem() {
        return new Problem(Optional.empty(), text("status.nobody"));
    }
}

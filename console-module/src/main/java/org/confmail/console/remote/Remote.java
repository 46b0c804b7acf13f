package org.confmail.console.remote;

import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.confmail.shared.admin.AdminEvent;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.AdminMethod;
import org.confmail.shared.admin.AdminMethod.Nothing;

/** A server that is operated. Used from the thread of the window only; nothing here waits. */
public interface Remote {

    /** Whether it is there; changes in the thread of the window. */
    ReadOnlyObjectProperty<LinkState> state();

    /** Calls a method. While the server is not there the answer is a failure at once. */
    <P extends Record, R extends Record> Answer<R> call(AdminMethod<P, R> method, P params);

    /** Calls a method that takes no parameters. */
    default <R extends Record> Answer<R> call(AdminMethod<Nothing, R> method) {
        return call(method, Nothing.AT_ALL);
    }

    /**
     * Subscribes to an event. A subscription ends with the connection: who follows over a restart of the server subscribes
     * again when it is back ({@link Following} does).
     *
     * @param sink told of each event, in order
     */
    <P extends Record, E extends Record> Answer<Subscription> subscribe(
            AdminMethod<P, Subscribed> method, P params, AdminEvent<E> event, Consumer<E> sink);

    /** Listens to an event that comes without a subscription, as long as the returned subscription is open. */
    <E extends Record> Subscription listen(AdminEvent<E> event, Consumer<E> sink);

    /** What ends with {@link #close}. */
    interface Subscription {
        /** Ends it; no event is told after this returns. */
        void close();
    }
}

package org.confmail.server.admin.rpc;

import org.confmail.shared.admin.AdminEvent;
import org.confmail.shared.admin.AdminException;

/** Who called a method. */
public interface Caller {

    /** The user of this machine, for the log. */
    String who();

    /**
     * Has {@code feed} sent to the caller, from behind the answer to the present request on.
     *
     * @return the number of the subscription
     * @throws AdminException when the caller has too many
     */
    AdminEvent.Subscribed subscribe(Feed feed) throws AdminException;

    /** Ends a subscription; false when there is none of that number. */
    boolean unsubscribe(long subscription);

    /** Has {@code work}, which must not block, done when the answer to the present request was sent, or never will be. */
    void afterwards(Runnable work);

    /** Sends an event; one that the caller is too slow for is dropped. */
    <E extends Record> void tell(AdminEvent<E> event, E params);
}

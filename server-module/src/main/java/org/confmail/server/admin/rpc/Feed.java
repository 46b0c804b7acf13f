package org.confmail.server.admin.rpc;

import java.util.Optional;
import org.confmail.shared.admin.AdminMessage;

/** What a subscriber gets, fetched when it can take more. Used by one thread at a time. */
public interface Feed extends AutoCloseable {

    /** The next notification for this subscription, or empty where there is nothing new. Never blocks. */
    Optional<AdminMessage.Notification> next(long subscription);

    @Override
    void close();
}

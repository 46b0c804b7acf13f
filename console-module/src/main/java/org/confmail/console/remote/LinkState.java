package org.confmail.console.remote;

import java.time.Instant;
import org.confmail.shared.admin.SessionMethods;

/** Whether the server is there. */
public sealed interface LinkState {

    /** Whether calls can be made. */
    default boolean connected() {
        return false;
    }

    /** The first attempt, or one that was asked for, is under way. */
    record Connecting() implements LinkState {}

    /** It is there. */
    record Connected(SessionMethods.Welcome server) implements LinkState {
        @Override
        public boolean connected() {
            return true;
        }
    }

    /**
     * It is not there.
     *
     * @param reason why, in words
     * @param since since when
     * @param nextAttempt when it is tried again
     */
    record Gone(String reason, Instant since, Instant nextAttempt) implements LinkState {}
}

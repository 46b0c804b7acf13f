package org.confmail.console.remote;

import java.util.Objects;
import java.util.Optional;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;

/**
 * Why something was not done.
 *
 * @param error what the server says; empty when it could not be asked, or when something on this machine failed
 * @param text in words, for an operator
 */
public record Problem(Optional<AdminError> error, String text) {

    /** What this failure means to an operator. */
    public static Problem of(Throwable failure) {
        if (failure instanceof AdminException refused) {
            return new Problem(Optional.of(refused.error()), refused.text());
        }
        return new Problem(Optional.empty(), Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
    }

    /** Whether the server said so for this reason. */
    public boolean is(AdminError reason) {
        return error.filter(reason::equals).isPresent();
    }
}

package org.confmail.shared.admin;

import java.util.Objects;

/** A request that was not done. The message says what is wrong, or failed, and what would be right. */
public final class AdminException extends Exception {
    private static final long serialVersionUID = 1L;

    private final AdminError error;

    public AdminException(AdminError error, String message) {
        super(message);
        this.error = error;
    }

    public AdminException(AdminError error, String message, Throwable cause) {
        super(message, cause);
        this.error = error;
    }

    public AdminError error() {
        return error;
    }

    /** The message, for an operator. */
    public String text() {
        return Objects.requireNonNull(getMessage());
    }
}

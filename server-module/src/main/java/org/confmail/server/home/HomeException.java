package org.confmail.server.home;

import org.jspecify.annotations.Nullable;

/** A home directory cannot be used or made. The message is for the operator: which home, what is wrong, what to do. */
public final class HomeException extends Exception {
    private final String text;

    HomeException(String message) {
        this(message, null);
    }

    HomeException(String message, @Nullable Throwable cause) {
        super(message, cause);
        text = message;
    }

    /** The text for the operator; never null. */
    @Override
    public String getMessage() {
        return text;
    }
}

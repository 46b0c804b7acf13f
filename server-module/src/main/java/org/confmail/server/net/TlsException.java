package org.confmail.server.net;

import org.jspecify.annotations.Nullable;

/** A file of the TLS identity cannot be used. The message is for the operator: which file, what is wrong, what to do. */
public final class TlsException extends Exception {
    private final String text;

    TlsException(String message) {
        this(message, null);
    }

    TlsException(String message, @Nullable Throwable cause) {
        super(message, cause);
        text = message;
    }

    /** The text for the operator; never null. */
    @Override
    public String getMessage() {
        return text;
    }
}

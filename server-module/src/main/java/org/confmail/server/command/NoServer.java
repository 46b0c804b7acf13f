package org.confmail.server.command;

import java.io.IOException;

/** Nobody answers at the admin socket; the message says where and what to do. */
final class NoServer extends IOException {
    private static final long serialVersionUID = 1L;

    NoServer(String message, Throwable cause) {
        super(message, cause);
    }
}

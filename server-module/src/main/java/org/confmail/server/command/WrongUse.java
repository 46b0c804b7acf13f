package org.confmail.server.command;

/** Words that make no sense; the message says what would. */
final class WrongUse extends Exception {
    private static final long serialVersionUID = 1L;

    WrongUse(String message) {
        super(message, null, false, false);
    }
}

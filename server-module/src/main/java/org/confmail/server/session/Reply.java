package org.confmail.server.session;

/**
 * The answers that are one line. Clients know no others: a new one would make them hang or lose step (PROTOCOL section 2).
 */
final class Reply {
    static final String GREETING = "CONFIDANT MAIL SERVER PROTOCOL 1 READY";
    static final String BUSY = "CONFIDANT MAIL SERVER PROTOCOL 1 BUSY";
    static final String PROCEED = "PROCEED";
    static final String ENCRYPTED = "ENCRYPTED";
    static final String PONG = "PONG";
    static final String GOODBYE = "GOODBYE";
    static final String DONE = "DONE";
    static final String FAILED = "FAILED";
    static final String NOT_FOUND = "NOT FOUND";
    static final String INVALID_COMMAND = "INVALID COMMAND";
    static final String PASS = "PASS";
    static final String FAIL = "FAIL ";
    static final String TXT = "TXT: ";
    static final String END_BLOCK = "EndBlock";

    private Reply() {}
}

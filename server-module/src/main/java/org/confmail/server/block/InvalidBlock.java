package org.confmail.server.block;

/**
 * Says why a block, or one part of a block, is invalid; never leaves the package. Carries no stack trace: a hostile post may
 * hold thousands of invalid parts.
 */
final class InvalidBlock extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    InvalidBlock(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** For the operator's log; what it cites of the peer's text is escaped and short. */
    String reason() {
        return reason;
    }
}

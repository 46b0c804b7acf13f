package org.confmail.server.openpgp;

/** Says why something is no OpenPGP that this server takes. Carries no stack trace: it costs a hostile peer nothing to cause. */
public final class OpenPgpException extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    OpenPgpException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** For the operator's log; cites nothing of the input but numbers. */
    public String reason() {
        return reason;
    }
}

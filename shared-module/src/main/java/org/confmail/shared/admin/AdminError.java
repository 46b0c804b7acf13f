package org.confmail.shared.admin;

/** Why a request was not done: the code of a JSON-RPC error, and a word for programs to look at. */
public enum AdminError {
    PARSE(-32700, "parse"),
    INVALID_REQUEST(-32600, "invalid-request"),
    UNKNOWN_METHOD(-32601, "unknown-method"),
    WRONG_PARAMS(-32602, "wrong-params"),
    /** A defect of the server; its log has the details. */
    INTERNAL(-32603, "internal"),
    /** Somebody else changed it in between: read it again. */
    CONFLICT(1, "conflict"),
    NOT_FOUND(2, "not-found"),
    /** Understood, and not done for the reason that the message gives. */
    REFUSED(3, "refused"),
    /** Tried, and something failed: a disk, a network. */
    FAILED(4, "failed"),
    /** It takes longer than an answer may; it may still come to its end. */
    TIME_OUT(5, "time-out"),
    /** Too much at once from this client or from all: try again. */
    BUSY(6, "busy"),
    /** This server does not have the part that the method needs, by its settings or its version. */
    UNAVAILABLE(7, "unavailable");

    private final int code;
    private final String word;

    AdminError(int code, String word) {
        this.code = code;
        this.word = word;
    }

    public int code() {
        return code;
    }

    /** The error of this code; one that a newer server knows counts as {@link #FAILED}. */
    static AdminError of(int code) {
        for (AdminError error : values()) {
            if (error.code == code) {
                return error;
            }
        }
        return FAILED;
    }

    /** As it stands in an error's data. */
    @Override
    public String toString() {
        return word;
    }
}

package org.confmail.server.dht.wire;

/** Bytes that are no message. Costs a counter: it has no stack trace. */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    MalformedMessageException(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    /** Why, for counting. */
    public Reason reason() {
        return reason;
    }

    /** Why bytes are refused. */
    public enum Reason {
        /** The bytes end in the middle of something, or a length says more than there is. */
        CUT_OFF,
        /** Bytes that bencoding has no meaning for. */
        NO_BENCODING,
        /** A number with a leading zero, no digits or too many. */
        BAD_NUMBER,
        /** Lists in lists in lists. */
        TOO_DEEP,
        /** The outermost dictionary has keys that repeat or don't rise. */
        KEYS_OUT_OF_ORDER,
        /** No dictionary, or one without a part that such a message has. */
        MISSING_PART,
        /** A part is of another type than the protocol says. */
        WRONG_TYPE,
        /** Neither request nor response nor error. */
        UNKNOWN_KIND,
        /** An id or key of other than 20 bytes. */
        ID_LENGTH,
        /** The fragments of a message have another id than the message. */
        OTHER_ID,
        /** A method's name, an error's type or a short answer of absurd length. */
        TEXT_TOO_LONG,
        /** A value that is no string. */
        VALUE_NO_STRING,
        /** A dictionary for an answer that holds not just one value. */
        NOT_ONE_VALUE,
        /** A list for an answer that holds other things than [id, address, port]. */
        BAD_CONTACT,
        /** More contacts than any bucket holds. */
        TOO_MANY_CONTACTS,
        /** Something follows the message. */
        TRAILING_BYTES
    }
}

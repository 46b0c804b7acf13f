package org.confmail.server.store;

/** What became of a valid block. */
public sealed interface Outcome {

    /** It is in the store, durably. */
    record Stored() implements Outcome {}

    /** What the store holds is as new or newer, and durable. */
    record Unchanged() implements Outcome {}

    /** It cannot have this place; the reason is for the operator's log. */
    record Refused(String reason) implements Outcome {}
}

package org.confmail.server.block;

/** What the rules make of a posted text block. */
public sealed interface Judgment {

    /** It may be merged with what is held under its key. */
    record Valid(TextBlock block) implements Judgment {}

    /** It is dropped; the reason is for the operator's log. */
    record Invalid(String reason) implements Judgment {}
}

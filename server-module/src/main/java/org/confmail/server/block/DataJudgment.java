package org.confmail.server.block;

/** What the rules make of the header of a data block, before its bytes are seen. */
public sealed interface DataJudgment {

    /** The bytes decide: feed them to {@link DataHeader#check()}. */
    record Valid(DataHeader header) implements DataJudgment {}

    /** The bytes are to be read away; the reason is for the operator's log. */
    record Invalid(String reason) implements DataJudgment {}
}

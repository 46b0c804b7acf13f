package org.confmail.console.lines;

import org.confmail.console.lines.Words.WrongExpression;

/** Tells which lines are wanted. Asked in the background. */
@FunctionalInterface
interface LineTest {
    /** Nothing at all. */
    LineTest NONE = (_, _) -> false;

    /**
     * Whether the line at that place of the segment is wanted.
     *
     * @throws WrongExpression when an expression takes too long to find out
     */
    boolean takes(Segment segment, int place) throws WrongExpression;
}

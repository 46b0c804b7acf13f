package org.confmail.server.log;

/** What a line of the protocol is, which decides how much of it may be logged. */
public enum LineKind {
    /** A command, of ours or of a peer. */
    COMMAND,
    /** An answer that holds no secret. */
    ANSWER,
    /** A line of a block, or of the headers in front of it. */
    BLOCK_LINE,
    /** A line that is a secret as a whole, such as each answer to GENLOGIN. */
    SECRET
}

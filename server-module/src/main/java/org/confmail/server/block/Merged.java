package org.confmail.server.block;

/** What becomes of the stored file when a valid text block meets it. */
public sealed interface Merged {

    /** The file's whole new content. The array is the receiver's own. */
    @SuppressWarnings("ArrayRecordComponent") // handed from hand to hand, never compared
    record Replace(byte[] text) implements Merged {}

    /** Nothing of the post is newer than what is held: the file stays as it is. */
    record Unchanged() implements Merged {}

    /** The file stays as it is, though the post may be newer; the reason is for the operator's log. */
    record Refused(String reason) implements Merged {}
}

package org.confmail.server.block;

/** What becomes of the stored file when a valid text block meets it. */
public sealed interface Merged {

    /** The file's whole new content, which may be merged with further posts before it is written. */
    record Replace(HeldText text) implements Merged {}

    /** Nothing of the post is newer than what is held: the file stays as it is. */
    record Unchanged() implements Merged {}

    /** The file stays as it is, though the post may be newer; the reason is for the operator's log. */
    record Refused(String reason) implements Merged {}
}

package org.confmail.server.block;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A posted text block that is valid by itself. Immutable. */
public sealed interface TextBlock permits PostedAnnouncements, PostedAcknowledgment, PostedKey, PostedClaims {

    BlockType type();

    /** How large it is, in bytes. */
    long length();

    /**
     * What becomes of what is held under the block's key. Made to be run under the leaf's lock: linear in the bytes of both.
     *
     * @param held not to be used any more where the result replaces it
     */
    Merged merge(HeldText held, Instant now);

    /**
     * The same with one stored file.
     *
     * @param held the whole file, or null where there is none
     */
    default Merged merge(byte @Nullable [] held, Instant now) {
        return merge(HeldText.of(held), now);
    }

    /** For the operator's log: what of the post was left out, and why. */
    Optional<String> remark();

    /** Whose mailbox this is new mail for, where at least one announcement in it allows the owner to be told of it. */
    default Optional<Key> newMailFor() {
        return Optional.empty();
    }
}

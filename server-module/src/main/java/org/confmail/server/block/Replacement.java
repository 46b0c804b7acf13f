package org.confmail.server.block;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a valid data block, or acknowledgment, takes the place of what is held under its key. PROTOCOL section 3. */
public sealed interface Replacement {

    /** The new block takes the place of what is held, if anything is. */
    record Replace() implements Replacement {}

    /** What is held is as new or newer, and stays. */
    record Unchanged() implements Replacement {}

    /** What is held stays, though the new block may be newer; the reason is for the operator's log. */
    record Refused(String reason) implements Replacement {}

    /**
     * Compares by Date. A data block whose bytes are a mailbox's name and recipient, and an acknowledgment of a chosen hash,
     * have the key of somebody's mailbox, claim or key, and need nobody's consent: they never replace one, or anybody could
     * wipe a mailbox (the old server lets them).
     */
    static Replacement of(@Nullable StoredHead held, Instant date, Limits limits, Instant now) {
        return switch (held) {
            case null -> new Replace();
            case StoredHead.Unreadable _ -> new Replace();
            case StoredHead.Foreign _ -> new Refused(StoredHead.FOREIGN);
            case StoredHead.Data data -> byDate(data.date(), date, limits, now);
            case StoredHead.Text text ->
                switch (text.type()) {
                    // A stored text that calls itself data is none.
                    case DATA -> new Replace();
                    case ACKNOWLEDGMENT -> byDate(text.date(), date, limits, now);
                    case MESSAGE_ANNOUNCEMENT, ADDRESS_CLAIM, KEY_ANNOUNCEMENT ->
                        new Refused("held is a block of type " + text.type().wireName());
                };
        };
    }

    /** The same for a key-announcement, which takes the place of no other type. */
    static Replacement ofKey(@Nullable StoredHead held, Instant date, Limits limits, Instant now) {
        return switch (held) {
            case null -> new Replace();
            case StoredHead.Unreadable _ -> new Replace();
            case StoredHead.Foreign _ -> new Refused(StoredHead.FOREIGN);
            case StoredHead.Data _ -> new Refused("held is a block of type " + BlockType.DATA.wireName());
            case StoredHead.Text text ->
                text.type() == BlockType.KEY_ANNOUNCEMENT
                        ? byDate(text.date(), date, limits, now)
                        : new Refused("held is a block of type " + text.type().wireName());
        };
    }

    /** A held block without a valid date, or from the future as the old server takes them, gives way to any valid one. */
    private static Replacement byDate(Optional<Instant> held, Instant date, Limits limits, Instant now) {
        boolean stays = held.filter(then -> !limits.isFuture(then, now))
                .filter(then -> !date.isAfter(then))
                .isPresent();
        return stays ? new Unchanged() : new Replace();
    }
}

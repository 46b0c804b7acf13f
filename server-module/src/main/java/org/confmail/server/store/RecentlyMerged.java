package org.confmail.server.store;

import java.util.Optional;
import org.confmail.server.block.HeldText;
import org.confmail.server.block.Key;

/**
 * The texts that were merged last, in memory: to a busy mailbox one announcement follows the other. They say nothing of what is
 * stored, which is read each time; but what of it is known to be valid need not be judged again. Safe for use by many threads.
 */
final class RecentlyMerged {
    /** A mailbox of some 3,500 announcements. */
    static final int TEXT_BYTES_MAX = 1 << 20;

    /** Of memory. */
    static final int BYTES_MAX = 8 << 20;

    /** A text of the smallest announcements takes so many times its bytes when it is taken apart. */
    static final int COST_FACTOR = 3;

    private final BoundedMap<HeldText> texts = new BoundedMap<>(BYTES_MAX, RecentlyMerged::cost);

    /** Hands out what is known of {@code key}, for one thread to work with and to bring back. */
    Optional<HeldText> take(Key key) {
        return texts.remove(key);
    }

    /** Takes a text in; nobody works with it any more. The ones that came first go, where they are too many. */
    void keep(Key key, HeldText text) {
        if (text.isWorthKnowing() && text.bytes().length <= TEXT_BYTES_MAX) {
            texts.put(key, text);
        }
    }

    private static int cost(HeldText text) {
        return COST_FACTOR * text.bytes().length;
    }
}

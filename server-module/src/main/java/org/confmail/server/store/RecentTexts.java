package org.confmail.server.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.block.StoredHead;

/**
 * The small texts that were asked for last, in memory: clients poll the same mailboxes again and again, and look up the same
 * keys. A text is good as long as its file has the {@link Version} that it was read from, which whoever asks has just looked at.
 * Safe for use by many threads.
 *
 * <p>Why a version is the same text for ever: one that is young is not kept, because a file that takes its place, and by chance
 * its number and its size, could get the same seal within the second. Each later write, and each later seal, has a later time.
 */
final class RecentTexts {
    /** A mailbox of some 40 announcements. */
    static final int TEXT_BYTES_MAX = 16 * 1024;

    /** Some 10,000 texts of the usual size. */
    static final int BYTES_MAX = 4 << 20;

    /** What a text costs beside its bytes. */
    static final int OVERHEAD_BYTES = 128;

    /** The second that a seal may have in common with a later one, and as much again for the clock that is read before it. */
    static final Duration YOUNG = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final BoundedMap<StoredStart> texts = new BoundedMap<>(BYTES_MAX, RecentTexts::cost);

    RecentTexts(InstantSource clock) {
        this.clock = clock;
    }

    /** The text of {@code key}, if it is there in this version. */
    Optional<StoredStart> of(Key key, Version version) {
        return texts.get(key).filter(text -> text.version().equals(version));
    }

    /** Takes note of what was read of a version that was settled before the reading, and the same after it. */
    void add(Key key, StoredStart text) {
        if (!(text.head() instanceof StoredHead.Text) || !text.isWhole() || text.first().length > TEXT_BYTES_MAX) {
            return;
        }
        Instant now = clock.instant();
        if (text.version().file() != null
                && text.version().modified().toInstant().isBefore(now.minus(YOUNG))) {
            texts.put(key, text);
        }
    }

    private static int cost(StoredStart text) {
        return OVERHEAD_BYTES + text.first().length;
    }
}

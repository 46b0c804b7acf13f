package org.confmail.server.store;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.confmail.server.block.Key;

/**
 * What is known of files that the existing server wrote of late: which versions were there while their leaf was locked, so that
 * they are whole, and may be read without the lock until they change. Without this a mailbox that is asked for again and again
 * would keep its writer waiting. Safe for use by many threads.
 */
final class SettledVersions {
    /** The ones asked for last; about a megabyte. Of others the next reader takes the lock. */
    static final int COUNT_MAX = 4096;

    private final InstantSource clock;
    private final Map<Key, Version> seenLocked = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Version> eldest) {
            return size() > COUNT_MAX;
        }
    };

    SettledVersions(InstantSource clock) {
        this.clock = clock;
    }

    boolean contains(Key key, Version version) {
        return version.isSettled(clock.instant()) || version.equals(seenLocked(key));
    }

    /** Takes note of a version and returns true, unless the next write may look the same. Called under the leaf's lock. */
    boolean add(Key key, Version version) {
        if (!version.isOfAnotherTick(clock.instant())) {
            return false;
        }
        synchronized (seenLocked) {
            seenLocked.put(key, version);
        }
        return true;
    }

    private Version seenLocked(Key key) {
        synchronized (seenLocked) {
            return seenLocked.getOrDefault(key, Version.NONE);
        }
    }
}

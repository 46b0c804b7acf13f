package org.confmail.server.admin;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.confmail.server.admin.rpc.Feed;
import org.confmail.server.admin.rpc.Pulse;
import org.confmail.server.follow.Followers.Following;
import org.confmail.server.time.Scheduler;
import org.confmail.shared.admin.AdminEvent;
import org.confmail.shared.admin.AdminJson;
import org.confmail.shared.admin.AdminMessage;
import org.jspecify.annotations.Nullable;

/**
 * Changes for one subscriber: notes which things have changed, each once however often it changes, and looks at them when it may
 * tell, so that what it tells is of that moment. Whoever changes something spends a look into a map. One lock, held for that.
 *
 * @param <K> names a thing
 * @param <E> what the subscriber gets
 */
final class ChangeFeed<K, E extends Record> implements Feed {
    /** Between two events: a person does not read faster, and what changes a thousand times a second costs four looks. */
    static final Duration PERIOD = Duration.ofMillis(250);

    /** Things that are noted for a client that does not read; more are only counted. */
    static final int THINGS_MAX = 4096;

    /** Things of one event, which has far less than the 2 MiB of a message then. */
    private static final int TOLD_MAX = 500;

    private final AdminEvent<E> event;
    private final Maker<K, E> maker;
    private final Pulse pulse;
    private final Scheduler scheduler;
    private final ReentrantLock lock = new ReentrantLock();
    // All guarded by the lock.
    private final Map<K, Boolean> things = new LinkedHashMap<>();
    private long lost;
    private boolean resting;
    private @Nullable Following following;
    private boolean closed;

    ChangeFeed(AdminEvent<E> event, Pulse pulse, Scheduler scheduler, Maker<K, E> maker) {
        this.event = event;
        this.maker = maker;
        this.pulse = pulse;
        this.scheduler = scheduler;
    }

    /** Ends {@code source} with this feed. */
    ChangeFeed<K, E> of(Following source) {
        lock.lock();
        try {
            following = source;
        } finally {
            lock.unlock();
        }
        return this;
    }

    /**
     * A thing has changed.
     *
     * @param more true if so has what the maker tells of it beside; stays true until it is told
     */
    void changed(K thing, boolean more) {
        boolean tell;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (things.size() < THINGS_MAX || things.containsKey(thing)) {
                things.merge(thing, more, Boolean::logicalOr);
            } else {
                lost++;
            }
            tell = !resting;
        } finally {
            lock.unlock();
        }
        if (tell) {
            pulse.give();
        }
    }

    @Override
    public Optional<AdminMessage.Notification> next(long subscription) {
        Map<K, Boolean> taken = new LinkedHashMap<>();
        long missed;
        lock.lock();
        try {
            if (resting || closed || (things.isEmpty() && lost == 0)) {
                return Optional.empty();
            }
            Iterator<Map.Entry<K, Boolean>> each = things.entrySet().iterator();
            while (each.hasNext() && taken.size() < TOLD_MAX) {
                Map.Entry<K, Boolean> thing = each.next();
                taken.put(thing.getKey(), thing.getValue());
                each.remove();
            }
            missed = lost;
            lost = 0;
            resting = true;
        } finally {
            lock.unlock();
        }
        scheduler.after(PERIOD, this::rested);
        return Optional.of(
                new AdminMessage.Notification(event.name(), AdminJson.tree(maker.make(subscription, missed, taken))));
    }

    private void rested() {
        lock.lock();
        try {
            resting = false;
        } finally {
            lock.unlock();
        }
        pulse.give();
    }

    @Override
    public void close() {
        Following source;
        lock.lock();
        try {
            closed = true;
            things.clear();
            source = following;
        } finally {
            lock.unlock();
        }
        if (source != null) {
            source.close();
        }
    }

    /** Looks at what has changed. */
    @FunctionalInterface
    interface Maker<K, E extends Record> {
        /**
         * The parameters of an event.
         *
         * @param lost how many changes of other things were not noted
         * @param things what has changed, and whether so has what is told of it beside
         */
        E make(long subscription, long lost, Map<K, Boolean> things);
    }
}

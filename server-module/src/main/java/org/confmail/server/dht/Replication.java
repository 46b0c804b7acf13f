package org.confmail.server.dht;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the held blocks again that nobody has published for an hour, as long as they are valid, and lets go of those that
 * are not. Walks over all that is held, a few blocks at a time, so that neither memory nor the network feels it. Belongs to
 * the loop.
 */
final class Replication {
    /** Blocks on the way at the same time; with half a second for each, some 30,000 an hour. */
    private static final int PARALLEL = 4;
    /** After which a walk goes on that found the workers busy. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger("dht");

    private final Publisher publisher;
    private final HeldWork held;
    private final EventLoop loop;
    private final DhtCounters counters;
    /** The walk that is under way. */
    private Held.@Nullable Walk walking;

    /** Whether blocks are published on the walk; else those that are too old go, and that is all. */
    private boolean publishing;

    private boolean stepping;
    private int onTheWay;
    private OptionalLong count = OptionalLong.empty();
    private long replicated;
    private long expired;

    Replication(Publisher publisher, HeldWork held, EventLoop loop, DhtCounters counters) {
        this.publisher = publisher;
        this.held = held;
        this.loop = loop;
        this.counters = counters;
    }

    /** How many blocks the last whole walk saw; empty before it. */
    OptionalLong held() {
        return count;
    }

    /** Begins a walk that publishes blocks again, unless one is under way. */
    void start() {
        start(true);
    }

    /** Begins a walk that publishes nothing, for a node that knows no other: what is too old goes all the same. */
    void startAlone() {
        start(false);
    }

    private void start(boolean toPublish) {
        if (walking == null) {
            walking = held.walk();
            publishing = toPublish;
            replicated = 0;
            expired = 0;
            step(walking);
        }
    }

    /** Goes on with this walk, unless it has ended: what it has given may still be on the way then. */
    @SuppressWarnings("ReferenceEquality") // a walk is itself
    private void step(Held.Walk walk) {
        if (walking != walk || stepping || onTheWay >= PARALLEL) {
            return;
        }
        stepping = held.step(walk, step -> {
            stepping = false;
            stepped(walk, step);
        });
        if (!stepping) {
            loop.after(PAUSE, () -> step(walk));
        }
    }

    private void stepped(Held.Walk walk, Held.Step step) {
        switch (step) {
            case Held.Step.Due due -> {
                if (publishing) {
                    replicate(walk, due);
                }
            }
            case Held.Step.Expired(var key) -> {
                expired++;
                counters.blocksExpired().increment();
                LOG.debug("block {} has reached its age limit and is no longer held", key);
            }
            case Held.Step.More() -> {}
            case Held.Step.End(long seen) -> {
                walking = null;
                count = OptionalLong.of(seen);
                if (replicated + expired > 0) {
                    LOG.debug("{} blocks held, {} published again, {} expired", seen, replicated, expired);
                }
            }
        }
        step(walk);
    }

    private void replicate(Held.Walk walk, Held.Step.Due due) {
        onTheWay++;
        publisher.give(due.key(), due.value(), due.origin(), publication -> {
            if (publication instanceof Publication.Published published && published.nodes() > 0) {
                replicated++;
                counters.blocksReplicated().increment();
                held.published(due.key(), () -> ended(walk));
            } else {
                ended(walk);
            }
        });
    }

    private void ended(Held.Walk walk) {
        onTheWay--;
        step(walk);
    }
}

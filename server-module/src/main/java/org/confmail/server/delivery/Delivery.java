package org.confmail.server.delivery;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.confmail.server.block.Key;
import org.confmail.server.config.Settings;
import org.confmail.server.delivery.peer.Peers;
import org.confmail.server.disk.Disk;
import org.confmail.server.follow.Followers;
import org.confmail.server.follow.Followers.Following;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.time.Scheduler;
import org.confmail.server.time.Ticker;

/**
 * Sends what waits in the send queue, and lets an operator see and change how that goes. Safe for use by many threads; what it
 * returns are snapshots. Its monitor is held while a target is held or released, so that the file of holds tells what is done.
 */
public final class Delivery implements AutoCloseable {
    /** The sender counts as dead after so many run_queue_intervals without a look at the queue (PROTOCOL section 2). */
    private static final int INTERVALS_MAX = 8;

    private final SendQueue queue;
    private final Supplier<Settings.Delivery> settings;
    private final Holds holds;
    private final Pulse pulse;
    private final Sender sender;

    /**
     * What delivery is made of.
     *
     * @param dht empty where this server has no node: what is for it waits
     * @param linger how long a session stays open with nothing to do; {@link #LINGER} in a server
     */
    public record Parts(
            SendQueue queue,
            QueuePlaces places,
            Disk disk,
            Peers peers,
            Optional<OwnDht> dht,
            Supplier<Settings.Delivery> settings,
            Supplier<Settings.Routes> routes,
            InstantSource clock,
            Ticker ticker,
            Scheduler scheduler,
            RandomGenerator random,
            Metrics metrics,
            Duration linger) {}

    /** A message is a few blocks, one after the other; a place among the 20 of an old server is not kept for longer. */
    public static final Duration LINGER = Duration.ofSeconds(1);

    private Delivery(Parts parts, Holds holds) {
        this.queue = parts.queue();
        this.settings = parts.settings();
        this.holds = holds;
        this.pulse = new Pulse(parts.ticker());
        DeliveryCounters counters = DeliveryCounters.in(parts.metrics(), queue.backlog());
        SendParts sending = new SendParts(
                queue,
                parts.peers(),
                parts.dht(),
                parts.settings(),
                parts.routes(),
                parts.clock(),
                parts.random(),
                new Expiry(queue.files(), parts.clock(), parts.settings(), counters.expired()),
                counters,
                new ServerPlaces(),
                parts.linger());
        this.sender = new Sender(sending, parts.scheduler(), pulse);
    }

    /** Begins to send what waits and what comes. */
    public static Delivery start(Parts parts) throws IOException {
        Delivery delivery = new Delivery(parts, Holds.load(parts.places().holds(), parts.disk()));
        delivery.holds.all().forEach(target -> delivery.queue.backlog().hold(target, true));
        delivery.sender.start();
        return delivery;
    }

    /** All targets that have entries, or of which there is something to tell. */
    public List<TargetStatus> targets() {
        return queue.backlog().status();
    }

    /**
     * The entries of a target as they were queued, without those in the hands of a session.
     *
     * @param from how many to pass over
     * @param count how many at most
     */
    public List<EntryStatus> entries(Target target, int from, int count) {
        return queue.backlog().entries(target).stream().skip(from).limit(count).toList();
    }

    /** Has {@code follower} told whenever a target or its entries change. See {@link Followers#follow}. */
    public Following follow(Consumer<? super TargetChange> follower) {
        return queue.backlog().followers().follow(follower);
    }

    /** The key of the block in a file of the queue, which is read for it; empty for an account change, and where it is gone. */
    public Optional<Key> blockKey(Key file) {
        return queue.files().blockKey(file);
    }

    /** Tries a target now that waits for a retry; embargoes stay. Returns false where nothing is known of it. */
    public boolean retryNow(Target target) {
        return queue.backlog().retryNow(target);
    }

    /** Settings have changed by which servers are reached: all that waits for a retry is tried now. */
    public void settingsChanged() {
        queue.backlog().retryAll();
        sender.wake();
    }

    /**
     * Stops sending to a target, after the entry that is under way, until it is {@linkplain #release released}, over restarts
     * too.
     *
     * @throws IOException when that cannot be saved; then nothing has changed
     */
    public synchronized void hold(Target target) throws IOException {
        holds.set(target, true);
        queue.backlog().hold(target, true);
    }

    /**
     * Sends to a target again.
     *
     * @throws IOException when that cannot be saved; then nothing has changed
     */
    public synchronized void release(Target target) throws IOException {
        holds.set(target, false);
        queue.backlog().hold(target, false);
    }

    /**
     * Deletes files from the queue, with their entries for all targets; they can be {@linkplain #restore brought back} for seven
     * days. One that is being sent may arrive all the same.
     *
     * @return those that were there
     * @throws IOException when one cannot be moved away; those before it have been
     */
    public List<Key> remove(List<Key> files) throws IOException {
        return queue.files().remove(files, queue.undo());
    }

    /** What was deleted and can be brought back, in the order of deletion. */
    public List<RemovedEntry> removed() throws IOException {
        return queue.undo().list();
    }

    /** Brings a deleted file back to its place in the order; returns false where it is not there any more. */
    public boolean restore(Key file) throws IOException {
        return queue.files().restore(file, queue.undo());
    }

    /** For how long the sender has not run, where that is longer than it may be; empty when all is well. */
    public Optional<Duration> overdue() {
        Duration limit = settings.get().runQueueInterval().multipliedBy(INTERVALS_MAX);
        return Optional.of(pulse.silence()).filter(silence -> silence.compareTo(limit) > 0);
    }

    /** Looks at everything now. */
    void wake() {
        sender.wake();
    }

    /** Ends the sessions that run, within seconds. What was not delivered stays in the queue. */
    @Override
    public void close() {
        sender.close();
    }
}

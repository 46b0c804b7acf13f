package org.confmail.server.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.confmail.server.block.Key;
import org.confmail.server.config.Settings;
import org.confmail.server.follow.Followers;
import org.jspecify.annotations.Nullable;

/**
 * The send queue in memory: what waits for which target, and whose turn it is. Knows no files. One lock guards all of it, held
 * for short computations only; who holds the lock on the files' names may take it, never the other way round.
 */
final class Backlog {
    /** A schedule of zeros must not turn into attempts without a pause: each costs a connection and a line in the log. */
    static final Duration RETRY_PAUSE_MIN = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Supplier<Settings.Delivery> settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Target, TargetState> targets = new HashMap<>();
    private final Agenda agenda = new Agenda();
    private long targetNumber;
    private int entries;
    private long bytes;
    private boolean stopped;
    private final Followers<TargetChange> followers = new Followers<>();
    private volatile @Nullable Runnable bell;

    Backlog(InstantSource clock, Supplier<Settings.Delivery> settings) {
        this.clock = clock;
        this.settings = settings;
    }

    /** Who is to be called when a session may have become due. It must return at once. */
    void bell(Runnable ring) {
        bell = ring;
    }

    /** Who is told when a target changes, under the lock. */
    Followers<TargetChange> followers() {
        return followers;
    }

    void add(Entry entry) {
        locked(() -> {
            TargetState target = target(entry.target());
            if (target.failures() == 0
                    && !target.sending()
                    && target.queue().due().isEmpty()) {
                target.notBefore(clock.instant().plus(delayAfter(0)));
            }
            target.queue().add(entry, clock.instant());
            entries++;
            bytes += entry.bytes();
            target.arrival().signal();
            enter(target);
            tell(target, true);
        });
    }

    /** Takes an entry out for good. */
    void remove(Entry entry) {
        locked(() -> {
            TargetState target = targets.get(entry.target());
            if (entry.place() == Entry.Place.GONE || target == null) {
                return;
            }
            target.queue().remove(entry);
            entries--;
            bytes -= entry.bytes();
            enter(target);
            tell(target, true);
        });
    }

    /** As {@link #remove}, for an entry that has been delivered. */
    void delivered(Entry entry) {
        locked(() -> {
            target(entry.target()).delivered();
            remove(entry);
        });
    }

    /** The targets among those of {@code entries} that still wait. */
    List<Target> waiting(Collection<Entry> all) {
        return underLock(() -> all.stream()
                .filter(entry -> entry.place() != Entry.Place.GONE)
                .map(Entry::target)
                .toList());
    }

    /** Begins a session with a target whose time has come, if there is one and room for it. */
    Optional<Agenda.Permit> begin() {
        return underLock(() -> {
            Optional<Agenda.Permit> permit = stopped ? Optional.empty() : agenda.begin(clock.instant());
            permit.ifPresent(begun -> tell(begun.target(), false));
            return permit;
        });
    }

    /** When {@link #begin} has something to give next, if nothing changes before. */
    Optional<Instant> next() {
        return underLock(() -> agenda.next());
    }

    /**
     * The next entry for a session, which waits up to {@code patience} for one.
     *
     * @return empty where there is none, the target is held, the session has had its turn, or the server stops
     */
    Optional<Entry> take(TargetState target, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            Instant now = clock.instant();
            while (!stopped && !target.held() && !agenda.hasHadItsTurn(target, now)) {
                Optional<Entry> entry = target.queue().take(now);
                if (entry.isPresent() || left <= 0) {
                    entry.ifPresent(_ -> tell(target, true)); // it is not listed while a session has it
                    return entry;
                }
                left = target.arrival().awaitNanos(left);
                now = clock.instant();
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a text has to be read for the data blocks that it names before it may go. */
    boolean hasDataAside(TargetState target) {
        return underLock(() -> target.queue().hasDataAside());
    }

    /** As {@link TargetQueue#admit}. */
    boolean admit(TargetState target, Entry text, Set<Key> named) {
        return underLock(() -> target.queue().admit(text, named));
    }

    /** As {@link TargetQueue#sent}. */
    void sent(TargetState target, Entry entry) {
        locked(() -> target.queue().sent(entry));
    }

    void putBack(TargetState target, Entry entry) {
        locked(() -> {
            target.queue().putBack(entry);
            tell(target, true);
        });
    }

    /** Gives an entry a back-off of its own. */
    void setBack(TargetState target, Entry entry, String words) {
        locked(() -> {
            int failures = entry.failures() + 1;
            target.queue().setBack(entry, new Setback(failures, clock.instant().plus(delayAfter(failures)), words));
            tell(target, true);
        });
    }

    /** A session has ended well: there was nothing more to send, or it was the turn of others, which come first now. */
    void ended(Agenda.Permit permit, boolean reached) {
        end(permit, target -> {
            if (reached) {
                target.reached();
                target.notBefore(clock.instant());
            }
        });
    }

    /** There was no room for a session with any of the target's servers. */
    void postponed(Agenda.Permit permit, Duration pause) {
        end(permit, target -> target.notBefore(clock.instant().plus(pause)));
    }

    /** A session failed. Returns when the next one may begin. */
    Instant failed(Agenda.Permit permit, Trouble why) {
        return underLock(() -> {
            int failures = permit.target().countFailure();
            Duration delay = permit.target().isSummoned() ? RETRY_PAUSE_MIN : delayAfter(failures);
            Instant retry = clock.instant().plus(delay);
            end(permit, target -> target.failed(why, retry));
            return retry;
        });
    }

    /**
     * Tries a target now that waits for a retry; one that has a session which then fails, soon after that: it may have begun by
     * other settings. Returns whether the target is known.
     */
    boolean retryNow(Target target) {
        return underLock(() -> {
            TargetState state = targets.get(target);
            if (state == null) {
                return false;
            }
            retryNow(state);
            return true;
        });
    }

    /** Tries all targets now: the clock went back, or what they are reached by has changed. */
    void retryAll() {
        locked(() -> {
            Instant now = clock.instant();
            targets.values().forEach(target -> target.notBegunAfter(now));
            List.copyOf(targets.values()).forEach(this::retryNow);
        });
    }

    private void retryNow(TargetState target) {
        target.queue().retryAll();
        target.summon();
        target.arrival().signal();
        enter(target);
        tell(target, true);
    }

    /** Holds a target, or lets it go. */
    void hold(Target target, boolean held) {
        locked(() -> {
            TargetState state = target(target);
            state.held(held);
            state.arrival().signal();
            enter(state);
            tell(state, false);
        });
    }

    /** No session begins any more; those that run end after their present entry. */
    void stop() {
        locked(() -> {
            stopped = true;
            targets.values().forEach(target -> target.arrival().signal());
        });
    }

    boolean stopping() {
        return underLock(() -> stopped);
    }

    int entries() {
        return underLock(() -> entries);
    }

    long bytes() {
        return underLock(() -> bytes);
    }

    /** How long the entry that waits longest does so; zero where none waits. */
    Duration oldestAge() {
        return underLock(() -> {
            Instant now = clock.instant();
            return targets.values().stream()
                    .flatMap(target -> target.queue().oldest().stream())
                    .min(Instant::compareTo)
                    .map(oldest -> oldest.isBefore(now) ? Duration.between(oldest, now) : Duration.ZERO)
                    .orElse(Duration.ZERO);
        });
    }

    int failingTargets() {
        return underLock(() -> (int) targets.values().stream()
                .filter(target -> target.failures() > 0)
                .count());
    }

    List<TargetStatus> status() {
        return underLock(() -> {
            boolean hasPartner = hasPartner();
            return targets.values().stream()
                    .map(target -> target.status(hasPartner))
                    .toList();
        });
    }

    /** The entries of a target as they were queued, without those in the hands of a session. */
    List<EntryStatus> entries(Target target) {
        List<Entry> found = new ArrayList<>();
        return underLock(() -> {
            TargetState state = targets.get(target);
            if (state != null) {
                found.addAll(state.queue().entries());
            }
            return found.stream().sorted(Entry.ORDER).map(EntryStatus::of).toList();
        });
    }

    private void end(Agenda.Permit permit, Consumer<TargetState> result) {
        locked(() -> {
            TargetState target = permit.target();
            permit.giveBack();
            target.end();
            result.accept(target);
            enter(target);
            tell(target, false);
            ring(); // there is room for another
        });
    }

    /** Brings the agenda up to date after any change. */
    private void enter(TargetState target) {
        Optional<Instant> due =
                target.sending() || target.held() || !isReachable(target) ? Optional.empty() : target.due();
        if (due.isEmpty()) {
            agenda.strike(target);
        } else if (!target.onAgenda() || !target.appointment().equals(due.get())) {
            agenda.enter(target, due.get());
            ring();
        }
        if (target.forgettable()) {
            targets.remove(target.target());
        }
    }

    private boolean isReachable(TargetState target) {
        return !(target.target() instanceof Target.Partner) || hasPartner();
    }

    private boolean hasPartner() {
        return settings.get().replication().isPresent();
    }

    private Duration delayAfter(int failures) {
        Duration delay = settings.get().retrySchedule().delayAfter(failures);
        return failures > 0 && delay.compareTo(RETRY_PAUSE_MIN) < 0 ? RETRY_PAUSE_MIN : delay;
    }

    private TargetState target(Target target) {
        return targets.computeIfAbsent(target, _ -> new TargetState(target, targetNumber++, lock.newCondition()));
    }

    private void tell(TargetState target, boolean entries) {
        if (followers.any()) {
            followers.tell(new TargetChange(target.target(), entries));
        }
    }

    private void ring() {
        Runnable ring = bell;
        if (ring != null) {
            ring.run();
        }
    }

    private <T> T underLock(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}

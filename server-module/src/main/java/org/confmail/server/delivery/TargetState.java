package org.confmail.server.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** One target: what waits for it, and how its sessions go. Guarded by the {@link Backlog}'s lock. */
final class TargetState {
    private final Target target;
    private final TargetQueue queue = new TargetQueue();
    private final long number;
    private final Condition arrival;

    private boolean held;
    private boolean sending;
    private boolean summoned;
    private int failures;
    private Instant begun = Instant.EPOCH;
    private Instant notBefore = Instant.EPOCH;
    private @Nullable Trouble trouble;
    private long delivered;
    private @Nullable Instant appointment;

    /**
     * @param number different for each
     * @param arrival what a session waits on for more work
     */
    TargetState(Target target, long number, Condition arrival) {
        this.target = target;
        this.number = number;
        this.arrival = arrival;
    }

    Target target() {
        return target;
    }

    TargetQueue queue() {
        return queue;
    }

    long number() {
        return number;
    }

    Condition arrival() {
        return arrival;
    }

    boolean held() {
        return held;
    }

    void held(boolean now) {
        held = now;
    }

    boolean sending() {
        return sending;
    }

    /** A session begins. */
    void begin(Instant now) {
        sending = true;
        summoned = false;
        begun = now;
    }

    /** When the last session began. */
    Instant begun() {
        return begun;
    }

    /** The clock went back to this: nothing can have begun later. */
    void notBegunAfter(Instant now) {
        if (begun.isAfter(now)) {
            begun = now;
        }
    }

    /** It has ended. */
    void end() {
        sending = false;
    }

    /** A session may begin at once, whatever was to be waited for. */
    void summon() {
        notBefore = Instant.EPOCH;
        summoned = true;
    }

    /** Whether that was said since the last session began. */
    boolean isSummoned() {
        return summoned;
    }

    int failures() {
        return failures;
    }

    /** No session before this time. */
    void notBefore(Instant time) {
        notBefore = time;
    }

    void delivered() {
        delivered++;
        reached();
    }

    /** Something was brought about: failures count from zero again. */
    void reached() {
        failures = 0;
        trouble = null;
    }

    void failed(Trouble why, Instant retry) {
        trouble = why;
        notBefore = retry;
    }

    int countFailure() {
        failures++;
        return failures;
    }

    /** When a session may begin; empty where there is nothing to be sent. */
    Optional<Instant> due() {
        return queue.due().map(due -> due.isAfter(notBefore) ? due : notBefore);
    }

    /** What the agenda was told; set only while this is on it. */
    Instant appointment() {
        return Objects.requireNonNull(appointment);
    }

    boolean onAgenda() {
        return appointment != null;
    }

    void appointment(@Nullable Instant time) {
        appointment = time;
    }

    /** Whether there is nothing to remember of it. */
    boolean forgettable() {
        return queue.count() == 0 && !held && !sending && target instanceof Target.Servers;
    }

    TargetStatus status(boolean hasPartner) {
        List<Entry> entries = queue.entries();
        return new TargetStatus(
                target,
                state(hasPartner),
                queue.count(),
                queue.bytes(),
                entries.stream().map(Entry::queued).min(Instant::compareTo),
                failures,
                held || sending ? Optional.empty() : due(),
                Optional.ofNullable(trouble),
                delivered);
    }

    private TargetStatus.State state(boolean hasPartner) {
        if (held) {
            return TargetStatus.State.HELD;
        }
        if (sending) {
            return TargetStatus.State.SENDING;
        }
        if (queue.count() == 0) {
            return TargetStatus.State.IDLE;
        }
        return target instanceof Target.Partner && !hasPartner
                ? TargetStatus.State.NO_PARTNER
                : TargetStatus.State.WAITING;
    }
}

package org.confmail.server.delivery;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which target has a session next, and how many sessions may run at once. Targets that failed are kept apart, so that any number
 * of dead ones leaves room for those that are well; the partner and the own node have their place in any case. Guarded by the
 * {@link Backlog}'s lock.
 */
final class Agenda {
    /** At once, to targets that are well. Each takes a connection, and some 50 KiB for TLS. */
    static final int SESSIONS_MAX = 32;
    /** At once, besides those, to targets that failed last. Each may take a minute to time out. */
    static final int SESSIONS_TO_FAILING_MAX = 16;

    private static final Comparator<TargetState> ORDER =
            Comparator.<TargetState, Instant>comparing(TargetState::appointment).thenComparingLong(TargetState::number);

    private enum Rank {
        OWN(Integer.MAX_VALUE),
        WELL(SESSIONS_MAX),
        FAILING(SESSIONS_TO_FAILING_MAX);

        private final int sessionsMax;

        Rank(int sessionsMax) {
            this.sessionsMax = sessionsMax;
        }
    }

    private final Map<Rank, Waiting> ranks = new EnumMap<>(Rank.class);

    Agenda() {
        for (Rank rank : Rank.values()) {
            ranks.put(rank, new Waiting(rank.sessionsMax));
        }
    }

    /** Enters a target, in place of what was entered for it before. */
    void enter(TargetState target, Instant due) {
        strike(target);
        target.appointment(due);
        rank(target).targets.add(target);
    }

    void strike(TargetState target) {
        if (target.onAgenda()) {
            ranks.values().forEach(waiting -> waiting.targets.remove(target)); // its rank may have changed since
            target.appointment(null);
        }
    }

    /** The target whose session begins now, if there is room for one. Its {@link Permit} is given back when it ends. */
    Optional<Permit> begin(Instant now) {
        for (Waiting waiting : ranks.values()) {
            if (waiting.hasRoom() && !waiting.targets.first().appointment().isAfter(now)) {
                TargetState target = waiting.targets.first();
                strike(target);
                waiting.sessions++;
                return Optional.of(new Permit(target, waiting));
            }
        }
        return Optional.empty();
    }

    /** When {@link #begin} has something to give next, if no session ends before. */
    Optional<Instant> next() {
        return ranks.values().stream()
                .filter(Waiting::hasRoom)
                .map(waiting -> waiting.targets.first().appointment())
                .min(Instant::compareTo);
    }

    private Waiting rank(TargetState target) {
        Rank rank = !(target.target() instanceof Target.Servers)
                ? Rank.OWN
                : target.failures() > 0 ? Rank.FAILING : Rank.WELL;
        Waiting waiting = ranks.get(rank);
        if (waiting == null) {
            throw new IllegalStateException();
        }
        return waiting;
    }

    /** The targets of one rank. */
    private static final class Waiting {
        private final TreeSet<TargetState> targets = new TreeSet<>(ORDER);
        private final int sessionsMax;
        private int sessions;

        Waiting(int sessionsMax) {
            this.sessionsMax = sessionsMax;
        }

        boolean hasRoom() {
            return sessions < sessionsMax && !targets.isEmpty();
        }
    }

    /** Leave to have a session with a target. */
    static final class Permit {
        private final TargetState target;
        private final Waiting waiting;
        private final boolean failing;

        private Permit(TargetState target, Waiting waiting) {
            this.target = target;
            this.waiting = waiting;
            this.failing = target.failures() > 0;
        }

        TargetState target() {
            return target;
        }

        /** Whether the target's last session failed. */
        boolean failing() {
            return failing;
        }

        void giveBack() {
            waiting.sessions--;
        }
    }
}

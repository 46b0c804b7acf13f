package org.confmail.server.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which target has a session next, and how many sessions may run at once. Targets that failed are kept apart, so that any number
 * of dead ones leaves room for those that are well; the partner and the own node have their place in any case. Anybody can name
 * targets, also such as answer as slowly as they may: so a long session gives its place to another and goes on beside it, and
 * where too many are long, each ends when it has had its turn. Guarded by the {@link Backlog}'s lock.
 */
final class Agenda {
    /** At once, to targets that are well. Each takes a connection, and some 50 KiB for TLS. */
    static final int SESSIONS_MAX = 32;
    /** At once, besides those, to targets that failed last. Each may take a minute to time out. */
    static final int SESSIONS_TO_FAILING_MAX = 16;
    /** More than most sessions take. */
    static final Duration LONG = Duration.ofSeconds(5);
    /** So many long sessions for each place run on beside the others; further ones keep theirs. */
    static final int LONG_PER_PLACE_MAX = 4;
    /** After that a session for whose place another target waits ends with its present entry, and goes to the back. */
    static final Duration TURN = Duration.ofMinutes(1);

    private static final int SESSIONS_TO_OWN_MAX = 2; // the partner and the node
    /** At once, to all targets together. */
    static final int SESSIONS_IN_ALL_MAX =
            SESSIONS_TO_OWN_MAX + (1 + LONG_PER_PLACE_MAX) * (SESSIONS_MAX + SESSIONS_TO_FAILING_MAX);

    private static final Comparator<TargetState> ORDER =
            Comparator.<TargetState, Instant>comparing(TargetState::appointment).thenComparingLong(TargetState::number);

    private enum Rank {
        OWN(SESSIONS_TO_OWN_MAX),
        WELL(SESSIONS_MAX),
        FAILING(SESSIONS_TO_FAILING_MAX);

        private final int places;

        Rank(int places) {
            this.places = places;
        }
    }

    private final Map<Rank, Waiting> ranks = new EnumMap<>(Rank.class);

    Agenda() {
        for (Rank rank : Rank.values()) {
            ranks.put(rank, new Waiting(rank.places));
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
            if (waiting.next().filter(next -> !next.isAfter(now)).isPresent()) {
                TargetState target = waiting.targets.first();
                strike(target);
                target.begin(now);
                waiting.running.add(target);
                return Optional.of(new Permit(target, waiting));
            }
        }
        return Optional.empty();
    }

    /** Whether a session with this target has run for long enough, while others wait for its place in vain. */
    boolean hasHadItsTurn(TargetState target, Instant now) {
        return !target.begun().plus(TURN).isAfter(now)
                && ranks.values().stream()
                        .anyMatch(waiting -> waiting.running.contains(target) && waiting.isWaitedFor(now));
    }

    /** When {@link #begin} has something to give next, if no session ends before. */
    Optional<Instant> next() {
        return ranks.values().stream()
                .flatMap(waiting -> waiting.next().stream())
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
        private final Set<TargetState> running = new HashSet<>();
        private final int places;

        Waiting(int places) {
            this.places = places;
        }

        Optional<Instant> next() {
            if (targets.isEmpty()) {
                return Optional.empty();
            }
            Instant appointment = targets.first().appointment();
            return room().map(room -> room.isAfter(appointment) ? room : appointment);
        }

        /** Whether it is a target's time, and it has to wait for the end of a session. */
        boolean isWaitedFor(Instant now) {
            return !targets.isEmpty() && !targets.first().appointment().isAfter(now) && room().isEmpty();
        }

        /** When so many of the running sessions are long that the others leave a place; empty where too many run. */
        private Optional<Instant> room() {
            int over = running.size() - places;
            if (over < 0) {
                return Optional.of(Instant.MIN);
            }
            if (over >= LONG_PER_PLACE_MAX * places) {
                return Optional.empty();
            }
            return running.stream()
                    .map(TargetState::begun)
                    .sorted()
                    .skip(over)
                    .findFirst()
                    .map(last -> last.plus(LONG));
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
            waiting.running.remove(target);
        }
    }
}

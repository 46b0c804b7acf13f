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
 * of dead ones leaves room for those that are well; the partner and the own node have their place in any case. A session that
 * stands still gives its place up, and goes on beside the others: whoever can name targets, which is anybody, can also name
 * some that take a minute for each answer. Guarded by the {@link Backlog}'s lock.
 */
final class Agenda {
    /** At once, to targets that are well. Each takes a connection, and some 50 KiB for TLS. */
    static final int SESSIONS_MAX = 32;
    /** At once, besides those, to targets that failed last. Each may take a minute to time out. */
    static final int SESSIONS_TO_FAILING_MAX = 16;
    /** Longer than an entry takes; a large one on a slow line may take longer, and loses nothing by it. */
    static final Duration STALLED_AFTER = Duration.ofSeconds(5);
    /** So many stalled sessions for each of a rank's places run on beside them; the next ones keep theirs. */
    static final int STALLED_PER_PLACE_MAX = 4;

    private static final Comparator<TargetState> ORDER =
            Comparator.<TargetState, Instant>comparing(TargetState::appointment).thenComparingLong(TargetState::number);

    private enum Rank {
        OWN(2), // the partner and the node
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

    /** When {@link #begin} has something to give next, if no session ends or gets on before. */
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

        /** When so many of the running sessions have stalled that the others leave a place; empty where too many run. */
        private Optional<Instant> room() {
            int over = running.size() - places;
            if (over < 0) {
                return Optional.of(Instant.MIN);
            }
            if (over >= STALLED_PER_PLACE_MAX * places) {
                return Optional.empty();
            }
            return running.stream()
                    .map(TargetState::gotOn)
                    .sorted()
                    .skip(over)
                    .findFirst()
                    .map(last -> last.plus(STALLED_AFTER));
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

package org.confmail.server.session;

import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What others may know of a session: whether it is between two commands, who is logged in, what it has done. Written by the
 * connection's thread, read by any.
 */
final class SessionState {
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.EXECUTING);
    private final AtomicReference<String> user = new AtomicReference<>("none");
    private final Map<Kind, AtomicInteger> counts = new EnumMap<>(Kind.class);

    SessionState() {
        for (Kind kind : Kind.values()) {
            counts.put(kind, new AtomicInteger());
        }
    }

    /** The session waits for a command from now on; false if it is to end instead. */
    boolean awaitCommand() {
        return phase.compareAndSet(Phase.EXECUTING, Phase.WAITING);
    }

    /** A command has come. One that came too late for a stop finds its connection closed. */
    void begin() {
        phase.compareAndSet(Phase.WAITING, Phase.EXECUTING);
    }

    /** Asks the session to end after its present command; returns whether it waits for one and may be cut at once. */
    boolean stop() {
        return phase.getAndSet(Phase.STOPPING) == Phase.WAITING;
    }

    boolean waiting() {
        return phase.get() == Phase.WAITING;
    }

    boolean stopping() {
        return phase.get() == Phase.STOPPING;
    }

    void loggedIn(String name) {
        user.set(name);
    }

    void count(Kind kind) {
        AtomicInteger count = counts.get(kind);
        if (count != null) {
            count.incrementAndGet();
        }
    }

    /** The counters and the user as the log line of a closed connection has them (PROTOCOL section 12). */
    String summary() {
        StringJoiner summary = new StringJoiner(", ");
        counts.forEach((kind, count) -> summary.add(kind.label + "=" + count.get()));
        return summary.add("login=" + user.get()).toString();
    }

    /** The kinds of commands that a session counts, in the order of the log line. */
    enum Kind {
        STORE("ss"),
        STORE_ENTANGLED("se"),
        STORE_PROXY("sp"),
        GET("gs"),
        GET_ENTANGLED("ge"),
        DNS_TXT("dt");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    private enum Phase {
        WAITING,
        EXECUTING,
        STOPPING
    }
}

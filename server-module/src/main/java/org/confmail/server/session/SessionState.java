package org.confmail.server.session;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.confmail.server.account.Account;
import org.confmail.server.metrics.Metrics.Counter;
import org.jspecify.annotations.Nullable;

/**
 * What others may know of a session: whether it is between two commands, who is logged in, what it has done. Written by the
 * connection's thread, read by any.
 */
final class SessionState {
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.EXECUTING);
    private volatile String user = Account.NONE; // written by the connection's thread
    private final Map<Kind, AtomicInteger> counts = new EnumMap<>(Kind.class);
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final SessionCounters all;
    private final Runnable changed;
    private final Instant opened;
    private volatile boolean cut;
    private volatile @Nullable Command latest;

    /**
     * The state of a new session.
     *
     * @param all counts for all sessions together
     * @param changed told when the session does something else
     */
    SessionState(SessionCounters all, Instant opened, Runnable changed) {
        this.all = all;
        this.changed = changed;
        this.opened = opened;
        for (Kind kind : Kind.values()) {
            counts.put(kind, new AtomicInteger());
        }
    }

    /** The session waits for a command from now on; false if it is to end instead. */
    boolean awaitCommand() {
        boolean waits = phase.compareAndSet(Phase.EXECUTING, Phase.WAITING);
        changed.run();
        return waits;
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

    /** An operator has the connection cut; for the log. */
    void cutByOperator() {
        cut = true;
    }

    boolean isCutByOperator() {
        return cut;
    }

    void loggedIn(String name) {
        user = name;
        changed.run();
    }

    /** The connection goes on inside TLS. */
    void encrypted() {
        changed.run();
    }

    String user() {
        return user;
    }

    Instant opened() {
        return opened;
    }

    /** The command that came is this one. */
    void executes(Command command) {
        latest = command;
        changed.run();
    }

    /** What the session is at, in a few words without secrets. */
    String doing() {
        return switch (Objects.requireNonNull(phase.get())) {
            case WAITING -> "waiting";
            case STOPPING -> "stopping";
            case EXECUTING -> {
                Command command = latest;
                yield command == null ? "connecting" : Doing.of(command);
            }
        };
    }

    void count(Kind kind) {
        AtomicInteger count = counts.get(kind);
        Counter counter = all.byKind().get(kind);
        if (count != null && counter != null) {
            count.incrementAndGet();
            counter.increment();
        }
    }

    /** Bytes have come from the client. */
    void countReceived(int bytes) {
        received.lazySet(received.getPlain() + bytes); // one thread writes
        all.received().add(bytes);
    }

    /** Bytes were sent to the client. */
    void countSent(int bytes) {
        sent.lazySet(sent.getPlain() + bytes);
        all.sent().add(bytes);
    }

    long received() {
        return received.get();
    }

    long sent() {
        return sent.get();
    }

    /** How many commands of each kind there were, without those of which there was none. */
    Map<String, Integer> commands() {
        Map<String, Integer> commands = new LinkedHashMap<>();
        counts.forEach((kind, count) -> {
            if (count.get() > 0) {
                commands.put(kind.command, count.get());
            }
        });
        return commands;
    }

    /** The counters and the user as the log line of a closed connection has them (PROTOCOL section 12). */
    String summary() {
        StringJoiner summary = new StringJoiner(", ");
        counts.forEach((kind, count) -> summary.add(kind.label + "=" + count.get()));
        return summary.add("login=" + user).toString();
    }

    /** The kinds of commands that a session counts, in the order of the log line. */
    enum Kind {
        STORE("ss", "STORE SERVER"),
        STORE_ENTANGLED("se", "STORE ENTANGLED"),
        STORE_PROXY("sp", "STORE PROXY"),
        GET("gs", "GET SERVER"),
        GET_ENTANGLED("ge", "GET ENTANGLED"),
        DNS_TXT("dt", "DNS TXT");

        private final String label;
        private final String command;

        Kind(String label, String command) {
            this.label = label;
            this.command = command;
        }

        /** The words of the command. */
        String command() {
            return command;
        }
    }

    private enum Phase {
        WAITING,
        EXECUTING,
        STOPPING
    }
}

package org.confmail.server.net;

import java.time.Duration;
import org.confmail.server.time.Ticker;

/**
 * The time that one transfer gets: a fixed allowance, and on top of it the time in which the bytes moved so far would have
 * come at the slowest speed that is allowed. A client that throttles itself is never cut off, one that stalls or trickles is.
 * Belongs to the connection's thread.
 */
public final class Pace {
    /**
     * The longest that any command takes once all of it has come (waiting for a lock is most of that): existing clients wait
     * 15 s for an answer.
     */
    public static final Duration OWN_WORK = Duration.ofSeconds(10);

    private final DeadlineWatch.Deadline deadline;
    private final Ticker ticker;
    private final Duration allowance;
    private final long bytesPerSecond;
    private long start;
    private long bytes;

    /** Paces transfers on the connection of {@code deadline}; they start with {@link #begin}. */
    public Pace(DeadlineWatch.Deadline deadline, Ticker ticker, Duration allowance, long bytesPerSecond) {
        this.deadline = deadline;
        this.ticker = ticker;
        this.allowance = allowance;
        this.bytesPerSecond = bytesPerSecond;
        begin();
    }

    /** Begins a new transfer now. */
    public void begin() {
        start = ticker.nanos();
        bytes = 0;
        deadline.in(allowance);
    }

    /** Says that {@code count} more bytes have come or gone. */
    public void moved(long count) {
        bytes += count;
        deadline.in(allowance.plus(earned()).minus(used()));
    }

    /**
     * How long the slowest peer still needs for the bytes moved so far. When the last of a block was written, the system may
     * hold most of it for a peer on a slow line, and does not say how much.
     */
    public Duration left() {
        Duration left = earned().minus(used());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Says that the transfer is over: what follows is our own work, and after it the peer gets the allowance again. */
    public void end() {
        deadline.in(OWN_WORK.plus(allowance));
    }

    private Duration earned() {
        return Duration.ofSeconds(bytes / bytesPerSecond);
    }

    private Duration used() {
        return Duration.ofNanos(ticker.nanos() - start);
    }
}

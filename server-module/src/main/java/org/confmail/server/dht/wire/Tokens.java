package org.confmail.server.dht.wire;

import java.util.concurrent.TimeUnit;
import org.confmail.server.dht.wire.Budgets.Pace;

/** A bucket of tokens that fills at a steady pace up to a limit. */
final class Tokens {
    private final Pace pace;
    private double tokens;
    private long filledNanos;

    Tokens(Pace pace, long nanos) {
        this.pace = pace;
        this.tokens = (double) pace.burst();
        this.filledNanos = nanos;
    }

    /** Takes so many, or none if they are not all there. */
    boolean take(long count, long nanos) {
        fill(nanos);
        if (tokens < (double) count) {
            return false;
        }
        tokens -= (double) count;
        return true;
    }

    /** Whether it would be no different if it were new. */
    boolean isFull(long nanos) {
        fill(nanos);
        return tokens >= (double) pace.burst();
    }

    private void fill(long nanos) {
        double seconds = (double) (nanos - filledNanos) / TimeUnit.SECONDS.toNanos(1);
        tokens = Math.min((double) pace.burst(), tokens + seconds * (double) pace.perSecond());
        filledNanos = nanos;
    }
}

package org.confmail.server.log;

import java.time.Instant;

/**
 * A line of the protocol, redacted.
 *
 * @param connection the client's connection, or {@link #OUTGOING}
 */
public record TrafficLine(Instant time, long connection, Direction direction, String text) {
    /** Stands for the sessions that this server opens to others. */
    public static final long OUTGOING = 0;

    /** Which way a line goes. */
    public enum Direction {
        /** From the other side. */
        IN("<"),
        /** To the other side. */
        OUT(">"),
        /** What happens beside the lines. */
        EVENT("C");

        private final String sign;

        Direction(String sign) {
            this.sign = sign;
        }
    }

    /** The beginning of the line in the log (PROTOCOL section 12). */
    String mark() {
        return (connection == OUTGOING ? "S" : "C" + connection) + direction.sign;
    }
}

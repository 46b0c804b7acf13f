package org.confmail.server.log;

import java.time.InstantSource;
import org.confmail.server.log.TrafficLine.Direction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of the protocol in the log, when an operator asks for them ({@code -logtraffic}). PROTOCOL section 12. Callers ask
 * {@link #enabled} first where building the line costs something; nobody passes bytes of a data block.
 */
public final class TrafficLog {
    /** The name of the logger whose level {@link ServerLog} sets. */
    static final String NAME = "traffic";

    private static final Logger LOG = LoggerFactory.getLogger(NAME);

    /** Some seconds of a busy server; 2 MiB at most, and nothing while nobody follows. */
    private static final int LINES_MAX = 4096;

    private static final int CHARACTERS_MAX = 1 << 20;

    private final InstantSource clock = InstantSource.system(); // the log's own lines have the system's time too
    private final RecentLines<TrafficLine> lines =
            new RecentLines<>(LINES_MAX, CHARACTERS_MAX, line -> line.text().length());

    /** Whether lines go anywhere at all. Cheap. */
    public boolean enabled() {
        return LOG.isInfoEnabled() || lines.followed();
    }

    /** The lines for those who follow them, logged or not; none are kept while nobody does. */
    public RecentLines<TrafficLine> lines() {
        return lines;
    }

    /** A line that came in on a client's connection. */
    public void received(long connection, LineKind kind, String line) {
        if (enabled()) {
            tell(connection, Direction.IN, Redaction.loggable(kind, line));
        }
    }

    /** A line that was sent on a client's connection. */
    public void sent(long connection, LineKind kind, String line) {
        if (enabled()) {
            tell(connection, Direction.OUT, Redaction.loggable(kind, line));
        }
    }

    /** A line that another server sent to us in a session that we opened. */
    public void outgoingReceived(LineKind kind, String line) {
        received(TrafficLine.OUTGOING, kind, line);
    }

    /** A line that we sent to another server in a session that we opened. */
    public void outgoingSent(LineKind kind, String line) {
        sent(TrafficLine.OUTGOING, kind, line);
    }

    /** What happens in an outgoing session beside its lines: connecting, encrypting, closing. The text is our own. */
    public void outgoingEvent(String text) {
        if (enabled()) {
            tell(TrafficLine.OUTGOING, Direction.EVENT, LogText.line(text));
        }
    }

    private void tell(long connection, Direction direction, String text) {
        TrafficLine line = new TrafficLine(clock.instant(), connection, direction, text);
        if (LOG.isInfoEnabled()) {
            LOG.info("{} {}", line.mark(), text);
        }
        if (lines.followed()) {
            lines.add(line);
        }
    }
}

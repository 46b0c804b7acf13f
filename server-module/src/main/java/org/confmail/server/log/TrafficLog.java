package org.confmail.server.log;

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

    /** Whether lines are logged at all. Cheap. */
    public boolean enabled() {
        return LOG.isInfoEnabled();
    }

    /** A line that came in on a client's connection. */
    public void received(long connection, LineKind kind, String line) {
        if (enabled()) {
            LOG.info("C{}< {}", connection, Redaction.loggable(kind, line));
        }
    }

    /** A line that was sent on a client's connection. */
    public void sent(long connection, LineKind kind, String line) {
        if (enabled()) {
            LOG.info("C{}> {}", connection, Redaction.loggable(kind, line));
        }
    }

    /** A line that another server sent to us in a session that we opened. */
    public void outgoingReceived(LineKind kind, String line) {
        if (enabled()) {
            LOG.info("S< {}", Redaction.loggable(kind, line));
        }
    }

    /** A line that we sent to another server in a session that we opened. */
    public void outgoingSent(LineKind kind, String line) {
        if (enabled()) {
            LOG.info("S> {}", Redaction.loggable(kind, line));
        }
    }

    /** What happens in an outgoing session beside its lines: connecting, encrypting, closing. The text is our own. */
    public void outgoingEvent(String text) {
        if (enabled()) {
            LOG.info("SC {}", LogText.line(text));
        }
    }
}

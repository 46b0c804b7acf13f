package org.confmail.server.net;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.confmail.server.time.Scheduler;
import org.confmail.server.time.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the raw sockets of connections that overstay. A socket's own time-out covers reads only, and an {@code SSLSocket}'s
 * close can hang behind a stuck write; closing the raw socket from outside ends both.
 *
 * <p>Setting a deadline is one volatile write, so that a connection may set one for each command; the price is that it acts
 * up to {@link #TICK} late.
 */
public final class DeadlineWatch implements AutoCloseable {
    /** How often all deadlines are looked at. */
    public static final Duration TICK = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(DeadlineWatch.class);

    private final Ticker ticker;
    private final Set<Deadline> deadlines = ConcurrentHashMap.newKeySet();
    private final Scheduler.Scheduled task;

    public DeadlineWatch(Scheduler scheduler, Ticker ticker) {
        this.ticker = ticker;
        this.task = scheduler.every(TICK, this::look);
    }

    /** Watches {@code socket}, with no deadline yet, until the result is closed. */
    public Deadline watch(Closeable socket) {
        Deadline deadline = new Deadline(socket);
        deadlines.add(deadline);
        return deadline;
    }

    @Override
    public void close() {
        task.cancel();
    }

    private void look() {
        long now = ticker.nanos();
        for (Deadline deadline : deadlines) {
            if (deadline.set && now - deadline.due > 0 && !deadline.expired) {
                deadline.expire();
            }
        }
    }

    /** One connection's deadline. Set by the connection's thread, read by the watch. */
    public final class Deadline implements AutoCloseable {
        private final Closeable socket;
        private volatile long due;
        private volatile boolean set;
        private volatile boolean expired;

        private Deadline(Closeable socket) {
            this.socket = socket;
        }

        /** Lets the connection live for {@code time} from now on. */
        public void in(Duration time) {
            due = ticker.nanos() + time.toNanos();
            set = true;
        }

        /** Whether the connection was closed because it overstayed. */
        public boolean expired() {
            return expired;
        }

        /** Ends the watch; the socket stays as it is. */
        @Override
        public void close() {
            deadlines.remove(this);
        }

        private void expire() {
            expired = true;
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("closing a connection that overstayed", e);
            }
        }
    }
}

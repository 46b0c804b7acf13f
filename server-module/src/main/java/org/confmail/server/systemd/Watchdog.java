package org.confmail.server.systemd;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service manager twice in its interval that the server is alive, after looking whether it is. A server that hangs is
 * not vouched for, and the service manager restarts it. A thread of its own does it: the scheduler's may be what hangs.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("systemd");

    private final ServiceManager manager;
    private final Patient server;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Who is watched. */
    public interface Patient {
        /**
         * What does not work any more; empty = it lives. Blocks.
         *
         * @param patience how long to wait for an answer of each part
         */
        Optional<String> trouble(Duration patience) throws InterruptedException;

        /** What it is doing, in a few words. */
        String status();
    }

    private Watchdog(ServiceManager manager, Patient server, Duration interval) {
        this.manager = manager;
        this.server = server;
        this.interval = interval;
    }

    /** Begins to watch, where the service manager wants it. */
    public static Watchdog start(ServiceManager manager, Patient server) {
        Watchdog watchdog = new Watchdog(manager, server, manager.watchdog().orElse(Duration.ZERO));
        if (manager.watchdog().isPresent()) {
            Thread.ofPlatform().name("watchdog").daemon().start(watchdog::run);
        }
        return watchdog;
    }

    private void run() {
        try {
            do {
                look();
            } while (!closed.await(interval.toNanos() / 2, TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        Optional<String> trouble;
        try {
            trouble = server.trouble(interval.dividedBy(8)); // two parts at most: three quarters of the interval in all
        } catch (RuntimeException e) {
            LOG.error("the look whether the server is alive failed", e);
            trouble = Optional.of("it cannot be looked after");
        }
        if (closed.getCount() == 0) {
            return; // a server that stops need not answer
        }
        if (trouble.isPresent()) {
            LOG.error(
                    "the server hangs: {}. The service manager is not told that it is alive, and restarts it after {} s.",
                    trouble.get(),
                    interval.toSeconds());
        } else {
            manager.alive(server.status());
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

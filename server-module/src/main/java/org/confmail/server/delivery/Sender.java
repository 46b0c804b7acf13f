package org.confmail.server.delivery;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.confmail.server.time.Scheduler;
import org.confmail.server.time.Scheduler.Scheduled;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a session with each target as soon as it has work and its time has come. Its own thread decides and looks after the
 * queue; each session has a virtual thread. It wakes when work comes, when a time comes, and at least each run_queue_interval.
 */
final class Sender implements AutoCloseable {
    /** How long sessions may finish their present entry when the server stops; after that they are cut. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger("sender");

    private final SendParts parts;
    private final Scheduler scheduler;
    private final Pulse pulse;
    private final Semaphore bell = new Semaphore(0);
    private final ExecutorService sessions = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("send-", 1).factory());
    private final Thread thread;
    private volatile boolean stopping;

    // Of the sender's own thread.
    private @Nullable Scheduled alarm;
    private Instant seen;
    private Instant swept;

    Sender(SendParts parts, Scheduler scheduler, Pulse pulse) {
        this.parts = parts;
        this.scheduler = scheduler;
        this.pulse = pulse;
        this.seen = parts.clock().instant();
        this.swept = seen;
        this.thread = Thread.ofPlatform().name("sender").daemon().unstarted(this::loop);
    }

    void start() {
        parts.backlog().bell(bell::release);
        bell.release();
        thread.start();
    }

    /** Looks at everything now, as if a run_queue_interval had passed. */
    void wake() {
        bell.release();
    }

    private void loop() {
        try {
            while (!stopping) {
                bell.acquire();
                bell.drainPermits();
                turn();
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped");
        }
    }

    /** One look at all that is due. It beats only when it has come to its end, and comes again in any case. */
    private void turn() {
        try {
            lookAfterTheQueue();
            begin();
            pulse.beat();
        } catch (IOException e) {
            LOG.error("cannot look through the send queue: {}. It is tried again.", e.toString());
        } catch (RuntimeException e) {
            LOG.error("the sender failed: a defect of this server. It goes on.", e);
        } finally {
            setAlarm();
        }
    }

    private void lookAfterTheQueue() throws IOException {
        Instant now = parts.clock().instant();
        if (now.isBefore(seen)) {
            LOG.warn(
                    "the clock went back by {}: everything that waits for a retry is tried now",
                    Duration.between(now, seen));
            parts.backlog().retryAll();
            swept = now;
        }
        seen = now;
        if (!now.isBefore(swept.plus(interval()))) {
            swept = now;
            parts.queue().files().sweep();
            parts.expiry().sweep();
            parts.queue().undo().purge(now);
        }
    }

    private void begin() {
        for (Optional<Agenda.Permit> permit = parts.backlog().begin();
                permit.isPresent();
                permit = parts.backlog().begin()) {
            TargetRun run = new TargetRun(parts, permit.get());
            sessions.execute(run);
        }
    }

    private void setAlarm() {
        if (alarm != null) {
            alarm.cancel();
        }
        Instant now = parts.clock().instant();
        Instant sweep = swept.plus(interval());
        Instant next = parts.backlog().next().filter(sweep::isAfter).orElse(sweep);
        Duration delay = Duration.between(now, next);
        alarm = scheduler.after(delay.isNegative() ? Duration.ZERO : delay, bell::release);
    }

    private Duration interval() {
        return parts.settings().get().runQueueInterval();
    }

    /** Lets sessions end after their present entry, and cuts those that do not. */
    @Override
    public void close() {
        stopping = true;
        parts.backlog().stop();
        thread.interrupt();
        try {
            if (!thread.join(STOP_PATIENCE)) {
                LOG.warn("the sender does not end; does a disk hang? Its entries stay in the queue.");
            }
            sessions.shutdown();
            if (!sessions.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                sessions.shutdownNow();
                if (!sessions.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("sessions with other servers do not end; their entries stay in the queue");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

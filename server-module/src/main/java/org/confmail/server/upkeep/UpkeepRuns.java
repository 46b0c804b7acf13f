package org.confmail.server.upkeep;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.confmail.server.disk.Disk.HeldLock;
import org.confmail.server.follow.Followers;
import org.confmail.server.follow.Followers.Following;
import org.confmail.server.time.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs of upkeep in the background of a server, one at a time, each to be watched and ended by anybody. Whoever starts one learns
 * what came of it; the last of each kind, and the newest report, are remembered. Safe for use by many threads.
 */
public final class UpkeepRuns implements AutoCloseable {
    /** A report may have many users; whoever asked for it has long read it. */
    static final Duration REPORT_KEPT = Duration.ofHours(1);

    /** A run ends between two files; one that has not by then waits for a disk that hangs. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger("upkeep");

    private final Upkeep upkeep;
    private final UtilityLock lock;
    private final InstantSource clock;
    private final Scheduler scheduler;
    private final AtomicReference<@Nullable Run> current = new AtomicReference<>();
    private final AtomicReference<@Nullable MadeReport> report = new AtomicReference<>();
    private final Map<Kind, Ended> last = new EnumMap<>(Kind.class); // guarded by itself
    private final Followers<Long> followers = new Followers<>();
    private long numbers; // guarded by this

    public UpkeepRuns(Upkeep upkeep, UtilityLock lock, InstantSource clock, Scheduler scheduler) {
        this.upkeep = upkeep;
        this.lock = lock;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** What a run is. */
    public enum Kind {
        PRUNE,
        /** A prune that changes nothing. */
        SIMULATION,
        REPORT,
        /** A prune that the server began by itself. */
        AUTOMATIC
    }

    /**
     * A run as it was ordered.
     *
     * @param number counts from 1
     * @param startedBy for the operator
     */
    public record Ordered(long number, Kind kind, String startedBy, Instant started, Order order) {}

    /** A run that is over. */
    public record Ended(Ordered ordered, Instant moment, End end) {}

    /** The newest report, and the run that made it. */
    public record MadeReport(long run, Instant made, UsageReport usage) {}

    /** A run that is under way. */
    public final class Run implements Watch {
        private final Ordered ordered;
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile boolean cancelled;
        private volatile @Nullable Progress progress;

        private Run(Ordered ordered) {
            this.ordered = ordered;
        }

        public Ordered ordered() {
            return ordered;
        }

        /** How far it is; empty when it has only begun. */
        public Optional<Progress> progress() {
            return Optional.ofNullable(progress);
        }

        /** Ends it soon, between two files; what it has done stays done. */
        public void cancel() {
            cancelled = true;
            followers.tell(ordered.number());
        }

        public boolean cancelled() {
            return cancelled;
        }

        @Override
        public boolean goesOn() {
            return !cancelled;
        }

        @Override
        public void at(Progress reached) {
            progress = reached;
            followers.tell(ordered.number());
        }
    }

    /** How a run ended. */
    public sealed interface End {
        /** It did what it could, or was cancelled. */
        record Done(Result result) implements End {}

        /** It could not go on; the reason is for the operator. */
        record Failed(String reason) implements End {}
    }

    /** What became of the wish to start a run. */
    public sealed interface Start {
        /** It is under way. */
        record Begun(Run run) implements Start {}

        /** Another one is under way. */
        record Busy(Run run) implements Start {}

        /** The storage utility is at work on this home; the text says how that is known. */
        record Locked(String text) implements Start {}
    }

    /** The run that is under way. */
    public Optional<Run> current() {
        return Optional.ofNullable(current.get());
    }

    /** The last run of each kind since the server started, the newest first. */
    public List<Ended> last() {
        synchronized (last) {
            return last.values().stream()
                    .sorted(Comparator.comparingLong(
                                    (Ended ended) -> ended.ordered().number())
                            .reversed())
                    .toList();
        }
    }

    /** The newest report, for an hour. */
    public Optional<MadeReport> report() {
        return Optional.ofNullable(report.get());
    }

    /** Has {@code follower} told the number of the run whenever it gets on, begins, or ends. See {@link Followers#follow}. */
    public Following follow(Consumer<? super Long> follower) {
        return followers.follow(follower);
    }

    /**
     * Starts a run and returns at once.
     *
     * @param startedBy for the operator
     * @param then told how it ended, in the run's own thread
     * @throws IOException where the lock of the storage utility cannot be had for another reason than that somebody has it
     */
    public synchronized Start start(Kind kind, String startedBy, Order order, Consumer<? super End> then)
            throws IOException {
        Run run = new Run(new Ordered(numbers + 1, kind, startedBy, clock.instant(), order));
        Run other = current.compareAndExchange(null, run);
        if (other != null) {
            return new Start.Busy(other);
        }
        Optional<HeldLock> held = Optional.empty();
        try {
            held = lock.tryTake();
        } finally {
            if (held.isEmpty()) {
                current.set(null);
            }
        }
        if (held.isEmpty()) {
            return new Start.Locked("the storage utility is at work on this home (" + lock.file() + " is held)");
        }
        numbers++;
        begin(run, held.get(), then);
        return new Start.Begun(run);
    }

    private void begin(Run run, HeldLock held, Consumer<? super End> then) {
        followers.tell(run.ordered.number());
        Thread.ofPlatform().name("upkeep").daemon().start(() -> {
            try {
                End end = work(run, held);
                remember(run.ordered, end);
                current.set(null);
                then.accept(end);
            } finally {
                current.compareAndSet(run, null); // also after a defect
                run.over.countDown();
                followers.tell(run.ordered.number());
            }
        });
    }

    private End work(Run run, HeldLock held) {
        try (held) {
            return new End.Done(upkeep.run(run.ordered.order(), run));
        } catch (IOException e) {
            LOG.error("upkeep stopped: {}. Blocks that are too old stay until the next run.", e.toString());
            return new End.Failed(e.toString());
        } catch (RuntimeException e) {
            LOG.error("upkeep stopped by a defect, please report it", e);
            return new End.Failed("a defect of the server: " + e);
        }
    }

    private void remember(Ordered ordered, End end) {
        Instant now = clock.instant();
        if (end instanceof End.Done(Result result) && result.usage().isPresent()) {
            MadeReport made =
                    new MadeReport(ordered.number(), now, result.usage().get());
            report.set(made);
            scheduler.after(REPORT_KEPT, () -> report.compareAndSet(made, null));
        }
        End known = end instanceof End.Done(Result result) ? new End.Done(result.withoutUsage()) : end;
        synchronized (last) {
            last.put(ordered.kind(), new Ended(ordered, now, known));
        }
    }

    /** Ends what is under way, and waits for it, but not for ever. */
    @Override
    public void close() {
        Run run = current.get();
        if (run == null) {
            return;
        }
        run.cancel();
        try {
            if (!run.over.await(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the upkeep that is under way does not end; does a disk hang? What it has done stays done.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.confmail.server.upkeep;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.confmail.server.disk.Disk.HeldLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs of upkeep in the background of a server, one at a time, each to be watched and ended by anybody. Whoever starts one learns
 * what came of it. Safe for use by many threads.
 */
public final class UpkeepRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("upkeep");

    private final Upkeep upkeep;
    private final UtilityLock lock;
    private final AtomicReference<@Nullable Run> current = new AtomicReference<>();

    public UpkeepRuns(Upkeep upkeep, UtilityLock lock) {
        this.upkeep = upkeep;
        this.lock = lock;
    }

    /** A run that is under way. */
    public static final class Run implements Watch {
        private final Order order;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean cancelled;
        private volatile @Nullable Progress progress;

        private Run(Order order) {
            this.order = order;
        }

        public Order order() {
            return order;
        }

        /** How far it is; empty when it has only begun. */
        public Optional<Progress> progress() {
            return Optional.ofNullable(progress);
        }

        /** Ends it soon, between two files; what it has done stays done. */
        public void cancel() {
            cancelled = true;
        }

        @Override
        public boolean goesOn() {
            return !cancelled;
        }

        @Override
        public void at(Progress reached) {
            progress = reached;
        }
    }

    /** How a run ended. */
    public sealed interface End {
        /** It did what it could, or was cancelled. */
        record Done(Result result) implements End {}

        /** The storage utility is at work on this home. */
        record Busy() implements End {}

        /** It could not go on; the reason is for the operator. */
        record Failed(String reason) implements End {}
    }

    /** The run that is under way. */
    public Optional<Run> current() {
        return Optional.ofNullable(current.get());
    }

    /**
     * Starts a run and returns at once.
     *
     * @param then told how it ended, in the run's own thread
     * @return false where another one is under way; then nothing is started
     */
    public boolean start(Order order, Consumer<End> then) {
        Run run = new Run(order);
        if (!current.compareAndSet(null, run)) {
            return false;
        }
        Thread.ofPlatform().name("upkeep").daemon().start(() -> {
            try {
                End end = work(run);
                current.set(null);
                then.accept(end);
            } finally {
                current.compareAndSet(run, null); // also after a defect
                run.ended.countDown();
            }
        });
        return true;
    }

    private End work(Run run) {
        try {
            Optional<HeldLock> held = lock.tryTake();
            if (held.isEmpty()) {
                return new End.Busy();
            }
            try (HeldLock _ = held.get()) {
                return new End.Done(upkeep.run(run.order, run));
            }
        } catch (IOException e) {
            LOG.error("upkeep stopped: {}. Blocks that are too old stay until the next run.", e.toString());
            return new End.Failed(e.toString());
        }
    }

    /** Ends what is under way, and waits for it. */
    @Override
    public void close() {
        Run run = current.get();
        if (run == null) {
            return;
        }
        run.cancel();
        try {
            run.ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

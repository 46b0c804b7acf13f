package org.confmail.server.upkeep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.confmail.server.block.Stamp;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.home.Home;
import org.confmail.server.store.StoreKind;
import org.confmail.server.time.Scheduler;
import org.confmail.server.time.Scheduler.Scheduled;
import org.confmail.server.upkeep.PruneCounts.TypeCounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prunes the stores of a running server every so many hours (prune_interval). When it did so last stands in the home, so that a
 * server that is started anew every day prunes as well.
 */
public final class AutomaticPrune implements AutoCloseable {
    /** So late a prune may come; looking takes no time. */
    private static final Duration LOOK_PERIOD = Duration.ofMinutes(1);
    /** A server that has just started has better things to do. */
    private static final Duration FIRST_LOOK = Duration.ofMinutes(10);
    /** For each file: a store of 200,000 blocks takes seven minutes then, and nobody feels it. */
    private static final Duration PAUSE = Duration.ofMillis(2);
    /** A stamp and a line end; a damaged file may be of any size. */
    private static final int FILE_BYTES_MAX = 64;

    private static final String STARTED_BY = "the server";

    private static final Logger LOG = LoggerFactory.getLogger("upkeep");

    private final UpkeepRuns runs;
    private final Supplier<Duration> interval;
    private final boolean pruneEntangled;
    private final Path file;
    private final Disk disk;
    private final InstantSource clock;
    private final Scheduler scheduler;
    private final Executor executor;
    private final AtomicBoolean looking = new AtomicBoolean();
    /** Before this nothing begins. */
    private final Instant firstLook;

    private volatile Scheduled polling;
    private volatile boolean closed;
    /** When a prune came to its end, or gave way to the storage utility. */
    private volatile Optional<Instant> last;

    private volatile Optional<String> problem = Optional.empty();

    /**
     * How things stand.
     *
     * @param interval between the end of a prune and the next; zero = none
     * @param entangled whether the store of the DHT is pruned too
     * @param last when the last prune came to its end
     * @param next when the next is due; a minute later it has begun, unless something else runs
     * @param problem why the last one did not do all that it should
     */
    public record State(
            Duration interval,
            boolean entangled,
            Optional<Instant> last,
            Optional<Instant> next,
            Optional<String> problem) {}

    /**
     * Begins to look whether it is time.
     *
     * @param interval between the end of a prune and the next; zero = none
     * @param pruneEntangled whether the store of the DHT is pruned too; the node of a running server looks after its own
     * @param executor where a look may block, as it does where a disk hangs
     */
    public AutomaticPrune(
            UpkeepRuns runs,
            Supplier<Duration> interval,
            boolean pruneEntangled,
            Home home,
            Disk disk,
            InstantSource clock,
            Scheduler scheduler,
            Executor executor) {
        this.runs = runs;
        this.interval = interval;
        this.pruneEntangled = pruneEntangled;
        this.file = home.storageUtility().resolve("pruned");
        this.disk = disk;
        this.clock = clock;
        this.scheduler = scheduler;
        this.executor = executor;
        this.last = read(file);
        this.firstLook = clock.instant().plus(FIRST_LOOK);
        this.polling = scheduler.after(FIRST_LOOK, this::begin);
    }

    /** When the last prune of the server's own came to its end. */
    public Optional<Instant> last() {
        return last;
    }

    public State state() {
        Duration every = interval.get();
        Instant due = known(clock.instant())
                .map(then -> then.plus(every))
                .filter(then -> then.isAfter(firstLook))
                .orElse(firstLook);
        return new State(every, pruneEntangled, last, every.isZero() ? Optional.empty() : Optional.of(due), problem);
    }

    private static Optional<Instant> read(Path file) {
        try (var in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(FILE_BYTES_MAX), StandardCharsets.ISO_8859_1);
            return Stamp.parse(text.strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}. The stores are pruned as if they never had been.", file, e.toString());
            return Optional.empty();
        }
    }

    private void begin() {
        polling = scheduler.every(LOOK_PERIOD, this::look);
        look();
    }

    private void look() {
        if (isDue(interval.get(), clock.instant()) && looking.compareAndSet(false, true)) {
            executor.execute(() -> {
                try {
                    start();
                } finally {
                    looking.set(false);
                }
            });
        }
    }

    private void start() {
        Order order = new Order(true, pruneEntangled, false, PAUSE, Optional.empty());
        try {
            switch (runs.start(UpkeepRuns.Kind.AUTOMATIC, STARTED_BY, order, this::ended)) {
                case UpkeepRuns.Start.Begun _ -> {}
                case UpkeepRuns.Start.Busy _ -> {} // the next look comes soon
                case UpkeepRuns.Start.Locked(String text) -> {
                    LOG.info("{}: the server's own prune waits for its next turn", text);
                    ended(Optional.of(text));
                }
            }
        } catch (IOException e) {
            LOG.error("cannot prune the stores: {}. Blocks that are too old stay until the next turn.", e.toString());
            ended(Optional.of(e.toString()));
        }
    }

    private boolean isDue(Duration every, Instant now) {
        return !every.isZero()
                && known(now).filter(then -> then.plus(every).isAfter(now)).isEmpty();
    }

    /** When the last one ended. A moment in the future was written under another clock, and tells nothing. */
    private Optional<Instant> known(Instant now) {
        return last.filter(then -> !then.isAfter(now));
    }

    private void ended(UpkeepRuns.End end) {
        switch (end) {
            case UpkeepRuns.End.Failed(String reason) -> ended(Optional.of(reason));
            case UpkeepRuns.End.Done(Result result) -> {
                result.counts().forEach(AutomaticPrune::log);
                if (!closed) { // else the next start goes on
                    ended(problemOf(result));
                }
            }
        }
    }

    private static Optional<String> problemOf(Result result) {
        if (!result.complete()) {
            return Optional.of("it was cancelled");
        }
        return result.passedOver() == 0
                ? Optional.empty()
                : Optional.of(result.passedOver() + " files were passed over; the log names them");
    }

    private void ended(Optional<String> why) {
        Instant now = clock.instant();
        write(now);
        problem = why;
        last = Optional.of(now);
    }

    private static void log(StoreKind store, PruneCounts counts) {
        TypeCounts total = counts.total();
        LOG.info(
                "pruned {}: {} blocks seen, {} deleted, {} trimmed of {} entries in all, {} bytes freed, {} passed over",
                store == StoreKind.LOCAL ? "the local store" : "the store of the DHT",
                total.seen(),
                total.deleted(),
                total.trimmed(),
                total.entries(),
                total.bytes() + counts.leftOverBytes(),
                counts.failed());
    }

    private void write(Instant moment) {
        byte[] text = (Stamp.format(moment) + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            disk.replace(file, file.resolveSibling("pruned.tmp"), text, Access.OWNER_ONLY);
        } catch (IOException e) {
            LOG.warn("cannot write {}: {}. After a start, the stores are pruned again.", file, e.toString());
        }
    }

    @Override
    public void close() {
        closed = true;
        polling.cancel();
    }
}

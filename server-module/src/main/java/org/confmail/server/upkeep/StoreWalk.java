package org.confmail.server.upkeep;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.confmail.server.block.BlockType;
import org.confmail.server.block.EntryScanner;
import org.confmail.server.store.Fate;
import org.confmail.server.store.FoundBlock;
import org.confmail.server.store.StoreKind;
import org.confmail.server.store.StoreUpkeep;
import org.confmail.server.upkeep.PruneCounts.TypeCounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One walk over one store, which prunes it, gathers its usage, or does both with each file opened once. Memory does not grow with
 * the store, but for what the usage takes. Belongs to one thread.
 */
final class StoreWalk implements StoreUpkeep.Visitor {
    /** Where a whole disk fails, its files are not named one by one. */
    private static final int FAILURES_LOGGED_MAX = 20;

    private static final Logger LOG = LoggerFactory.getLogger("upkeep");

    private final StoreKind kind;
    private final Optional<Ageing> prune;
    private final Optional<Usage> usage;
    private final Duration delay;
    private final Watch watch;

    private final Map<BlockType, TypeCounts> counts = new EnumMap<>(BlockType.class);
    private long seen;
    private long unknown;
    private long deleted;
    private long trimmed;
    private long leftOvers;
    private long leftOverBytes;
    private long failed;
    /** How many entries go of the block that was decided about last. */
    private long entriesGoing;

    /**
     * @param prune by what is pruned; empty to change nothing
     * @param usage what gets the blocks that stay
     * @param delay pause for each file
     */
    StoreWalk(StoreKind kind, Optional<Ageing> prune, Optional<Usage> usage, Duration delay, Watch watch) {
        this.kind = kind;
        this.prune = prune;
        this.usage = usage;
        this.delay = delay;
        this.watch = watch;
    }

    PruneCounts counts() {
        return new PruneCounts(counts, unknown, leftOvers, leftOverBytes, failed);
    }

    @Override
    public boolean goesOn() {
        return watch.goesOn();
    }

    @Override
    public boolean seemsDue(FoundBlock block) throws IOException {
        if (!delay.isZero()) {
            LockSupport.parkNanos(delay.toNanos());
        }
        seen++;
        Optional<BlockType> type = block.label().type();
        if (type.isEmpty()) {
            unknown++;
            return false;
        }
        count(type.get(), new TypeCounts(1, 0, 0, 0, 0));
        if (!(fate(block) instanceof Fate.Stays)) {
            return true;
        }
        account(block, block.fileBytes());
        return false;
    }

    @Override
    public Fate decide(FoundBlock block) throws IOException {
        return fate(block);
    }

    private Fate fate(FoundBlock block) throws IOException {
        entriesGoing = 0;
        Optional<BlockType> type = block.label().type();
        if (prune.isEmpty() || type.isEmpty()) {
            return new Fate.Stays();
        }
        Optional<String> separator = EntryScanner.separator(type.get());
        if (separator.isPresent()) {
            EntryPlan plan = EntryPlan.of(block, type.get(), separator.get(), prune.get());
            entriesGoing = plan.dropped();
            return plan.fate();
        }
        return prune.get().isOver(type.get(), block.label().date()) ? new Fate.Goes() : new Fate.Stays();
    }

    @Override
    public void settled(FoundBlock block, Fate fate) throws IOException {
        Optional<BlockType> type = block.label().type();
        if (type.isEmpty()) {
            return; // it was replaced since it was looked at
        }
        switch (fate) {
            case Fate.Stays() -> account(block, block.fileBytes());
            case Fate.Goes() -> {
                deleted++;
                count(type.get(), new TypeCounts(0, 1, 0, entriesGoing, block.fileBytes()));
            }
            case Fate.Shrinks shrinks -> {
                trimmed++;
                long left = block.fileBytesAfter(shrinks);
                count(type.get(), new TypeCounts(0, 0, 1, entriesGoing, block.fileBytes() - left));
                account(block, left);
            }
        }
    }

    private void account(FoundBlock block, long bytes) throws IOException {
        if (usage.isPresent()) {
            usage.get().add(block, bytes, prune);
        }
    }

    private void count(BlockType type, TypeCounts more) {
        counts.merge(type, more, TypeCounts::plus);
    }

    @Override
    public void removedLeftOver(long bytes) {
        leftOvers++;
        leftOverBytes += bytes;
    }

    @Override
    public void failed(Path file, IOException why) {
        failed++;
        if (failed <= FAILURES_LOGGED_MAX) {
            LOG.warn("{} was passed over: {}. The next run comes back to it.", file, why.toString());
        } else if (failed == FAILURES_LOGGED_MAX + 1) {
            LOG.warn("more files are passed over; they are counted. Check the disk, and who holds the locks.");
        }
    }

    @Override
    public void reached(int leaf) {
        watch.at(new Progress(kind, leaf, seen, deleted, trimmed));
    }
}

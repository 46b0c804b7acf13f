package org.confmail.server.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.confmail.server.block.Key;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.disk.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the send queue, and the index of them. A file's name is that of its content, so the same may be queued again
 * while it is being sent: one lock covers each change of a name together with the index, so that a session deletes what it has
 * sent and never what came after it. The content of new files is written outside of that lock.
 */
final class QueueFiles {
    private static final Logger LOG = LoggerFactory.getLogger("send queue");
    /** The resolution of all file systems that we care about, and of what Java can set. */
    private static final ChronoUnit TIME_STEP = ChronoUnit.MICROS;
    /** A file that somebody else puts here is looked at when it has been left alone for so long. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private final QueueDirectory directory;
    private final Disk disk;
    private final InstantSource clock;
    private final Backlog backlog;
    private final ReentrantLock names = new ReentrantLock();
    /** The entries of each file. Guarded by {@link #names}. */
    private final Map<Key, List<Entry>> index = new HashMap<>();
    /** Files that could not be read, and were logged. Guarded by {@link #names}. */
    private final Set<Key> unreadable = new HashSet<>();

    private Instant last = Instant.EPOCH; // guarded by this object's monitor

    QueueFiles(QueuePlaces places, Disk disk, InstantSource clock, Backlog backlog) {
        this.directory = new QueueDirectory(places, disk);
        this.disk = disk;
        this.clock = clock;
        this.backlog = backlog;
    }

    /** A temporary file being written, in the queue's directory. */
    record Draft(Path temporary, Instant time) {}

    /** Reads what is there, and removes temporary files that a killed server left. */
    void load() throws IOException {
        Instant newest = directory.load(this::takeIn);
        synchronized (this) {
            last = newest;
        }
    }

    /** Takes in what somebody has put here by hand since. */
    void sweep() throws IOException {
        Instant now = clock.instant();
        for (Key name : directory.names()) {
            lookAt(name, now.minus(SETTLED));
        }
    }

    private void lookAt(Key name, Instant settled) throws IOException {
        names.lock();
        try {
            if (!index.containsKey(name)) {
                Optional<Instant> time = directory.time(name);
                if (time.isPresent() && !time.get().isAfter(settled)) {
                    takeIn(name, time.get());
                }
            }
        } finally {
            names.unlock();
        }
    }

    /** A new file's place in the order, behind all others. */
    Draft draft(Key about) {
        Instant time = nextTime();
        // The time makes the name unique: two connections may queue the same block at once.
        return new Draft(directory.temporary(about, time), time);
    }

    DurableFile create(Draft draft) throws IOException {
        return disk.create(draft.temporary(), Access.OWNER_ONLY);
    }

    /** Makes what was written durable, with its time. */
    static void complete(DurableFile file, Draft draft) throws IOException {
        file.modified(draft.time());
        file.force();
    }

    /** Gives a complete file its name, and its entries their place in the backlog. {@link #force} makes the name durable. */
    void place(Draft draft, Key name, List<Entry> entries) throws IOException {
        names.lock();
        try {
            disk.rename(draft.temporary(), file(name));
            enter(name, entries);
        } finally {
            names.unlock();
        }
    }

    /** Removes a file that does not come to anything. */
    void drop(Draft draft) {
        try {
            disk.delete(draft.temporary());
        } catch (IOException e) {
            LOG.warn("cannot delete {}: {}. It goes at the next start.", draft.temporary(), e.getMessage());
        }
    }

    /** Makes all names durable. */
    void force() throws IOException {
        disk.forceDirectory(directory.path());
    }

    /** Opens the file of an entry, to send it. */
    EntryFile open(Entry entry) throws IOException, DamagedEntry {
        return EntryFile.open(file(entry.name()));
    }

    /**
     * The entry has been delivered: its file goes, or is written anew without this target where others remain (PROTOCOL section
     * 8).
     *
     * @throws IOException when that fails; the entry is still there, and may be delivered again
     */
    void delivered(Entry entry) throws IOException {
        ProxyFile proxy = entry.proxy();
        if (proxy == null) {
            deleteDelivered(entry);
            return;
        }
        synchronized (proxy) {
            Set<Target> rest = new HashSet<>(backlog.waiting(proxy.entries()));
            rest.remove(entry.target());
            if (rest.isEmpty()) {
                deleteDelivered(entry);
            } else {
                rewrite(entry, rest);
                backlog.delivered(entry);
            }
        }
    }

    private void deleteDelivered(Entry entry) throws IOException {
        names.lock();
        try {
            if (isCurrent(entry)) {
                disk.delete(file(entry.name()));
                index.remove(entry.name());
            }
            backlog.delivered(entry);
        } finally {
            names.unlock();
        }
        if (entry.lane() == Lane.ACCOUNT) {
            forceDeletion();
        }
    }

    /** So that no power loss brings back an account change that is older than one that was delivered after it. */
    private void forceDeletion() {
        try {
            force();
        } catch (IOException e) {
            LOG.warn(
                    "cannot force {}: {}. After a power loss, account changes may be sent twice.", directory.path(), e);
        }
    }

    private void rewrite(Entry entry, Set<Target> rest) throws IOException {
        Draft draft = new Draft(directory.temporary(entry.name(), nextTime()), entry.queued());
        try {
            try (EntryFile file = EntryFile.open(file(entry.name()));
                    DurableFile copy = create(draft)) {
                copy.write(ByteBuffer.wrap(file.entry().header()));
                copy.write(ByteBuffer.wrap(PostTo.keep(file.lines(), rest)));
                copy.append(file.channel(), file.linesEnd(), file.size() - file.linesEnd());
                complete(copy, draft);
            }
            names.lock();
            try {
                if (isCurrent(entry)) {
                    disk.rename(draft.temporary(), file(entry.name()));
                } else {
                    disk.delete(draft.temporary());
                }
            } finally {
                names.unlock();
            }
        } catch (IOException e) {
            drop(draft);
            throw e;
        } catch (DamagedEntry e) {
            throw new IOException(e.reason(), e);
        }
    }

    /** Deletes a file whose time is over, with all its entries. */
    void discard(Entry entry) throws IOException {
        names.lock();
        try {
            if (isCurrent(entry)) {
                disk.delete(file(entry.name()));
                forget(entry.name());
            }
        } finally {
            names.unlock();
        }
    }

    /** All files of which one of the entries waits for another server than the partner. */
    List<Entry> proxied() {
        names.lock();
        try {
            return index.values().stream()
                    .map(List::getFirst)
                    .filter(entry -> entry.proxy() != null)
                    .toList();
        } finally {
            names.unlock();
        }
    }

    /** Somebody else has deleted the file. */
    void lost(Entry entry) {
        names.lock();
        try {
            if (isCurrent(entry) && Files.notExists(file(entry.name()))) {
                forget(entry.name());
                LOG.warn("{} is gone, and was not deleted by this server: it is not sent", file(entry.name()));
            }
        } finally {
            names.unlock();
        }
    }

    /** The file turned out to be damaged: it is moved away. */
    void damaged(Entry entry, String reason) throws IOException {
        names.lock();
        try {
            if (isCurrent(entry)) {
                moveToDamaged(entry.name(), reason);
                forget(entry.name());
            }
        } finally {
            names.unlock();
        }
    }

    /** Takes files out of the queue into {@code undo}, as long as they are there; returns those that it took. */
    List<Key> remove(List<Key> files, Undo undo) throws IOException {
        List<Key> removed = new ArrayList<>();
        for (Key name : files) {
            names.lock();
            try {
                if (index.containsKey(name)) {
                    undo.take(file(name), name, clock.instant());
                    forget(name);
                    removed.add(name);
                }
            } finally {
                names.unlock();
            }
        }
        if (!removed.isEmpty()) {
            force();
        }
        return removed;
    }

    /** Brings a file back that was removed; returns false where it is not there any more, or is queued again already. */
    boolean restore(Key name, Undo undo) throws IOException {
        names.lock();
        try {
            if (index.containsKey(name) || !undo.give(name, file(name))) {
                return false;
            }
            takeIn(name, Files.getLastModifiedTime(file(name)).toInstant());
            force();
            return index.containsKey(name);
        } finally {
            names.unlock();
        }
    }

    /**
     * The key of the block in a file: it is not kept in memory, because there may be very many. Empty for an account change, and
     * where the file cannot be read or is gone.
     */
    Optional<Key> blockKey(Key name) {
        try (EntryFile file = EntryFile.open(file(name))) {
            return switch (file.entry()) {
                case QueueEntry.Replication block -> Optional.of(block.key());
                case QueueEntry.Proxy block -> Optional.of(block.key());
                case QueueEntry.AccountChange _ -> Optional.empty();
            };
        } catch (IOException | DamagedEntry e) {
            LOG.debug("the key of entry {} is not known", name, e);
            return Optional.empty();
        }
    }

    private void takeIn(Key name, Instant time) throws IOException {
        try (EntryFile file = EntryFile.open(file(name))) {
            enter(name, EntryReader.entries(name, time, file));
            unreadable.remove(name);
        } catch (DamagedEntry e) {
            moveToDamaged(name, e.reason());
        } catch (NoSuchFileException e) {
            LOG.debug("{} went while it was looked at", file(name));
        } catch (IOException e) {
            if (unreadable.add(name)) {
                LOG.error("cannot read {}: {}. It stays, and is tried again.", file(name), e.toString());
            }
        }
    }

    private void enter(Key name, List<Entry> entries) {
        forget(name);
        index.put(name, entries);
        entries.forEach(backlog::add);
    }

    private void forget(Key name) {
        List<Entry> old = index.remove(name);
        if (old != null) {
            old.forEach(backlog::remove);
        }
    }

    /** Whether the file of this name is still the one that the entry stands for. */
    private boolean isCurrent(Entry entry) {
        return index.getOrDefault(entry.name(), List.of()).contains(entry);
    }

    private void moveToDamaged(Key name, String reason) throws IOException {
        try {
            directory.moveToDamaged(name, reason);
        } catch (IOException e) {
            if (unreadable.add(name)) {
                LOG.error("{} is damaged: {}. It cannot be moved away: {}", file(name), reason, e.toString());
            }
        }
    }

    private synchronized Instant nextTime() {
        Instant now = clock.instant().truncatedTo(TIME_STEP);
        last = now.isAfter(last) ? now : last.truncatedTo(TIME_STEP).plus(1, TIME_STEP);
        return last;
    }

    private Path file(Key name) {
        return directory.file(name);
    }
}

package org.confmail.server.delivery;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.confmail.server.block.Announcements;
import org.confmail.server.block.Key;
import org.confmail.server.delivery.peer.PeerFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session with a target: takes entries in their order and delivers them until there are none, or the session ends. An entry
 * goes only after DONE, and each that is taken finds its way back into the queue unless it goes. Belongs to one thread.
 */
final class TargetSession {
    /** A server that refuses everything is not to be sent a whole queue. */
    static final int REFUSALS_IN_A_ROW_MAX = 10;

    /**
     * How many delivered files are deleted together. Each deletion between two blocks makes the next force on that disk dearer;
     * so many are sent a second time after a kill, which changes nothing.
     */
    static final int SENT_MAX = 32;

    private static final Logger LOG = LoggerFactory.getLogger("sender");

    private final SendParts parts;
    private final TargetState target;
    private final String peer;
    private final BooleanSupplier valid;
    private final List<Entry> sent = new ArrayList<>(SENT_MAX);
    private int delivered;
    private int refusedInARow;

    /**
     * @param peer the other side, for the log
     * @param valid whether the session still leads where the target's entries are to go
     */
    TargetSession(SendParts parts, TargetState target, String peer, BooleanSupplier valid) {
        this.parts = parts;
        this.target = target;
        this.peer = peer;
        this.valid = valid;
    }

    /** How many entries were delivered. */
    int delivered() {
        return delivered;
    }

    /**
     * Whether the session was cut because of an entry that now waits, as old servers do; others may go at once, in a new session.
     * Something was delivered, so this comes to an end.
     */
    boolean mayBeginAnew() {
        return delivered > 0 && refusedInARow > 0 && refusedInARow < REFUSALS_IN_A_ROW_MAX;
    }

    /**
     * Delivers until nothing has come for {@code patience}.
     *
     * @throws PeerFailure when the session has ended otherwise
     */
    void run(Outlet outlet, Duration patience) throws PeerFailure, InterruptedException {
        try {
            while (valid.getAsBoolean()) {
                Optional<Entry> entry = parts.backlog().take(target, sent.isEmpty() ? patience : Duration.ZERO);
                if (entry.isPresent()) {
                    deliverOrPutBack(outlet, entry.get());
                } else if (sent.isEmpty()) {
                    return;
                }
                if (entry.isEmpty() || sent.size() >= SENT_MAX) {
                    deleteSent();
                }
            }
        } finally {
            deleteSent();
        }
    }

    private void deliverOrPutBack(Outlet outlet, Entry entry) throws PeerFailure {
        try {
            deliver(outlet, entry);
        } finally {
            parts.backlog().putBack(target, entry);
        }
    }

    private void deliver(Outlet outlet, Entry entry) throws PeerFailure {
        QueueFiles files = parts.queue().files();
        if (parts.expiry().discarded(entry)) {
            return;
        }
        try (EntryFile file = files.open(entry)) {
            byte[] lines = file.lines();
            if (entry.lane() == Lane.TEXT && !mayGo(entry, lines)) {
                return;
            }
            send(outlet, entry, file, lines);
        } catch (NoSuchFileException e) {
            files.lost(entry);
        } catch (DamagedEntry e) {
            moveAway(entry, e);
        } catch (IOException e) {
            LOG.error("{}: entry {} cannot be read: {}. It is tried again later.", peer, entry.name(), e.toString());
            parts.backlog().setBack(target, entry, "its file cannot be read: " + e);
        }
    }

    private boolean mayGo(Entry entry, byte[] lines) {
        Set<Key> named = parts.backlog().hasDataAside(target) ? Announcements.dataBlocks(lines) : Set.of();
        return parts.backlog().admit(target, entry, named);
    }

    private void send(Outlet outlet, Entry entry, EntryFile file, byte[] lines) throws PeerFailure, DamagedEntry {
        Optional<String> refusal;
        try {
            refusal = outlet.deliver(file.entry(), () -> file.outgoing(lines));
        } catch (IOException e) {
            parts.backlog().setBack(target, entry, "its file cannot be read: " + e);
            throw new PeerFailure(
                    PeerFailure.Kind.CLOSED, "ended by us: entry " + entry.name() + " cannot be read: " + e, e);
        }
        if (refusal.isPresent()) {
            refused(entry, refusal.get());
        } else {
            taken(entry);
        }
    }

    private void taken(Entry entry) {
        delivered++;
        refusedInARow = 0;
        parts.counters().delivered().increment();
        parts.backlog().sent(target, entry);
        sent.add(entry);
        if (entry.lane() == Lane.ACCOUNT) {
            deleteSent(); // before the next change goes: an older one must never come back after it
        }
    }

    private void deleteSent() {
        sent.forEach(this::delete);
        sent.clear();
    }

    private void delete(Entry entry) {
        try {
            parts.queue().files().delivered(entry);
        } catch (IOException e) {
            LOG.error(
                    "{}: entry {} was delivered, and its file can be neither deleted nor changed: {}. It is sent again"
                            + " later. Is the disk of the home full, or read-only?",
                    peer,
                    entry.name(),
                    e.toString());
            parts.backlog().setBack(target, entry, "delivered, but its file cannot be deleted: " + e);
        }
    }

    private void refused(Entry entry, String answer) throws PeerFailure {
        refusedInARow++;
        parts.counters().refused().increment();
        parts.backlog().setBack(target, entry, answer);
        LOG.warn(
                "{}: entry {} was not taken, {}. It stays and is tried again later; others go on.",
                peer,
                entry.name(),
                answer);
        if (refusedInARow >= REFUSALS_IN_A_ROW_MAX) {
            throw new PeerFailure(
                    PeerFailure.Kind.PROTOCOL, refusedInARow + " entries in a row were not taken; last, " + answer);
        }
    }

    private void moveAway(Entry entry, DamagedEntry e) {
        try {
            parts.queue().files().damaged(entry, e.reason());
        } catch (IOException failure) {
            LOG.error("{}: entry {} is damaged and cannot be moved away: {}", peer, entry.name(), failure.toString());
            parts.backlog().setBack(target, entry, "damaged: " + e.reason());
        }
    }
}

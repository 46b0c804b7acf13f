package org.confmail.server.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.confmail.server.block.Key;
import org.confmail.server.delivery.Entry.Place;

/**
 * What waits for one target, in the order in which it leaves: account changes, then data blocks, then the rest, each as they
 * were queued (PROTOCOL section 8). An entry that was refused, or has an embargo, steps aside until its time has come, and with
 * it those that must not overtake it: later changes of the same account, and announcements that name the data block. All
 * others go on. Guarded by the {@link Backlog}'s lock; one session at a time takes from it.
 */
final class TargetQueue {
    private static final Comparator<Entry> BY_TIME =
            Comparator.comparing(Entry::due).thenComparing(Entry.ORDER);

    private final Map<Lane, TreeSet<Entry>> ready = new EnumMap<>(Lane.class);
    private final TreeSet<Entry> later = new TreeSet<>(BY_TIME);
    /** How many of {@link #later} others may have to wait for, by subject. */
    private final Map<Key, Integer> aside = new HashMap<>();
    /** Who waits for those. */
    private final Map<Key, TreeSet<Entry>> behind = new HashMap<>();

    private int count;
    private long bytes;

    TargetQueue() {
        for (Lane lane : Lane.values()) {
            ready.put(lane, new TreeSet<>(Entry.ORDER));
        }
    }

    void add(Entry entry, Instant now) {
        count++;
        bytes += entry.bytes();
        ProxyFile proxy = entry.proxy();
        Optional<Instant> embargo = proxy == null ? Optional.empty() : proxy.embargo();
        if (embargo.isPresent() && embargo.get().isAfter(now)) {
            stepAside(entry, Setback.embargo(embargo.get()));
        } else {
            makeReady(entry);
        }
    }

    /** When the oldest entry was queued, but for those in the hands of a session. */
    Optional<Instant> oldest() {
        Stream<Entry> first =
                ready.values().stream().filter(lane -> !lane.isEmpty()).map(TreeSet::first);
        Stream<Entry> others =
                Stream.concat(later.stream(), behind.values().stream().flatMap(TreeSet::stream));
        return Stream.concat(first, others).map(Entry::queued).min(Instant::compareTo);
    }

    /** Takes an entry out for good, wherever it stands; what waited for it is free to go. */
    void remove(Entry entry) {
        if (entry.place() == Place.GONE) {
            return;
        }
        leave(entry);
        entry.move(Place.GONE);
        count--;
        bytes -= entry.bytes();
    }

    /** The entry whose turn it is, which is in the caller's hands then. */
    Optional<Entry> take(Instant now) {
        comeBack(now);
        for (Lane lane : Lane.values()) {
            for (Entry entry = lane(lane).pollFirst();
                    entry != null;
                    entry = lane(lane).pollFirst()) {
                Key subject = entry.subject();
                if (lane == Lane.ACCOUNT && subject != null && isOlderAside(subject, entry)) {
                    waitBehind(entry, subject);
                } else {
                    entry.move(Place.SENDING);
                    return Optional.of(entry);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a change of the same account that is older than this one stands aside; a restored one may be the older. */
    private boolean isOlderAside(Key subject, Entry entry) {
        return aside.containsKey(subject)
                && later.stream()
                        .anyMatch(other ->
                                Objects.equals(subject, other.subject()) && Entry.ORDER.compare(other, entry) < 0);
    }

    /** Whether a text has to be read for the data blocks that it names before it may go. */
    boolean hasDataAside() {
        return !aside.isEmpty();
    }

    /**
     * Whether a text that was taken may go now. Otherwise it has its place in the queue again: data came meanwhile, or one that
     * it names has stepped aside.
     */
    boolean admit(Entry text, Set<Key> named) {
        if (text.place() != Place.SENDING) {
            return false;
        }
        if (!lane(Lane.DATA).isEmpty()) {
            makeReady(text);
            return false;
        }
        for (Key key : named) {
            if (aside.containsKey(key)) {
                waitBehind(text, key);
                return false;
            }
        }
        return true;
    }

    /** Gives back what was taken and not tried to its end. */
    void putBack(Entry entry) {
        if (entry.place() == Place.SENDING) {
            makeReady(entry);
        }
    }

    /** The other side has what was taken; it is not given back any more. */
    void sent(Entry entry) {
        if (entry.place() == Place.SENDING) {
            entry.move(Place.SENT);
        }
    }

    /** Lets what was taken step aside. */
    void setBack(Entry entry, Setback why) {
        if (entry.place() == Place.SENDING || entry.place() == Place.SENT) {
            stepAside(entry, why);
        }
    }

    /** Makes everything ready that waits for a retry; embargoes stay. */
    void retryAll() {
        for (Entry entry : List.copyOf(later)) {
            if (entry.failures() > 0) {
                leave(entry);
                makeReady(entry);
            }
        }
    }

    /** When the first entry may leave, as far as it goes by the entries; empty where none can. */
    Optional<Instant> due() {
        for (Lane lane : Lane.values()) {
            if (!lane(lane).isEmpty()) {
                return Optional.of(Instant.EPOCH);
            }
        }
        return later.isEmpty() ? Optional.empty() : Optional.of(later.first().due());
    }

    int count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    /** All entries but those in the hands of a session, in no order. */
    List<Entry> entries() {
        List<Entry> all = new ArrayList<>(count);
        ready.values().forEach(all::addAll);
        all.addAll(later);
        behind.values().forEach(all::addAll);
        return all;
    }

    private void comeBack(Instant now) {
        while (!later.isEmpty() && !later.first().due().isAfter(now)) {
            Entry entry = later.first();
            leave(entry);
            makeReady(entry);
        }
    }

    private void makeReady(Entry entry) {
        entry.move(Place.READY);
        lane(entry.lane()).add(entry);
    }

    private void stepAside(Entry entry, Setback why) {
        entry.setBack(why);
        later.add(entry);
        Key subject = entry.subject();
        if (subject != null) {
            aside.merge(subject, 1, Integer::sum);
        }
    }

    private void waitBehind(Entry entry, Key subject) {
        entry.move(Place.BEHIND);
        behind.computeIfAbsent(subject, _ -> new TreeSet<>(Entry.ORDER)).add(entry);
    }

    /** Takes an entry out of where it stands. */
    private void leave(Entry entry) {
        switch (entry.place()) {
            case READY -> lane(entry.lane()).remove(entry);
            case LATER -> {
                later.remove(entry);
                freeThoseBehind(entry);
            }
            case BEHIND -> {
                behind.values().forEach(waiting -> waiting.remove(entry)); // few wait, and few leave from there
                behind.values().removeIf(TreeSet::isEmpty);
            }
            case NEW, SENDING, SENT, GONE -> {}
        }
    }

    /** They have their turn behind it: its lane comes before theirs, or it is the older one. */
    private void freeThoseBehind(Entry entry) {
        Key subject = entry.subject();
        if (subject != null && aside.merge(subject, -1, (a, b) -> a + b == 0 ? null : a + b) == null) {
            TreeSet<Entry> waiting = behind.remove(subject);
            if (waiting != null) {
                waiting.forEach(this::makeReady);
            }
        }
    }

    private NavigableSet<Entry> lane(Lane lane) {
        NavigableSet<Entry> entries = ready.get(lane);
        if (entries == null) {
            throw new IllegalStateException();
        }
        return entries;
    }
}

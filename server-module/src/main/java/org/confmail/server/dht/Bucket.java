package org.confmail.server.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.confmail.server.block.Key;

/**
 * The contacts of one part of the key space: up to k, and as many that wait for a place. In the order in which they answered
 * last, the most recent one at the end. Belongs to the loop.
 */
final class Bucket {
    /** Kademlia's k. PROTOCOL section 10. */
    static final int K = 8;
    /** PROTOCOL section 10. */
    static final int REPLACEMENTS_MAX = 8;
    /** So that nobody fills a bucket from one network. */
    private static final int OF_ONE_SUBNET_MAX = 2;

    private final List<TableEntry> entries = new ArrayList<>(K);
    private final List<TableEntry> replacements = new ArrayList<>();
    private long lookedUpNanos;

    Bucket(long nowNanos) {
        lookedUpNanos = nowNanos;
    }

    List<TableEntry> entries() {
        return entries;
    }

    List<TableEntry> replacements() {
        return replacements;
    }

    boolean isFull() {
        return entries.size() >= K;
    }

    /** When keys of this part were last looked up. */
    long lookedUpNanos() {
        return lookedUpNanos;
    }

    void lookedUp(long nowNanos) {
        lookedUpNanos = nowNanos;
    }

    /** Whether a newcomer would get a place, be it one to wait at. */
    boolean hasRoomFor(TableEntry newcomer) {
        if (isFull() && entries.stream().noneMatch(TableEntry::isDead)) {
            return replacements.size() < REPLACEMENTS_MAX && subnetAllows(replacements, newcomer);
        }
        return subnetAllows(entries, newcomer);
    }

    /** Takes a newcomer in; returns who loses its place for it, or the newcomer itself where there is none. */
    Optional<TableEntry> add(TableEntry newcomer) {
        if (!subnetAllows(entries, newcomer)) {
            return Optional.of(newcomer);
        }
        if (!isFull()) {
            entries.add(newcomer);
            return Optional.empty();
        }
        Optional<TableEntry> dead = entries.stream().filter(TableEntry::isDead).findFirst();
        if (dead.isPresent()) {
            entries.remove(dead.get());
            entries.add(newcomer);
            return dead;
        }
        if (!subnetAllows(replacements, newcomer)) {
            return Optional.of(newcomer);
        }
        replacements.add(newcomer);
        return replacements.size() > REPLACEMENTS_MAX ? Optional.of(replacements.removeFirst()) : Optional.empty();
    }

    /** An entry has answered: it goes to the end. */
    void refreshed(TableEntry entry) {
        List<TableEntry> list = entries.contains(entry) ? entries : replacements;
        list.remove(entry);
        list.add(entry);
    }

    void remove(TableEntry entry) {
        if (!replacements.remove(entry) && entries.remove(entry)) {
            promote();
        }
    }

    /** Gives a dead contact's place to the one that waits and answered last; returns whether there was one. */
    boolean replace(TableEntry dead) {
        if (!entries.remove(dead)) {
            return replacements.remove(dead);
        }
        if (promote()) {
            return true;
        }
        entries.addFirst(dead);
        return false;
    }

    private boolean promote() {
        for (TableEntry waiting : replacements.reversed()) {
            if (subnetAllows(entries, waiting)) {
                replacements.remove(waiting);
                entries.add(waiting);
                return true;
            }
        }
        return false;
    }

    /** The part of this bucket that {@code isTheirs} belongs to a new one, which is returned. */
    Bucket split(Predicate<Key> isTheirs) {
        Bucket other = new Bucket(lookedUpNanos);
        move(entries, other.entries, isTheirs);
        move(replacements, other.replacements, isTheirs);
        fill();
        other.fill();
        return other;
    }

    private void fill() {
        while (!isFull() && promote()) {
            // as many as there is room for
        }
    }

    private static void move(List<TableEntry> from, List<TableEntry> to, Predicate<Key> isTheirs) {
        for (TableEntry entry : List.copyOf(from)) {
            if (isTheirs.test(entry.contact().id())) {
                from.remove(entry);
                to.add(entry);
            }
        }
    }

    private static boolean subnetAllows(List<TableEntry> list, TableEntry newcomer) {
        if (newcomer.subnet().isEmpty()) {
            return true;
        }
        int same = 0;
        for (TableEntry entry : list) {
            if (entry.subnet().equals(newcomer.subnet())) {
                same++;
            }
        }
        return same < OF_ONE_SUBNET_MAX;
    }
}

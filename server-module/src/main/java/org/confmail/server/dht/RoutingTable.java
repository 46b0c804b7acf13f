package org.confmail.server.dht;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;

/**
 * The nodes that this one knows: many near its own id, fewer and fewer further away. Bucket i holds those that share exactly i
 * leading bits with the own id; the last bucket, which holds all that share more, is the only one that splits. Belongs to the
 * loop.
 *
 * <p>Holds only contacts that have answered, one for each id and one for each address and port.
 */
final class RoutingTable {
    private final Key own;
    private final EventLoop loop;
    private final List<Bucket> buckets = new ArrayList<>();
    private final Map<Key, TableEntry> byId = new HashMap<>();
    private final Map<InetSocketAddress, TableEntry> byAddress = new HashMap<>();

    RoutingTable(Key own, EventLoop loop) {
        this.own = own;
        this.loop = loop;
        buckets.add(new Bucket(loop.nanos()));
    }

    Key own() {
        return own;
    }

    List<Bucket> buckets() {
        return buckets;
    }

    Optional<TableEntry> find(Key id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Whether it pays to ask this contact whether it is there: it is new, and there is room for it. */
    boolean wants(Contact contact) {
        return !contact.id().equals(own)
                && !byId.containsKey(contact.id())
                && !byAddress.containsKey(contact.address())
                && bucket(contact.id()).hasRoomFor(new TableEntry(contact, loop.nanos()));
    }

    /**
     * A contact has answered what it was asked at this address. It enters the table, or is refreshed there; another that had
     * the same address is gone.
     *
     * @return the entry of the same id at another address, which keeps its place until it is shown to be dead
     */
    Optional<Contact> answered(Contact contact) {
        if (contact.id().equals(own)) {
            return Optional.empty();
        }
        TableEntry there = byAddress.get(contact.address());
        if (there != null && !there.contact().equals(contact)) {
            remove(there);
        }
        TableEntry known = byId.get(contact.id());
        if (known == null) {
            add(new TableEntry(contact, loop.nanos()));
            return Optional.empty();
        }
        if (!known.contact().equals(contact)) {
            return Optional.of(known.contact());
        }
        known.answered(loop.nanos());
        bucket(contact.id()).refreshed(known);
        return Optional.empty();
    }

    /** A contact did not answer. Returns whether it is worth asking again soon, because another waits for its place. */
    boolean failed(Contact contact) {
        TableEntry entry = byId.get(contact.id());
        if (entry == null || !entry.contact().equals(contact)) {
            return false;
        }
        entry.failed();
        Bucket bucket = bucket(contact.id());
        if (!entry.isDead()) {
            return !bucket.replacements().isEmpty() && bucket.entries().contains(entry);
        }
        // With nobody to take its place it stays: when our own network fails, all fail.
        if (bucket.replace(entry)) {
            forget(entry);
        }
        return false;
    }

    /** A node of a known id has moved: its old address is dead, the new one has answered. */
    void moved(Contact from, Contact to) {
        TableEntry entry = byId.get(from.id());
        if (entry != null && entry.contact().equals(from)) {
            remove(entry);
        }
        answered(to);
    }

    private void add(TableEntry newcomer) {
        Key id = newcomer.contact().id();
        while (bucket(id).isFull() && isLast(bucket(id)) && buckets.size() < Distance.BITS) {
            int depth = buckets.size();
            buckets.add(buckets.getLast().split(theirs -> Distance.sharedBits(own, theirs) >= depth));
        }
        byId.put(id, newcomer);
        byAddress.put(newcomer.contact().address(), newcomer);
        bucket(id).add(newcomer).ifPresent(this::forget);
    }

    private boolean isLast(Bucket bucket) {
        return bucket == buckets.getLast();
    }

    private void remove(TableEntry entry) {
        bucket(entry.contact().id()).remove(entry);
        forget(entry);
    }

    private void forget(TableEntry entry) {
        byId.remove(entry.contact().id(), entry);
        byAddress.remove(entry.contact().address(), entry);
    }

    private Bucket bucket(Key id) {
        return buckets.get(index(id));
    }

    private int index(Key id) {
        return Math.min(Distance.sharedBits(own, id), buckets.size() - 1);
    }

    /** The closest contacts that may be handed to others, closest first. */
    List<Contact> closest(Key target, int count) {
        return closest(target, count, entry -> !entry.isDoubtful());
    }

    /** The closest contacts to begin a lookup with: those in doubt as well, where there are no better ones. */
    List<Contact> seeds(Key target, int count) {
        List<Contact> good = closest(target, count);
        return good.isEmpty() ? closest(target, count, _ -> true) : good;
    }

    private List<Contact> closest(Key target, int count, Predicate<TableEntry> which) {
        List<Contact> found = new ArrayList<>();
        Comparator<Contact> byDistance = Comparator.comparing(Contact::id, Distance.to(target));
        int index = index(target);
        // All of one bucket are closer than all of the next in this order: the target's own, those nearer to us, all as
        // far from the target as the other, and then back to the farthest.
        collect(buckets.get(index), which, found);
        if (found.size() < count) {
            for (int i = index + 1; i < buckets.size(); i++) {
                collect(buckets.get(i), which, found);
            }
        }
        for (int i = index - 1; i >= 0 && found.size() < count; i--) {
            collect(buckets.get(i), which, found);
        }
        found.sort(byDistance);
        return List.copyOf(found.subList(0, Math.min(count, found.size())));
    }

    private static void collect(Bucket bucket, Predicate<TableEntry> which, List<Contact> found) {
        for (TableEntry entry : bucket.entries()) {
            if (which.test(entry)) {
                found.add(entry.contact());
            }
        }
    }

    /** Keys of this part of the key space were looked up. */
    void lookedUp(Key target) {
        bucket(target).lookedUp(loop.nanos());
    }

    /** How many contacts have a place, dead ones not counted. */
    int size() {
        int size = 0;
        for (Bucket bucket : buckets) {
            for (TableEntry entry : bucket.entries()) {
                size += entry.isDead() ? 0 : 1;
            }
        }
        return size;
    }
}

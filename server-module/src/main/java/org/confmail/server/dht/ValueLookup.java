package org.confmail.server.dht;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;
import org.confmail.server.dht.wire.Query;
import org.confmail.server.dht.wire.Result;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a block: at other nodes, until one has a valid one, and here. A false value ends nothing. What is found is stored
 * at the closest node that answered without it, and merged with what is held here for the answer. PROTOCOL section 10. Belongs
 * to the loop.
 */
final class ValueLookup implements Lookup.Listener {
    private final Key key;
    private final Lookups lookups;
    private final HeldWork held;
    private final DhtCounters counters;
    private final Consumer<Optional<byte[]>> found;
    private @Nullable Lookup lookup;
    private byte @Nullable [] value;
    private @Nullable Contact finder;
    private int hops;

    private ValueLookup(
            Key key, Lookups lookups, HeldWork held, DhtCounters counters, Consumer<Optional<byte[]>> found) {
        this.key = key;
        this.lookups = lookups;
        this.held = held;
        this.counters = counters;
        this.found = found;
    }

    /** Begins a lookup; {@code found} hears of its end once. */
    static ValueLookup start(
            Key key, Lookups lookups, HeldWork held, DhtCounters counters, Consumer<Optional<byte[]>> found) {
        ValueLookup search = new ValueLookup(key, lookups, held, counters, found);
        search.lookup = lookups.start(key, new Query.FindValue(key), true, true, search);
        return search;
    }

    /** How many answers led to the value; 0 when no other node had it. */
    int hops() {
        return hops;
    }

    /** How many nodes were asked. */
    int asked() {
        return lookup == null ? 0 : lookup.asked();
    }

    @Override
    public void value(Candidate by, byte[] offered) {
        boolean taken = held.offer(key, offered, outcome -> judged(by, outcome));
        if (!taken) {
            release();
        }
    }

    private void judged(Candidate by, Optional<Held.Offer> outcome) {
        if (lookup == null || lookup.hasEnded()) {
            return;
        }
        switch (outcome.orElse(new Held.Offer.Invalid("it cannot be told"))) {
            case Held.Offer.Changed(byte[] merged) -> accept(by, merged);
            case Held.Offer.Unchanged(byte[] ours) -> accept(by, ours);
            case Held.Offer.Invalid _ -> {
                counters.valuesFalse().increment();
                by.lied();
                release();
            }
        }
    }

    private void accept(Candidate by, byte[] accepted) {
        counters.valuesFound().increment();
        value = accepted;
        finder = by.contact();
        hops = by.hop();
        if (lookup != null) {
            lookup.end();
        }
    }

    private void release() {
        if (lookup != null && !lookup.hasEnded()) {
            lookup.release();
        }
    }

    @Override
    public void ended(List<Contact> closest) {
        if (value == null) {
            // What this node itself holds counts when nobody else has it.
            if (!held.find(key, found)) {
                found.accept(Optional.empty());
            }
            return;
        }
        found.accept(Optional.of(value));
        cache(value);
    }

    /** So that what many look for is found nearer. */
    private void cache(byte[] accepted) {
        if (lookup == null || finder == null) {
            return;
        }
        lookup.closestAnswered(finder)
                .ifPresent(contact -> lookups.rpc()
                        .ask(contact, new Query.Store(key, accepted, Optional.empty(), Duration.ZERO), new Rpc.Fate() {
                            @Override
                            public void answered(Contact by, Result result) {}

                            @Override
                            public void failed() {}
                        }));
    }
}

package org.confmail.server.dht;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;
import org.confmail.server.dht.wire.Query;
import org.confmail.server.dht.wire.Result;

/**
 * Gives blocks to the nodes that are closest to their keys, and keeps them here where those are few or this node is among the
 * closest. PROTOCOL section 10. Belongs to the loop.
 */
final class Publisher {
    /** Nodes that have not answered a store by then are not waited for: a client gets its answer within 10 s. */
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final Lookups lookups;
    private final HeldWork held;
    private final InstantSource clock;

    Publisher(Lookups lookups, HeldWork held, InstantSource clock) {
        this.lookups = lookups;
        this.held = held;
        this.clock = clock;
    }

    /** Publishes what a client posted, merged with what is held here; nothing where that is as new. */
    void publish(Key key, byte[] posted, Consumer<Publication> published) {
        boolean taken = held.offer(key, posted, offer -> {
            if (offer.isEmpty()) {
                published.accept(new Publication.Failed("what is held here cannot be read"));
                return;
            }
            switch (offer.get()) {
                case Held.Offer.Invalid(String reason) -> published.accept(new Publication.Invalid(reason));
                case Held.Offer.Unchanged _ -> published.accept(new Publication.Unchanged());
                case Held.Offer.Changed(byte[] value) ->
                    give(key, value, new Held.Origin(lookups.own(), clock.instant()), published);
            }
        });
        if (!taken) {
            published.accept(new Publication.Failed("too many blocks are waiting"));
        }
    }

    /** Gives a valid block to the closest nodes. */
    void give(Key key, byte[] value, Held.Origin origin, Consumer<Publication> given) {
        lookups.nodes(key, closest -> new Round(key, value, origin, given).send(closest));
    }

    /** One block on its way to its nodes. */
    private final class Round {
        private final Key key;
        private final byte[] value;
        private final Held.Origin origin;
        private final Consumer<Publication> given;
        private List<Contact> nodes = List.of();
        private int waitingFor;
        private int taken;
        private boolean ended;

        Round(Key key, byte[] value, Held.Origin origin, Consumer<Publication> given) {
            this.key = key;
            this.value = value;
            this.origin = origin;
            this.given = given;
        }

        void send(List<Contact> closest) {
            nodes = closest;
            waitingFor = closest.size();
            if (closest.isEmpty()) {
                end();
                return;
            }
            lookups.loop().after(LONGEST, this::end);
            Duration age = Duration.between(origin.published(), clock.instant());
            Query.Store store = new Query.Store(
                    key,
                    value,
                    Optional.of(origin.publisher()),
                    age.isNegative() ? Duration.ZERO : Duration.ofSeconds(age.toSeconds()));
            for (Contact node : closest) {
                lookups.rpc().ask(node, store, new Rpc.Fate() {
                    @Override
                    public void answered(Contact by, Result result) {
                        answer(result.equals(Result.OK));
                    }

                    @Override
                    public void failed() {
                        answer(false);
                    }
                });
            }
        }

        private void answer(boolean ok) {
            waitingFor--;
            taken += ok ? 1 : 0;
            if (waitingFor == 0) {
                end();
            }
        }

        private void end() {
            if (ended) {
                return;
            }
            ended = true;
            boolean belongsHere = taken < Bucket.K
                    || Distance.isCloser(key, lookups.own(), nodes.getLast().id());
            if (!belongsHere) {
                given.accept(new Publication.Published(taken, false));
                return;
            }
            if (!held.keep(key, value, origin, this::kept)) {
                kept(Optional.empty());
            }
        }

        private void kept(Optional<Held.Kept> outcome) {
            boolean here = outcome.filter(
                            kept -> kept instanceof Held.Kept.Stored || kept instanceof Held.Kept.Unchanged)
                    .isPresent();
            given.accept(
                    here || taken > 0
                            ? new Publication.Published(taken, here)
                            : new Publication.Failed("no other node took it, and it cannot be kept here"));
        }
    }
}

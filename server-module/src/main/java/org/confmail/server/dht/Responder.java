package org.confmail.server.dht;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;
import org.confmail.server.dht.wire.Message;
import org.confmail.server.dht.wire.Query;
import org.confmail.server.dht.wire.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what other nodes ask. PROTOCOL section 10. Belongs to the loop. */
final class Responder {
    private static final Logger LOG = LoggerFactory.getLogger("dht");

    private final RoutingTable table;
    private final HeldWork held;
    private final Transport transport;
    private final Liveness liveness;
    private final InstantSource clock;
    private final DhtCounters counters;

    Responder(
            RoutingTable table,
            HeldWork held,
            Transport transport,
            Liveness liveness,
            InstantSource clock,
            DhtCounters counters) {
        this.table = table;
        this.held = held;
        this.transport = transport;
        this.liveness = liveness;
        this.clock = clock;
        this.counters = counters;
    }

    /** Answers a request that came from this address, unless too much is waiting: then it is as if it had been lost. */
    void answer(Message.Request request, InetSocketAddress from) {
        counters.requestsReceived().increment();
        switch (request.query()) {
            case Query.Ping() -> respond(request, from, Result.PONG);
            case Query.Store store -> keep(request, store, from);
            case Query.FindNode(Key key) -> respond(request, from, closest(key, request.sender()));
            case Query.Delete(Key key) -> respond(request, from, closest(key, request.sender()));
            case Query.FindValue(Key key) -> find(request, key, from, true);
            case Query.Unknown(String method) ->
                fail(request, from, "exceptions.AttributeError", "Invalid method: " + method);
            case Query.WrongArguments(String method, int given) ->
                fail(
                        request,
                        from,
                        "exceptions.TypeError",
                        method + "() takes another number of arguments than " + given);
        }
    }

    private void keep(Message.Request request, Query.Store store, InetSocketAddress from) {
        Instant now = clock.instant();
        Held.Origin origin = new Held.Origin(store.publisher().orElse(request.sender()), published(store, now));
        boolean taken = held.keep(store.key(), store.value(), origin, kept -> {
            if (kept.isPresent()) {
                count(store.key(), kept.get());
                if (kept.get() instanceof Held.Kept.Full) {
                    fail(request, from, "exceptions.IOError", "no room");
                } else {
                    // To an invalid block as well, as the existing nodes do.
                    respond(request, from, Result.OK);
                }
            }
        });
        countDropped(taken);
    }

    /** An age may be anything that a node says; nobody publishes before the epoch. */
    private static Instant published(Query.Store store, Instant now) {
        return store.age().toSeconds() > now.getEpochSecond() ? Instant.EPOCH : now.minus(store.age());
    }

    private void count(Key key, Held.Kept kept) {
        switch (kept) {
            case Held.Kept.Stored() -> counters.blocksKept().increment();
            case Held.Kept.Unchanged() -> {}
            case Held.Kept.Full() -> counters.blocksWithoutRoom().increment();
            case Held.Kept.Refused(String reason) -> {
                counters.blocksRefused().increment();
                LOG.debug("block {} of another node dropped: {}", key, reason);
            }
        }
    }

    /**
     * Sends what is held, or else the closest nodes. A long value goes to no stranger who has not answered a ping: anybody
     * could have written his address into the request.
     *
     * @param mayProve whether a stranger may do so now; then it is looked up again, so that nothing waits in memory
     */
    private void find(Message.Request request, Key key, InetSocketAddress from, boolean mayProve) {
        boolean taken = held.bytes(key, bytes -> {
            if (!answered(request, key, from, bytes) && mayProve && from.getPort() != 0) {
                liveness.prove(new Contact(request.sender(), from), () -> find(request, key, from, false));
            }
        });
        countDropped(taken);
    }

    /** Answers, or not; false where the asking node may prove itself. */
    private boolean answered(Message.Request request, Key key, InetSocketAddress from, long bytes) {
        if (bytes == 0) {
            return respond(request, from, closest(key, request.sender()));
        }
        Transport.Leave leave = transport.leaveForValue(from, bytes);
        if (leave == Transport.Leave.GRANTED) {
            countDropped(held.find(key, value -> sendFound(request, key, from, value)));
        }
        return leave != Transport.Leave.PROOF_WANTED;
    }

    private void sendFound(Message.Request request, Key key, InetSocketAddress to, Optional<byte[]> found) {
        if (found.isEmpty()) { // it went meanwhile, or is damaged
            respond(request, to, closest(key, request.sender()));
            return;
        }
        Result value = new Result.Value(key, found.get());
        transport.sendValue(new Message.Response(request.messageId(), table.own(), value), to);
    }

    private void countDropped(boolean taken) {
        if (!taken) {
            counters.requestsDropped().increment();
        }
    }

    /** Never the asking node itself. */
    private Result.Contacts closest(Key key, Key asker) {
        List<Contact> closest = table.closest(key, Bucket.K + 1).stream()
                .filter(contact -> !contact.id().equals(asker))
                .limit(Bucket.K)
                .toList();
        return new Result.Contacts(closest);
    }

    private boolean respond(Message.Request request, InetSocketAddress to, Result result) {
        return transport.send(new Message.Response(request.messageId(), table.own(), result), to);
    }

    private void fail(Message.Request request, InetSocketAddress to, String type, String text) {
        transport.send(new Message.Failure(request.messageId(), table.own(), type, text), to);
    }
}

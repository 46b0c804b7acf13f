package org.confmail.server.dht;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;
import org.confmail.server.dht.wire.Message;
import org.confmail.server.metrics.Metrics;

/**
 * A node of the DHT: finds and publishes blocks for this server's clients, and holds and finds them for other nodes. All its
 * state belongs to its event loop; what is public here may be called from any thread, but for {@link #received}.
 */
public final class Node {
    /** How often the node looks whether there is something to do. PROTOCOL section 10. */
    private static final Duration CHECK = Duration.ofMinutes(12);
    /** After so many checks, an hour, the knodes are asked again, whoever is known; a node that knows none looks over its blocks. */
    private static final int CHECKS_PER_JOIN = 5;

    private final EventLoop loop;
    private final DhtCounters counters;
    private final RoutingTable table;
    private final Liveness liveness;
    private final Rpc rpc;
    private final Lookups lookups;
    private final HeldWork held;
    private final Publisher publisher;
    private final Responder responder;
    private final Refresh refresh;
    private final Replication replication;
    private int checks;

    /**
     * A node that answers, and begins nothing by itself.
     *
     * @param id the node's own
     * @param workers where held blocks are read and compared, which blocks
     */
    public Node(
            Key id,
            EventLoop loop,
            Transport transport,
            HeldBlocks held,
            Executor workers,
            RandomGenerator random,
            InstantSource clock,
            Metrics metrics) {
        this(id, loop, transport, (Held) held, workers, random, clock, DhtCounters.in(metrics));
        metrics.gauge("dht_requests_pending", "Requests to other nodes that wait for their answer.", rpc::pending);
        metrics.gauge(
                "dht_blocks_held",
                "Blocks held for the DHT when they were last counted.",
                () -> replication.held().orElse(0));
        metrics.gauge("dht_blocks_held_bytes", "Bytes of the blocks held for the DHT.", held::bytes);
    }

    Node(
            Key id,
            EventLoop loop,
            Transport transport,
            Held held,
            Executor workers,
            RandomGenerator random,
            InstantSource clock,
            DhtCounters counters) {
        this.loop = loop;
        this.counters = counters;
        this.table = new RoutingTable(id, loop);
        this.liveness = new Liveness(table, loop);
        this.rpc = new Rpc(id, loop, transport, random, liveness, counters);
        liveness.askBy(rpc);
        this.lookups = new Lookups(table, rpc, loop, random, counters);
        this.held = new HeldWork(held, workers, loop);
        this.publisher = new Publisher(lookups, this.held, clock);
        this.responder = new Responder(table, this.held, transport, liveness, clock, counters);
        this.refresh = new Refresh(table, lookups, random);
        this.replication = new Replication(publisher, this.held, loop, counters);
    }

    public Key id() {
        return table.own();
    }

    /**
     * Joins the others and begins the upkeep.
     *
     * @param resolvers where names may be resolved, which blocks
     * @param knodes the addresses of the nodes that the operator named, resolved at each call
     * @param remembered contacts of the last run
     * @param remember is told from time to time, on the loop, what to remember
     */
    public void start(
            Executor resolvers,
            Supplier<List<InetSocketAddress>> knodes,
            List<Contact> remembered,
            Consumer<NodeState> remember) {
        loop.post(() -> {
            Join join = new Join(table, rpc, refresh, loop, resolvers, knodes, remembered);
            join.start();
            check(join, remember);
        });
    }

    private void check(Join join, Consumer<NodeState> remember) {
        loop.after(CHECK, () -> {
            boolean hourly = ++checks % CHECKS_PER_JOIN == 0;
            if (hourly && table.size() > 0) {
                join.start();
            }
            refresh.stale();
            if (table.size() > 0) {
                replication.start();
            } else if (hourly) {
                replication.startAlone();
            }
            remember.accept(state());
            check(join, remember);
        });
    }

    /** A message has come from this address. Is called from tasks of the loop only. */
    public void received(Message message, InetSocketAddress from) {
        switch (message) {
            case Message.Request request -> {
                responder.answer(request, from);
                if (from.getPort() != 0) {
                    liveness.asked(new Contact(request.sender(), from));
                }
            }
            case Message.Response response -> rpc.received(response, from);
            case Message.Failure failure -> rpc.received(failure, from);
        }
    }

    /** Whether an answer of this message id may come from this address. Is called from tasks of the loop only. */
    boolean expects(InetSocketAddress from, Key messageId) {
        return rpc.expects(from, messageId);
    }

    /** Looks for a block, here and at other nodes; within 10 s. Completed on the loop. */
    public CompletableFuture<Optional<byte[]>> find(Key key) {
        CompletableFuture<Optional<byte[]>> found = new CompletableFuture<>();
        loop.post(() -> find(key, found::complete));
        return found;
    }

    /** Looks for a block as {@link #find} does, and tells the way. Completed on the loop. */
    public CompletableFuture<Trace> trace(Key key) {
        CompletableFuture<Trace> traced = new CompletableFuture<>();
        loop.post(() -> {
            CompletableFuture<Optional<byte[]>> found = new CompletableFuture<>();
            ValueLookup search = find(key, found::complete);
            var _ = found.thenAccept(block -> traced.complete(new Trace(block, search.hops(), search.way())));
        });
        return traced;
    }

    ValueLookup find(Key key, Consumer<Optional<byte[]>> found) {
        return ValueLookup.start(key, lookups, held, counters, found);
    }

    /**
     * Publishes a block, merged with what is held here; within 10 s. Completed on the loop.
     *
     * @param block as posted, or in its stored form: lines with LF, and for a data block the Data line and the bytes
     */
    public CompletableFuture<Publication> publish(Key key, byte[] block) {
        CompletableFuture<Publication> published = new CompletableFuture<>();
        loop.post(() -> publish(key, block, published::complete));
        return published;
    }

    void publish(Key key, byte[] block, Consumer<Publication> published) {
        publisher.publish(key, block, publication -> {
            if (publication instanceof Publication.Published) {
                counters.blocksPublished().increment();
            }
            published.accept(publication);
        });
    }

    /**
     * Holds a block that another node has given to this one. Completed on the loop, with whether it is held now, or was
     * invalid; false where it could not be saved, or there is no room.
     *
     * @param publisher the node that first published it
     * @param published when that was
     */
    public CompletableFuture<Boolean> keep(Key key, byte[] block, Key publisher, Instant published) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        boolean taken = held.keep(
                key,
                block,
                new Held.Origin(publisher, published),
                kept -> done.complete(kept.isPresent() && !(kept.get() instanceof Held.Kept.Full)));
        if (!taken) {
            done.complete(false);
        }
        return done;
    }

    /** What to remember for the next run. Completed on the loop. */
    public CompletableFuture<NodeState> remember() {
        CompletableFuture<NodeState> state = new CompletableFuture<>();
        loop.post(() -> state.complete(state()));
        return state;
    }

    private NodeState state() {
        return new NodeState(table.own(), table.closest(table.own(), NodeState.CONTACTS_MAX));
    }

    /** The node at this moment. Completed on the loop. */
    public CompletableFuture<NodeSnapshot> snapshot() {
        CompletableFuture<NodeSnapshot> snapshot = new CompletableFuture<>();
        loop.post(() -> snapshot.complete(new NodeSnapshot(
                table.own(),
                Math.round(Math.pow(2, lookups.size().log2().orElse(0))),
                replication.held(),
                buckets(),
                lookups.snapshot())));
        return snapshot;
    }

    private List<NodeSnapshot.BucketSnapshot> buckets() {
        List<NodeSnapshot.BucketSnapshot> buckets = new ArrayList<>();
        for (Bucket bucket : table.buckets()) {
            List<NodeSnapshot.ContactSnapshot> contacts = bucket.entries().stream()
                    .map(entry -> new NodeSnapshot.ContactSnapshot(
                            entry.contact().id(),
                            entry.contact().address(),
                            entry.failures(),
                            Duration.ofNanos(loop.nanos() - entry.answeredNanos())))
                    .toList();
            buckets.add(new NodeSnapshot.BucketSnapshot(
                    buckets.size(), contacts, bucket.replacements().size()));
        }
        return buckets;
    }

    RoutingTable table() {
        return table;
    }

    Lookups lookups() {
        return lookups;
    }
}

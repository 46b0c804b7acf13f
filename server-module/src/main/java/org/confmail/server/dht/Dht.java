package org.confmail.server.dht;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.confmail.server.block.Key;
import org.confmail.server.block.KnownKeys;
import org.confmail.server.config.Settings;
import org.confmail.server.dht.wire.Budgets;
import org.confmail.server.disk.Disk;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.net.DatagramLink;
import org.confmail.server.store.HeldStore;
import org.confmail.server.time.Scheduler;
import org.confmail.server.time.Ticker;
import org.confmail.shared.config.HostPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's node of the DHT, running: its loop, its datagrams, its held blocks, and what it remembers. Safe for use by many
 * threads.
 */
public final class Dht implements AutoCloseable {
    /** Existing clients wait 15 s for an answer; with this they get one within 10 s (DESIGN). */
    private static final Duration PATIENCE = Duration.ofMillis(9500);
    /** What the workers may need to end what they do. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);
    /** Comparing a block takes a millisecond of a processor, so two keep up with what a network brings. */
    private static final int WORKERS = 2;

    private static final Logger LOG = LoggerFactory.getLogger("dht");

    private final LoopThread loop;
    private final Endpoint endpoint;
    private final DatagramLink link;
    private final Node node;
    private final ExecutorService workers;
    private final ExecutorService resolvers;
    private final Disk disk;
    private final Path stateFile;

    /**
     * What a node is made of.
     *
     * @param link bound, and not yet started; it is closed with the node
     * @param limits of what one address may ask
     * @param store where blocks are held
     * @param stateFile what the node remembers; need not exist
     * @param oldId finds the id of the old server's node that is taken over; asked only where nothing is remembered
     * @param keys where the keys of claims are looked up
     * @param knodes the nodes to join at this moment
     * @param ipv6 whether the link reaches IPv6 addresses
     */
    public record Parts(
            DatagramLink link,
            Budgets.Limits limits,
            HeldStore store,
            Path stateFile,
            Supplier<Optional<Key>> oldId,
            KnownKeys keys,
            Supplier<Settings.Dht> knodes,
            boolean ipv6,
            Disk disk,
            InstantSource clock,
            Ticker ticker,
            Scheduler scheduler,
            RandomGenerator random,
            Metrics metrics) {}

    private Dht(Parts parts, NodeState state) {
        this.disk = parts.disk;
        this.stateFile = parts.stateFile;
        this.link = parts.link;
        workers = Executors.newFixedThreadPool(
                WORKERS, Thread.ofPlatform().name("dht-blocks-", 1).daemon().factory());
        resolvers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("dht-names").factory());
        loop = new LoopThread(parts.ticker);
        endpoint = new Endpoint(parts.link, loop, parts.limits, parts.scheduler, parts.metrics);
        HeldBlocks held = new HeldBlocks(parts.store, parts.keys, parts.clock);
        node = new Node(state.id(), loop, endpoint, held, workers, parts.random, parts.clock, parts.metrics);
        workers.execute(held::count);
        endpoint.start(node);
        node.start(
                resolvers,
                () -> resolve(parts.knodes.get().knodes(), parts.ipv6),
                state.contacts(),
                now -> workers.execute(() -> save(now)));
    }

    /**
     * Starts a node.
     *
     * @throws IOException if what it remembers cannot be read or written
     */
    public static Dht start(Parts parts) throws IOException {
        Optional<NodeState> remembered = NodeState.load(parts.stateFile);
        NodeState state = remembered.orElseGet(
                () -> new NodeState(parts.oldId.get().orElseGet(() -> draw(parts.random)), List.of()));
        if (remembered.isEmpty()) {
            state.save(parts.disk, parts.stateFile);
        }
        Dht dht = new Dht(parts, state);
        LOG.info(
                "node {} on UDP port {}, {} contacts remembered",
                state.id(),
                dht.port(),
                state.contacts().size());
        return dht;
    }

    private static Key draw(RandomGenerator random) {
        byte[] id = new byte[Key.BYTES];
        random.nextBytes(id);
        return Key.of(id);
    }

    /** Names that can't be resolved are left out, and tried again next time. */
    private static List<InetSocketAddress> resolve(List<HostPort> knodes, boolean ipv6) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (HostPort knode : knodes) {
            try {
                for (InetAddress address : InetAddress.getAllByName(knode.host())) {
                    if (ipv6 || address instanceof Inet4Address) {
                        addresses.add(new InetSocketAddress(address, knode.port()));
                    }
                }
            } catch (UnknownHostException e) {
                LOG.warn("knode {}: the name cannot be resolved. It is tried again later.", knode);
            }
        }
        return addresses;
    }

    /** The UDP port. */
    public int port() {
        return link.localAddress().getPort();
    }

    /** The block that the DHT has under {@code key}, in its stored form; within 10 s. */
    public Optional<byte[]> find(Key key) {
        return await(node.find(key)).flatMap(found -> found);
    }

    /** Looks for a block as {@link #find} does, and tells the way; empty where the node does not answer in time. */
    public Optional<Trace> trace(Key key) {
        return await(node.trace(key));
    }

    /**
     * Gives a block to the DHT; within 10 s. One that could not be given to enough others is held here.
     *
     * @param block its lines with LF, and for a data block the Data line and the bytes
     */
    public Publication publish(Key key, byte[] block) {
        return await(node.publish(key, block))
                .orElseGet(() -> new Publication.Failed("there was no end within " + PATIENCE.toSeconds() + " s"));
    }

    /**
     * Holds a block that another node had given to an old server.
     *
     * @param publisher the node that first published it
     * @param published when that was
     * @return false if it could not be saved; true if it is held now, or invalid
     */
    public boolean keep(Key key, byte[] block, Key publisher, Instant published) {
        return await(node.keep(key, block, publisher, published)).orElse(false);
    }

    /** The node at this moment; empty where it does not answer in time. */
    public Optional<NodeSnapshot> snapshot() {
        return await(node.snapshot());
    }

    /** Waits for an answer; it does not come when the node is stopping. */
    private static <T> Optional<T> await(CompletableFuture<T> answer) {
        try {
            return Optional.of(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException e) {
            LOG.debug("no answer in time", e);
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the DHT failed", e.getCause());
        }
    }

    private void save(NodeState state) {
        try {
            state.save(disk, stateFile);
        } catch (IOException e) {
            LOG.warn(
                    "cannot save the node's contacts in {}: {}. Without them it finds the others by the knode lines.",
                    stateFile,
                    e.toString());
        }
    }

    /** Stops the node, and saves what it remembers. */
    @Override
    public void close() {
        endpoint.close();
        await(node.remember()).ifPresent(this::save);
        loop.close();
        resolvers.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("held blocks were still being looked at when the server stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

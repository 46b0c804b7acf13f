package org.confmail.server.net;

import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds the addresses of a name through the operating system, within a bounded time: the system's own call may hang for as
 * long as it likes, and cannot be interrupted. Threads of the platform wait for it, because it would hold a carrier of
 * virtual threads.
 */
public final class NameLookup implements AutoCloseable {
    /**
     * A thread that hangs is back when the system gives up, mostly after some ten seconds. Names that clients choose (Post-To)
     * may all hang, in as many sessions as there are at most to other servers: this is more, so that the partner's name and the
     * mail server's are found all the same.
     */
    public static final int THREADS_MAX = 256;

    private static final long IDLE_SECONDS = 30;

    private final Lookup system;
    private final ThreadPoolExecutor threads;

    /** Asks the operating system. */
    public NameLookup() {
        this(InetAddress::getAllByName);
    }

    /** Asks {@code system}. */
    public NameLookup(Lookup system) {
        this.system = system;
        this.threads = new ThreadPoolExecutor(
                0,
                THREADS_MAX,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().name("name-lookup-", 1).daemon().factory());
    }

    /** The address that {@code text} is; empty where it is a name. Asks nobody. */
    public static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * All addresses of {@code host}, in the order in which the system gives them; an address stands for itself.
     *
     * @throws UnknownHostException when there are none
     * @throws SocketTimeoutException when they are not known within {@code patience}, or too many lookups hang already
     */
    public List<InetAddress> addresses(String host, Duration patience)
            throws UnknownHostException, SocketTimeoutException {
        Optional<InetAddress> literal = literal(host);
        return literal.isPresent() ? List.of(literal.get()) : ask(host, patience);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private List<InetAddress> ask(String host, Duration patience) throws UnknownHostException, SocketTimeoutException {
        Future<InetAddress[]> asking;
        try {
            asking = threads.submit(() -> system.allByName(host));
        } catch (RejectedExecutionException e) {
            throw new SocketTimeoutException("the system's resolver hangs: " + THREADS_MAX + " lookups wait for it");
        }
        try {
            return List.of(asking.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw new SocketTimeoutException(
                    "the system's resolver did not answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IllegalStateException("looking a name up failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketTimeoutException("interrupted while looking a name up");
        }
    }

    /** The system's own lookup. */
    @FunctionalInterface
    public interface Lookup {
        /** As {@link InetAddress#getAllByName}. */
        InetAddress[] allByName(String host) throws UnknownHostException;
    }
}

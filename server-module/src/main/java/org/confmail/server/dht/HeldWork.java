package org.confmail.server.dht;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.confmail.server.block.Key;
import org.confmail.server.store.HeldTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the blocks looked at and changed by other threads than the loop's, which never waits for a disk: what comes of it is
 * handed back to the loop. Where too much waits already, it is refused.
 */
final class HeldWork {
    private static final Logger LOG = LoggerFactory.getLogger("dht");
    /** Tasks that may wait; each takes a millisecond or so, and nobody waits for an answer much longer than a second. */
    private static final int WAITING_MAX = 1024;
    /** Values that may wait; more than any one that is accepted. */
    private static final long WAITING_BYTES_MAX =
            Math.max(48L << 20, Runtime.getRuntime().maxMemory() / 8);

    private final Held held;
    private final Executor workers;
    private final EventLoop loop;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong waitingBytes = new AtomicLong();

    HeldWork(Held held, Executor workers, EventLoop loop) {
        this.held = held;
        this.workers = workers;
        this.loop = loop;
    }

    /** What is held under {@code key}; nothing where it can't be read. False, and no answer, where too much waits. */
    boolean find(Key key, Consumer<Optional<byte[]>> found) {
        return work(0, () -> held.find(key), "read", key, Optional.empty(), found);
    }

    /** How many bytes are held under {@code key}, nearly; 0 where nothing is. */
    boolean bytes(Key key, Consumer<Long> told) {
        return work(0, () -> held.bytes(key), "look for", key, 0L, told);
    }

    /** What would become of a value. Empty where it can't be said. */
    boolean offer(Key key, byte[] value, Consumer<Optional<Held.Offer>> offered) {
        return work(
                value.length,
                () -> Optional.of(held.offer(key, value)),
                "compare a value with",
                key,
                Optional.empty(),
                offered);
    }

    /** Keeps a value. Empty where that failed. */
    boolean keep(Key key, byte[] value, Held.Origin origin, Consumer<Optional<Held.Kept>> kept) {
        return work(
                value.length, () -> Optional.of(held.keep(key, value, origin)), "keep", key, Optional.empty(), kept);
    }

    /** Notes that a block was published. */
    void published(Key key, Runnable noted) {
        boolean taken = work(
                0,
                () -> {
                    held.published(key);
                    return Optional.of(key);
                },
                "note the publication of",
                key,
                Optional.empty(),
                _ -> noted.run());
        if (!taken) {
            loop.post(noted);
        }
    }

    /** The next step of a walk; it goes on behind what can't be read. */
    boolean step(Held.Walk walk, Consumer<Held.Step> stepped) {
        return work(0, walk::next, "walk over", "all", new Held.Step.More(), stepped);
    }

    Held.Walk walk() {
        return held.walk();
    }

    private <T> boolean work(long bytes, Work<T> work, String what, Object which, T otherwise, Consumer<T> then) {
        if (waiting.get() >= WAITING_MAX || waitingBytes.get() + bytes > WAITING_BYTES_MAX) {
            return false;
        }
        waiting.incrementAndGet();
        waitingBytes.addAndGet(bytes);
        try {
            workers.execute(() -> {
                T result = otherwise;
                try {
                    result = work.run();
                } catch (HeldTooLargeException e) {
                    // A walk says it aloud; strangers may ask as often as they like.
                    LOG.debug("cannot {} held block {}: {}", what, which, e.getMessage());
                } catch (IOException e) {
                    LOG.error(
                            "cannot {} held block {}: {}. Is the disk of the home full or failing?",
                            what,
                            which,
                            e.toString());
                } catch (RuntimeException e) {
                    LOG.error("cannot {} held block {}, please report it", what, which, e);
                } finally {
                    T outcome = result;
                    waiting.decrementAndGet();
                    waitingBytes.addAndGet(-bytes);
                    loop.post(() -> then.accept(outcome));
                }
            });
            return true;
        } catch (RejectedExecutionException e) { // the server is stopping
            waiting.decrementAndGet();
            waitingBytes.addAndGet(-bytes);
            return false;
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }
}

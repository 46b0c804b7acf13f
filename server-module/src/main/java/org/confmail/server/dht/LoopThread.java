package org.confmail.server.dht;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.confmail.server.time.Scheduler.Scheduled;
import org.confmail.server.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop of a server's node. A platform thread runs what is posted and what is due; the thread that receives datagrams
 * runs their tasks itself ({@link #run}), so that an answer costs no change of threads. One lock sees to it that one task runs
 * at a time.
 */
public final class LoopThread implements EventLoop, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dht");

    private final Ticker ticker;
    /** Is held while a task runs, and guards all that follows. */
    private final ReentrantLock turn = new ReentrantLock();

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long timersMade;

    /** Guards what is posted, so that posting never waits for a task. Taken inside {@link #turn} or alone. */
    private final ReentrantLock posting = new ReentrantLock();

    private final Condition news = posting.newCondition();
    private final Deque<Runnable> posted = new ArrayDeque<>();
    private boolean sooner;
    private boolean closed;
    private final Thread thread;

    /** A loop that runs from now on. */
    public LoopThread(Ticker ticker) {
        this.ticker = ticker;
        this.thread = Thread.ofPlatform().name("dht").daemon().start(this::runAll);
    }

    @Override
    public long nanos() {
        return ticker.nanos();
    }

    @Override
    public void post(Runnable task) {
        posting.lock();
        try {
            posted.add(task);
            news.signal();
        } finally {
            posting.unlock();
        }
    }

    /** Runs a task in this thread, when its turn has come. */
    public void run(Runnable task) {
        turn.lock();
        try {
            task.run();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public Scheduled after(Duration delay, Runnable task) {
        Timer timer = new Timer(nanos() + delay.toNanos(), timersMade++, task);
        timers.add(timer);
        if (timers.peek() == timer && Thread.currentThread() != thread) {
            wakeUp();
        }
        return timer;
    }

    /** Ends the loop after the task that is running; what waits is forgotten. */
    @Override
    public void close() {
        posting.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            posting.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wakeUp() {
        posting.lock();
        try {
            sooner = true;
            news.signal();
        } finally {
            posting.unlock();
        }
    }

    private void runAll() {
        long wait = Long.MAX_VALUE;
        while (await(wait)) {
            turn.lock();
            try {
                for (Runnable task = poll(); task != null; task = poll()) {
                    runGuarded(task);
                }
                wait = runDueTimers();
            } finally {
                turn.unlock();
            }
        }
    }

    /** Waits for something to do; false when the loop is to end. */
    private boolean await(long nanos) {
        posting.lock();
        try {
            long left = nanos;
            while (posted.isEmpty() && !sooner && !closed && left > 0) {
                left = news.awaitNanos(left);
            }
            sooner = false;
            return !closed;
        } catch (InterruptedException e) {
            return false; // nobody interrupts this thread but to end it
        } finally {
            posting.unlock();
        }
    }

    private @Nullable Runnable poll() {
        posting.lock();
        try {
            return posted.poll();
        } finally {
            posting.unlock();
        }
    }

    /** Returns how long it is to the next one, in nanoseconds. */
    private long runDueTimers() {
        for (Timer next = timers.peek(); next != null; next = timers.peek()) {
            long wait = next.due - nanos();
            if (wait > 0) {
                return wait;
            }
            timers.remove();
            if (!next.cancelled) {
                runGuarded(next.task);
            }
        }
        return Long.MAX_VALUE;
    }

    private static void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a task of the DHT failed and is left out, please report it", e);
        }
    }

    /** A cancelled timer stays until it would have been due: those that are often cancelled take seconds. */
    private static final class Timer implements Scheduled, Comparable<Timer> {
        private final long due;
        private final long number;
        private final Runnable task;
        private boolean cancelled;

        Timer(long due, long number, Runnable task) {
            this.due = due;
            this.number = number;
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Timer other) {
            int byTime = Long.signum(due - other.due);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}

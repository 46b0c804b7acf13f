package org.confmail.server.admin.rpc;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells subscribers that there is news, at most every {@value #PAUSE_MILLIS} ms, in a thread of its own: whoever has the news,
 * such as a thread that logs a line, spends one look at a flag, however many subscribers there are.
 */
public final class Pulse implements AutoCloseable {
    private static final int PAUSE_MILLIS = 20;

    private final AtomicBoolean news = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    /** There is news. Never blocks. */
    public void give() {
        if (!news.getAndSet(true)) {
            LockSupport.unpark(thread);
        }
    }

    void start(Runnable tell) {
        thread = Thread.ofVirtual().name("admin-pulse").start(() -> run(tell));
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run(Runnable tell) {
        while (!closed) {
            if (news.getAndSet(false)) {
                tell.run();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            } else {
                LockSupport.park();
            }
        }
    }
}

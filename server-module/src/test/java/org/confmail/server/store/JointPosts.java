package org.confmail.server.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.confmail.server.disk.Disk;
import org.jspecify.annotations.Nullable;

/**
 * Posts to one mailbox that has a file already, at the same time and in the given order: the first of them stands still at the leaf's
 * lock until all others wait for it.
 */
final class JointPosts {
    private static final int SECONDS = 20;

    private volatile @Nullable Thread first;
    private CountDownLatch isAtLock = new CountDownLatch(1);
    private CountDownLatch mayLock = new CountDownLatch(1);

    /** The disk that the store is to have. */
    Disk on(Disk disk) {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("openLock") && Thread.currentThread() == first) {
                        isAtLock.countDown();
                        assertTrue(mayLock.await(SECONDS, TimeUnit.SECONDS));
                    }
                    try {
                        return method.invoke(disk, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /**
     * Returns what became of each.
     *
     * @throws IOException what the first one failed with, and so did all others
     */
    List<Outcome> post(BlockStore store, List<String> announcements) throws IOException {
        isAtLock = new CountDownLatch(1);
        mayLock = new CountDownLatch(1);
        List<FutureTask<Outcome>> tasks = new ArrayList<>();
        try {
            for (String announcement : announcements) {
                FutureTask<Outcome> task = new FutureTask<>(() -> Posts.post(store, announcement));
                tasks.add(task);
                Thread thread = Thread.ofPlatform().unstarted(task);
                if (tasks.size() == 1) {
                    first = thread;
                    thread.start();
                    while (isAtLock.getCount() > 0 && !task.isDone()) {
                        LockSupport.parkNanos(100_000);
                    }
                    if (task.isDone()) {
                        break; // it failed before
                    }
                } else {
                    thread.start();
                    while (thread.getState() != Thread.State.TIMED_WAITING && !task.isDone()) {
                        LockSupport.parkNanos(100_000);
                    }
                }
            }
            mayLock.countDown();
            List<Outcome> outcomes = new ArrayList<>();
            for (FutureTask<Outcome> task : tasks) {
                outcomes.add(task.get(SECONDS, TimeUnit.SECONDS));
            }
            return outcomes;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        } finally {
            mayLock.countDown();
        }
    }
}

package org.confmail.server.time;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A ticker and scheduler that stand still until a test moves them. A periodic task runs once a movement, however long that is.
 * Any thread may use it; tasks run in the thread that moves it.
 */
public final class ManualTime implements Ticker, Scheduler {
    private final AtomicLong nanos = new AtomicLong();
    private final List<Task> tasks = new CopyOnWriteArrayList<>();

    @Override
    public long nanos() {
        return nanos.get();
    }

    /** Moves time on, then runs what is due. */
    public void advance(Duration time) {
        long now = nanos.addAndGet(time.toNanos());
        List<Task> due = tasks.stream().filter(task -> task.due - now <= 0).toList();
        tasks.removeIf(task -> !task.periodic && due.contains(task));
        due.forEach(task -> task.work.run());
    }

    @Override
    public Scheduled after(Duration delay, Runnable task) {
        return add(new Task(task, nanos.get() + delay.toNanos(), false));
    }

    @Override
    public Scheduled every(Duration period, Runnable task) {
        return add(new Task(task, nanos.get(), true));
    }

    @Override
    public void close() {
        tasks.clear();
    }

    private Scheduled add(Task task) {
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    private record Task(Runnable work, long due, boolean periodic) {}
}

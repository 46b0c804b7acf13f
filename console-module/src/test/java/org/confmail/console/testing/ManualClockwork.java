package org.confmail.console.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.confmail.console.remote.Clockwork;

/** Time that passes when a test says so. */
public final class ManualClockwork implements Clockwork {
    private final List<Task> tasks = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T15:00:00Z");

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Repeating every(Duration period, Runnable action) {
        Task task = new Task(period, action, now.plus(period));
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /** Lets time pass, and runs what becomes due on the way. */
    public void advance(Duration duration) {
        Instant end = now.plus(duration);
        for (Optional<Task> due = due(end); due.isPresent(); due = due(end)) {
            Task task = due.get();
            now = task.next;
            task.next = now.plus(task.period);
            task.action.run();
        }
        now = end;
    }

    /** How many actions repeat. */
    public int repeating() {
        return tasks.size();
    }

    private Optional<Task> due(Instant end) {
        return tasks.stream()
                .filter(task -> !task.next.isAfter(end))
                .min(Comparator.comparing((Task task) -> task.next));
    }

    private static final class Task {
        private final Duration period;
        private final Runnable action;
        private Instant next;

        Task(Duration period, Runnable action, Instant next) {
            this.period = period;
            this.action = action;
            this.next = next;
        }
    }
}

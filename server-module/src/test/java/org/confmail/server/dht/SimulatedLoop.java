package org.confmail.server.dht;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.confmail.server.time.Scheduler.Scheduled;

/** The event queue of all nodes of a simulation, and their time, which passes when nothing else happens. */
final class SimulatedLoop implements EventLoop, InstantSource {
    private static final Instant START = Instant.parse("2026-11-22T14:00:00Z");

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nanos;
    private long made;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos);
    }

    @Override
    public void post(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public Scheduled after(Duration delay, Runnable task) {
        Event event = new Event(nanos + Math.max(0, delay.toNanos()), made++, task);
        events.add(event);
        return event;
    }

    /** Lets time pass. */
    void run(Duration time) {
        long until = nanos + time.toNanos();
        while (!events.isEmpty() && events.peek().due <= until) {
            runNext();
        }
        nanos = until;
    }

    /** Lets time pass until something has come true, or so much has passed; returns whether it came true. */
    boolean runUntil(BooleanSupplier condition, Duration longest) {
        long until = nanos + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (events.isEmpty() || events.peek().due > until) {
                nanos = until;
                return false;
            }
            runNext();
        }
        return true;
    }

    private void runNext() {
        Event event = events.remove();
        nanos = Math.max(nanos, event.due);
        if (!event.cancelled) {
            event.task.run();
        }
    }

    private static final class Event implements Scheduled, Comparable<Event> {
        private final long due;
        private final long number;
        private final Runnable task;
        private boolean cancelled;

        Event(long due, long number, Runnable task) {
            this.due = due;
            this.number = number;
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(due, other.due);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}

package org.confmail.console.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.confmail.shared.admin.ServerMethods.QueueLength;
import org.confmail.shared.admin.ServerMethods.Rate;
import org.confmail.shared.admin.ServerMethods.State;

/** What the server was like in the last minutes; what is older is forgotten. Belongs to the thread of the window. */
final class History {
    /** Enough to see how a trouble came. */
    static final Duration KEPT = Duration.ofMinutes(15);

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * The server at one moment.
     *
     * @param requests commands per minute
     * @param bytes from and to clients, per minute
     * @param queued entries that wait for other servers
     * @param memory bytes in use
     */
    record Sample(Instant at, double connections, double requests, double bytes, double queued, double memory) {
        static Sample of(State state, Instant at) {
            double requests = state.requests().stream()
                    .filter(rate -> rate.name().equals("all"))
                    .mapToDouble(Rate::perMinute)
                    .sum();
            double bytes = state.bytes().stream().mapToDouble(Rate::perMinute).sum();
            return new Sample(
                    at,
                    state.connections(),
                    requests,
                    bytes,
                    state.queue().map(QueueLength::entries).orElse(0L),
                    state.memory().resident().orElse(state.memory().heapUsed()));
        }
    }

    /** One of the values at one moment. */
    record Point(Instant at, double value) {}

    void add(Sample sample) {
        samples.addLast(sample);
        Instant oldest = sample.at().minus(KEPT);
        while (samples.getFirst().at().isBefore(oldest)) {
            samples.removeFirst();
        }
    }

    /** All samples, the oldest first. */
    List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** One value over time, the oldest first. */
    List<Point> of(ToDoubleFunction<Sample> value) {
        return samples.stream()
                .map(sample -> new Point(sample.at(), value.applyAsDouble(sample)))
                .toList();
    }
}

package org.confmail.server.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The counters and gauges of one server, by name. Names follow Prometheus: lower case with underscores, units last, counters
 * end in {@code _total}. Safe for use by many threads.
 */
public final class Metrics {
    private final Map<String, Metric> metrics = new ConcurrentSkipListMap<>();

    /**
     * Makes the counter of this name.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public Counter counter(String name, String help) {
        Counter counter = new Counter();
        register(new Metric(name, Optional.empty(), help, Kind.COUNTER, counter::value));
        return counter;
    }

    /**
     * Makes one of the counters of this name, which a label tells apart.
     *
     * @throws IllegalArgumentException if the name is taken with that label, or without any
     */
    public Counter counter(String name, Label label, String help) {
        Counter counter = new Counter();
        register(new Metric(name, Optional.of(label), help, Kind.COUNTER, counter::value));
        return counter;
    }

    /**
     * Makes the counter of this name, of what somebody counts already.
     *
     * @param value never becomes less
     * @throws IllegalArgumentException if the name is taken
     */
    public void counter(String name, String help, LongSupplier value) {
        register(new Metric(name, Optional.empty(), help, Kind.COUNTER, value));
    }

    /**
     * Makes a gauge that asks {@code value} when it is read.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public void gauge(String name, String help, LongSupplier value) {
        register(new Metric(name, Optional.empty(), help, Kind.GAUGE, value));
    }

    /** All values now, sorted by name and label. */
    public List<Sample> samples() {
        List<Sample> samples = new ArrayList<>(metrics.size());
        metrics.values()
                .forEach(metric -> samples.add(
                        new Sample(metric.name, metric.label, metric.help, metric.kind, metric.value.getAsLong())));
        return List.copyOf(samples);
    }

    private void register(Metric metric) {
        String key = metric.name
                + metric.label
                        .map(label -> " " + label.name + " " + label.value)
                        .orElse("");
        if (metrics.putIfAbsent(key, metric) != null
                || (metric.label.isPresent() && metrics.containsKey(metric.name))) {
            throw new IllegalArgumentException("a metric of the name " + metric.name + " is there already");
        }
    }

    /** Whether a value only grows. */
    public enum Kind {
        COUNTER,
        GAUGE
    }

    /** What tells values of one name apart, such as {@code command="GET"}. */
    public record Label(String name, String value) {}

    /** One value at one moment. */
    public record Sample(String name, Optional<Label> label, String help, Kind kind, long value) {
        /** A value that is the only one of its name. */
        public Sample(String name, String help, Kind kind, long value) {
            this(name, Optional.empty(), help, kind, value);
        }
    }

    private record Metric(String name, Optional<Label> label, String help, Kind kind, LongSupplier value) {}

    /** A number that only grows. */
    public static final class Counter {
        private final LongAdder adder = new LongAdder();

        private Counter() {}

        public void increment() {
            adder.increment();
        }

        /** Adds {@code amount}, which is not negative. */
        public void add(long amount) {
            adder.add(amount);
        }

        public long value() {
            return adder.sum();
        }
    }
}

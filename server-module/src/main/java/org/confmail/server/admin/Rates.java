package org.confmail.server.admin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.time.Scheduler;
import org.confmail.server.time.Ticker;
import org.confmail.shared.admin.ServerMethods.Rate;

/** How fast the counters grow: looked at now and then, so that counting itself stays as cheap as it is. */
final class Rates implements AutoCloseable {
    static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final double NANOS_PER_MINUTE = 60e9;

    private final Metrics metrics;
    private final Ticker ticker;
    private final Scheduler.Scheduled task;
    private final Deque<Look> looks = new ArrayDeque<>(); // guarded by this, the oldest first

    Rates(Metrics metrics, Ticker ticker, Scheduler scheduler) {
        this.metrics = metrics;
        this.ticker = ticker;
        look();
        this.task = scheduler.every(EVERY, this::look);
    }

    @Override
    public void close() {
        task.cancel();
    }

    /** The counters of that name, one for each label, or with the given text where there is no label. */
    List<Rate> of(String name, String unlabelled) {
        Look now = now();
        return metrics.samples().stream()
                .filter(sample -> sample.name().equals(name))
                .map(sample -> {
                    String shown = sample.label().map(Metrics.Label::value).orElse(unlabelled);
                    String key = key(sample);
                    return new Rate(shown, sample.value(), perMinute(key, now, SHORT), perMinute(key, now, LONG));
                })
                .toList();
    }

    private synchronized double perMinute(String key, Look now, Duration span) {
        Look before = now;
        for (Look look : looks) {
            if (now.nanos - look.nanos <= span.toNanos()) {
                before = look;
                break; // the oldest within the span
            }
        }
        long time = now.nanos - before.nanos;
        long grown = now.values.getOrDefault(key, 0L) - before.values.getOrDefault(key, 0L);
        return time <= 0 ? 0 : Math.round(grown * NANOS_PER_MINUTE / time * 10) / 10.0;
    }

    private synchronized void look() {
        Look now = now();
        looks.addLast(now);
        while (now.nanos - looks.getFirst().nanos > LONG.toNanos()) {
            looks.removeFirst();
        }
    }

    private Look now() {
        Map<String, Long> values = new HashMap<>();
        for (Metrics.Sample sample : metrics.samples()) {
            if (sample.kind() == Metrics.Kind.COUNTER) {
                values.put(key(sample), sample.value());
            }
        }
        return new Look(ticker.nanos(), values);
    }

    private static String key(Metrics.Sample sample) {
        return sample.name() + sample.label().map(label -> " " + label.value()).orElse("");
    }

    private record Look(long nanos, Map<String, Long> values) {}
}

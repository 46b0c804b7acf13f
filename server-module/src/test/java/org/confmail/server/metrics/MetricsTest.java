package org.confmail.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.confmail.server.metrics.Metrics.Counter;
import org.confmail.server.metrics.Metrics.Kind;
import org.confmail.server.metrics.Metrics.Sample;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void samplesAreTheValuesOfThisMomentByName() {
        AtomicLong open = new AtomicLong(2);
        metrics.gauge("connections_open", "Open now.", open::get);
        Counter blocks = metrics.counter("blocks_total", "Blocks.");
        blocks.increment();
        blocks.add(4);
        List<Sample> before = metrics.samples();
        open.set(3);
        assertEquals(
                List.of(
                        new Sample("blocks_total", "Blocks.", Kind.COUNTER, 5),
                        new Sample("connections_open", "Open now.", Kind.GAUGE, 2)),
                before);
        assertEquals(3, metrics.samples().getLast().value());
    }

    @Test
    void nameIsTakenOnce() {
        metrics.counter("blocks_total", "Blocks.");
        assertThrows(IllegalArgumentException.class, () -> metrics.counter("blocks_total", "Others."));
        assertThrows(IllegalArgumentException.class, () -> metrics.gauge("blocks_total", "Others.", () -> 1));
        assertEquals(List.of(new Sample("blocks_total", "Blocks.", Kind.COUNTER, 0)), metrics.samples());
    }

    @Test
    void nothingIsMiscountedByManyThreads() {
        Counter counter = metrics.counter("commands_total", "Commands.");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 20; thread++) {
                threads.execute(() -> {
                    for (int n = 0; n < 1000; n++) {
                        counter.increment();
                    }
                });
            }
        }
        assertEquals(20_000, counter.value());
    }
}

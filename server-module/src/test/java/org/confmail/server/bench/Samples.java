package org.confmail.server.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures of several runs. */
final class Samples {
    private double[] values = {};

    void add(double value) {
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = value;
    }

    /** What these are of {@code others}, run by run: the two of a run were measured under about the same load. */
    Samples dividedBy(Samples others) {
        Samples ratios = new Samples();
        for (int run = 0; run < values.length; run++) {
            ratios.add(values[run] / others.values[run]);
        }
        return ratios;
    }

    double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The runs in their order. */
    @Override
    public String toString() {
        return Arrays.stream(values)
                .mapToObj(value -> String.format(Locale.ROOT, "%.1f", value))
                .collect(Collectors.joining(" "));
    }
}

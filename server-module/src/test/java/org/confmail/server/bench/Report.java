package org.confmail.server.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table that the benchmark prints, line by line while it runs, and as a whole at its end. */
final class Report {
    private static final String FORMAT = "%-58s %12s %12s %8s %10s %s%n";

    private final PrintStream out;
    private final List<Row> rows = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
    }

    /** What the figures depend on. */
    void conditions(BenchOptions options) {
        out.printf(
                "%d processors, %s, Java %s, flags %s %s, %d runs, homes in %s%n",
                Runtime.getRuntime().availableProcessors(),
                options.image().map(image -> "image " + image).orElse("compiled classes"),
                Runtime.version(),
                String.join(" ", options.flags()),
                String.join(" ", options.serverFlags()),
                options.runs(),
                options.directory());
    }

    /** A figure of which the server may have at most {@code goal} times the reference's. */
    void atMost(String what, String unit, Samples server, Samples reference, double goal) {
        double ratio = server.dividedBy(reference).median();
        add(row(what, unit, server, reference, ratio, String.format(Locale.ROOT, "<= %.2f", goal), ratio <= goal));
    }

    /** A figure of which the server must have at least {@code goal} times the reference's. */
    void atLeast(String what, String unit, Samples server, Samples reference, double goal) {
        double ratio = server.dividedBy(reference).median();
        add(row(what, unit, server, reference, ratio, String.format(Locale.ROOT, ">= %.2f", goal), ratio >= goal));
    }

    /** A figure of the server alone, with its largest value. */
    void under(String what, String unit, Samples server, double goal) {
        out.printf("  %s: %s (load %s)%n", what, server, load());
        add(new Row(
                what + ", " + unit,
                number(server.median()),
                "",
                "",
                "< " + number(goal),
                server.median() < goal ? "reached" : "MISSED"));
    }

    /** A figure for which there is no goal. */
    void note(String what, String unit, Samples server) {
        out.printf("  %s: %s (load %s)%n", what, server, load());
        add(new Row(what + ", " + unit, number(server.median()), "", "", "", ""));
    }

    void print() {
        out.println();
        out.printf(FORMAT, "median of", "server", "reference", "ratio", "goal", "");
        rows.forEach(this::print);
    }

    private Row row(
            String what, String unit, Samples server, Samples reference, double ratio, String goal, boolean good) {
        out.printf("  %s: server %s, reference %s (load %s)%n", what, server, reference, load());
        return new Row(
                what + ", " + unit,
                number(server.median()),
                number(reference.median()),
                String.format(Locale.ROOT, "%.2f", ratio),
                goal,
                good ? "reached" : "MISSED");
    }

    private void add(Row row) {
        rows.add(row);
        print(row);
    }

    private void print(Row row) {
        out.printf(FORMAT, row.what, row.server, row.reference, row.ratio, row.goal, row.verdict);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }

    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private record Row(String what, String server, String reference, String ratio, String goal, String verdict) {}
}

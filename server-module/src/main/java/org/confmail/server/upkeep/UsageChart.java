package org.confmail.server.upkeep;

import java.io.IOException;
import java.io.Writer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A picture of who uses most, and for what: a bar for each, as SVG inside an HTML page. */
final class UsageChart {
    /** More bars than this are no picture any more. */
    static final int BARS_MAX = 20;

    private static final int BAR_HEIGHT = 22;
    private static final int LABEL_WIDTH = 250;
    private static final int BAR_WIDTH = 480;
    private static final int FIGURE_WIDTH = 110;
    private static final int LABEL_CHARACTERS_MAX = 34;
    private static final int KEY_DIGITS = 12;
    /** Data, announcements, keys and claims. */
    private static final List<String> PARTS = List.of("part0", "part1", "part2");

    private static final List<String> OTHERS = List.of("others");
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private final List<UsageRow> largest;
    private final long others;
    private final int otherCount;

    UsageChart(UsageReport report) {
        List<UsageRow> sorted = report.rows().stream()
                .sorted(Comparator.comparingLong(UsageRow::apportionedBytes).reversed())
                .toList();
        largest = sorted.subList(0, Math.min(BARS_MAX, sorted.size()));
        List<UsageRow> rest = sorted.subList(largest.size(), sorted.size());
        otherCount = rest.size();
        others = rest.stream().mapToLong(UsageRow::apportionedBytes).sum();
    }

    void write(Writer out) throws IOException {
        if (largest.isEmpty()) {
            return;
        }
        long most = Math.max(1, Math.max(others, largest.getFirst().apportionedBytes()));
        int bars = largest.size() + (otherCount > 0 ? 1 : 0);
        out.write(String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Bytes by user\">%n",
                        LABEL_WIDTH + BAR_WIDTH + FIGURE_WIDTH,
                        bars * BAR_HEIGHT)
                .replace(System.lineSeparator(), "\n"));
        int y = 0;
        for (UsageRow row : largest) {
            String label = row.email().equals(UsageReport.UNKNOWN)
                    ? row.email() + ", key " + row.key().substring(0, KEY_DIGITS) + "…"
                    : row.email();
            long keys = row.keyBytes() + row.claimBytes();
            bar(out, y, label, most, PARTS, row.dataShare(), row.mailboxBytes(), keys);
            y += BAR_HEIGHT;
        }
        if (otherCount > 0) {
            bar(out, y, "all others (" + otherCount + ")", most, OTHERS, others);
        }
        out.write("</svg>\n");
    }

    /** @param parts in bytes, a class for each */
    private static void bar(Writer out, int y, String label, long most, List<String> classes, long... parts)
            throws IOException {
        String shown = label.length() > LABEL_CHARACTERS_MAX
                ? label.substring(
                                0,
                                label.offsetByCodePoints(
                                        0, Math.min(LABEL_CHARACTERS_MAX, label.codePointCount(0, label.length()))))
                        + "…"
                : label;
        long sum = 0;
        out.write("<text x=\"" + (LABEL_WIDTH - 8) + "\" y=\"" + (y + 15) + "\" class=\"label\">"
                + HtmlReport.escaped(shown) + "</text>");
        for (int part = 0; part < parts.length; part++) {
            double from = LABEL_WIDTH + (double) sum * BAR_WIDTH / most;
            double width = (double) parts[part] * BAR_WIDTH / most;
            sum += parts[part];
            if (parts[part] > 0) {
                out.write(String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" class=\"%s\"/>",
                        from,
                        y + 3,
                        Math.max(0.5, width),
                        BAR_HEIGHT - 6,
                        classes.get(part)));
            }
        }
        double end = LABEL_WIDTH + (double) sum * BAR_WIDTH / most;
        out.write(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s</text>\n", end + 6, y + 15, size(sum)));
    }

    /** A size for a reader, in three digits or so. */
    static String size(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return unit == 0
                ? bytes + " B"
                : String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
    }
}

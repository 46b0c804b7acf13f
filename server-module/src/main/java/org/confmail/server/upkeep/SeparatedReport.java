package org.confmail.server.upkeep;

import java.io.IOException;
import java.io.Writer;
import java.util.function.Function;

/**
 * The usage report for programs: a line for each user, with a line of titles before. What a user wrote is made harmless: it holds
 * no line ends and no tabs, and to a spreadsheet it is no formula.
 *
 * @param separator between fields
 * @param quoted whether the first field stands in double quotes
 * @param withTotal whether a line of totals comes last
 */
public record SeparatedReport(char separator, boolean quoted, boolean withTotal) implements ReportFormat {
    /** What a spreadsheet takes for the beginning of a formula. */
    private static final String FORMULA = "=+-@";

    /** Fields separated by commas, the first in quotes. */
    public static SeparatedReport csv(boolean withTotal) {
        return new SeparatedReport(',', true, withTotal);
    }

    /** Fields separated by tabs. */
    public static SeparatedReport tab(boolean withTotal) {
        return new SeparatedReport('\t', false, withTotal);
    }

    @Override
    public void write(UsageReport report, Writer out) throws IOException {
        line(Columns.EMAIL, Columns.KEY, Columns::title, out);
        for (UsageRow row : report.rows()) {
            line(row.email(), row.key(), column -> Long.toString(column.of(row)), out);
        }
        if (withTotal) {
            UsageRow total = report.total();
            line(total.email(), total.key(), column -> column.ofTotal(total), out);
        }
    }

    private void line(String email, String key, Function<Columns, String> figures, Writer out) throws IOException {
        out.write(first(email));
        out.write(separator);
        out.write(key);
        for (Columns column : Columns.ALL) {
            out.write(separator);
            out.write(figures.apply(column));
        }
        out.write('\n');
    }

    private String first(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ");
        if (!clean.isEmpty() && FORMULA.indexOf(clean.charAt(0)) >= 0) {
            clean = "'" + clean;
        }
        return quoted ? '"' + clean.replace("\"", "\"\"") + '"' : clean;
    }
}

package org.confmail.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows whose columns stand below each other. Columns of numbers are aligned at their right ends. */
final class Table {
    private static final String GAP = "  ";
    private static final Pattern NUMBER = Pattern.compile("-|[\\d.]+( [KMGT]iB| B)?");

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        this.head = List.of(head);
    }

    /** Adds a row with a cell for each column. */
    Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(Texts.clean(String.valueOf(cell)));
        }
        rows.add(row);
        return this;
    }

    /** The lines, the head first. */
    List<String> lines() {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < head.size(); i++) {
            columns.add(new Column(width(i), numeric(i)));
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(head, columns));
        rows.forEach(row -> lines.add(line(row, columns)));
        return lines;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    private static String line(List<String> cells, List<Column> columns) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String blanks = " ".repeat(columns.get(i).width - characters(cells.get(i)));
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).numeric ? blanks + cells.get(i) : cells.get(i) + blanks);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> characters(row.get(column)))
                .reduce(characters(head.get(column)), Math::max);
    }

    private boolean numeric(int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    /** How a column is shown, by all its rows. */
    private record Column(int width, boolean numeric) {}
}

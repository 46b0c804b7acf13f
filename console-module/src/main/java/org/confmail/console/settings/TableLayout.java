package org.confmail.console.settings;

import java.util.List;

/**
 * How a table was left.
 *
 * @param columns its columns from left to right
 */
public record TableLayout(List<Column> columns) {
    public TableLayout {
        columns = List.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param name the key of its title
     * @param width in pixels
     * @param shown whether it is on the screen
     * @param sort 0 where the table is not sorted by it; 1 for the first one that it is sorted by, 2 for the second, and so on;
     *     negative where the largest stands first
     */
    public record Column(String name, double width, boolean shown, int sort) {}
}

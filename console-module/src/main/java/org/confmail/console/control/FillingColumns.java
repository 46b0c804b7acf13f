package org.confmail.console.control;

import java.util.List;
import javafx.scene.control.TableView;
import javafx.scene.control.TableView.ResizeFeatures;
import javafx.util.Callback;

/**
 * How columns share the width of their table: each has the width that is wanted of it, and one takes the room that is left: the
 * one that is named for it, or the last one where that is hidden. Where there is not enough room the table is scrolled.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // as the table has it
final class FillingColumns<T> implements Callback<ResizeFeatures, Boolean> {
    private final TableView<Row<T>> table;

    FillingColumns(TableView<Row<T>> table) {
        this.table = table;
    }

    /** Without a column the table itself has another width; with one, the user draws at its edge. */
    @Override
    public Boolean call(ResizeFeatures resized) {
        if (resized.getColumn() instanceof ShownColumn drawn) {
            drawn.want(drawn.getWidth() + resized.getDelta());
        }
        List<ShownColumn<T>> columns = table.getVisibleLeafColumns().stream()
                .map(column -> (ShownColumn<T>) column)
                .toList();
        if (!columns.isEmpty()) {
            share(resized, columns);
        }
        return true;
    }

    private void share(ResizeFeatures resized, List<ShownColumn<T>> columns) {
        ShownColumn<T> filling = columns.stream()
                .filter(column -> column.column().fills())
                .findFirst()
                .orElse(columns.getLast());
        double left = resized.getContentWidth();
        for (ShownColumn<T> column : columns) {
            if (!column.equals(filling)) {
                resized.setColumnWidth(column, column.wanted().get());
                left -= table.snapSizeX(column.wanted().get());
            }
        }
        // Cells are as wide as whole pixels of the screen: half a one too much would make the table scroll.
        double room = Math.floor(left);
        double fitting = table.snapSizeX(room) > left ? room - 1 : room;
        resized.setColumnWidth(filling, Math.max(filling.wanted().get(), fitting));
    }
}

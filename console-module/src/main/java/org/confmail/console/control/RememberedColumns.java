package org.confmail.console.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TableView;
import org.confmail.console.settings.Settings;
import org.confmail.console.settings.TableLayout;

/** Keeps order, width, visibility and sorting of a table's columns in the settings. */
final class RememberedColumns {
    private final String name;
    private final Settings settings;

    RememberedColumns(String name, Settings settings) {
        this.name = name;
        this.settings = settings;
    }

    /** Puts the columns as they were left, and remembers what becomes of them. */
    <T> void apply(TableView<Row<T>> view) {
        settings.get(name, TableLayout.class).ifPresent(layout -> restore(view, layout));
        view.getColumns().addListener((ListChangeListener<TableColumn<Row<T>, ?>>) _ -> remember(view));
        view.getSortOrder().addListener((ListChangeListener<TableColumn<Row<T>, ?>>) _ -> remember(view));
        for (TableColumn<Row<T>, ?> column : view.getColumns()) {
            shown(column).wanted().addListener(_ -> remember(view));
            column.visibleProperty().addListener(_ -> remember(view));
            column.sortTypeProperty().addListener(_ -> remember(view));
        }
    }

    private static <T> void restore(TableView<Row<T>> view, TableLayout layout) {
        List<TableColumn<Row<T>, ?>> order = new ArrayList<>(view.getColumns());
        // Columns that the layout does not know stay where they are, behind the others.
        order.sort(Comparator.comparingInt(column -> place(layout, column.getId())));
        view.getColumns().setAll(order);
        List<TableColumn<Row<T>, ?>> sorting = new ArrayList<>();
        for (TableColumn<Row<T>, ?> column : order) {
            find(layout, column.getId()).ifPresent(found -> {
                shown(column).want(found.width());
                column.setVisible(found.shown());
                if (found.sort() != 0) {
                    column.setSortType(found.sort() < 0 ? SortType.DESCENDING : SortType.ASCENDING);
                    sorting.add(column);
                }
            });
        }
        sorting.sort(Comparator.comparingInt(
                column -> Math.abs(find(layout, column.getId()).orElseThrow().sort())));
        view.getSortOrder().setAll(sorting);
    }

    private <T> void remember(TableView<Row<T>> view) {
        List<TableLayout.Column> columns = new ArrayList<>();
        for (TableColumn<Row<T>, ?> column : view.getColumns()) {
            int place = view.getSortOrder().indexOf(column) + 1;
            columns.add(new TableLayout.Column(
                    column.getId(),
                    shown(column).wanted().get(),
                    column.isVisible(),
                    column.getSortType() == SortType.DESCENDING ? -place : place));
        }
        settings.put(name, new TableLayout(columns));
    }

    @SuppressWarnings("unchecked") // a DataTable has no others
    private static <T> ShownColumn<T> shown(TableColumn<Row<T>, ?> column) {
        return (ShownColumn<T>) column;
    }

    private static int place(TableLayout layout, String column) {
        int place =
                layout.columns().stream().map(TableLayout.Column::name).toList().indexOf(column);
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    private static Optional<TableLayout.Column> find(TableLayout layout, String column) {
        return layout.columns().stream()
                .filter(found -> found.name().equals(column))
                .findFirst();
    }
}

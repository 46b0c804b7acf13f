package org.confmail.console.control;

import static org.confmail.console.text.Texts.text;

import java.util.Optional;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/** A column of {@link DataTable} on the screen. */
final class ShownColumn<T> extends TableColumn<Row<T>, Row.Placed<T>> {
    private final Column<T> column;

    ShownColumn(Column<T> column) {
        super(text(column.title()));
        this.column = column;
        setId(column.title());
        setPrefWidth(column.width());
        setCellValueFactory(cell -> cell.getValue().placed());
        setComparator((a, b) -> column.order().compare(a.item(), b.item()));
        setCellFactory(_ -> new Cell());
    }

    Column<T> column() {
        return column;
    }

    private final class Cell extends TableCell<Row<T>, Row.Placed<T>> {
        private Optional<String> style = Optional.empty();

        @Override
        protected void updateItem(Row.@Nullable Placed<T> placed, boolean empty) {
            super.updateItem(placed, empty);
            style.ifPresent(getStyleClass()::remove);
            getStyleClass().remove("number");
            style = Optional.empty();
            if (empty || placed == null) {
                setText(null);
                setTooltip(null);
                return;
            }
            String words = column.shown().apply(placed.item());
            setText(words);
            style = column.styles().apply(placed.item());
            style.ifPresent(getStyleClass()::add);
            if (column.isNumber(placed.item())) {
                getStyleClass().add("number");
            }
            // Most texts fit; a tooltip for each cell would cost more than the cells.
            setTooltip(words.length() > TOOLTIP_FROM ? wrapped(words) : null);
        }

        private static Tooltip wrapped(String words) {
            Tooltip tooltip = new Tooltip(words);
            tooltip.setWrapText(true);
            tooltip.setMaxWidth(TOOLTIP_WIDTH);
            return tooltip;
        }
    }

    private static final int TOOLTIP_FROM = 24;
    private static final double TOOLTIP_WIDTH = 600;
}

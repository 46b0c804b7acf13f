package org.confmail.console.control;

import static org.confmail.console.text.Texts.text;

import java.util.Optional;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/** A column of {@link DataTable} on the screen. */
final class ShownColumn<T> extends TableColumn<Row<T>, Row.Placed<T>> {
    private static final double WIDTH_MIN = 20;
    private static final double WIDTH_MAX = 3000;
    /** About that of a character, with its share of the margins: words that may not fit have a tooltip. */
    private static final double CHARACTER_WIDTH = 8;

    private static final double TOOLTIP_WIDTH = 600;

    private final Column<T> column;
    private final ReadOnlyDoubleWrapper wanted = new ReadOnlyDoubleWrapper();

    ShownColumn(Column<T> column) {
        super(text(column.title()));
        this.column = column;
        setId(column.title());
        setVisible(column.shownAtFirst());
        want(column.width());
        setPrefWidth(column.width());
        setCellValueFactory(cell -> cell.getValue().placed());
        setComparator((a, b) -> column.order().compare(a.item(), b.item()));
        setCellFactory(_ -> new Cell());
    }

    Column<T> column() {
        return column;
    }

    /** The width that it has; the one that takes the room that is left has this at least. */
    ReadOnlyDoubleProperty wanted() {
        return wanted.getReadOnlyProperty();
    }

    void want(double width) {
        wanted.set(Math.rint(Math.clamp(width, WIDTH_MIN, WIDTH_MAX)));
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
            setTooltip(words.length() * CHARACTER_WIDTH > getTableColumn().getWidth() ? wrapped(words) : null);
        }

        private static Tooltip wrapped(String words) {
            Tooltip tooltip = new Tooltip(words);
            tooltip.setWrapText(true);
            tooltip.setMaxWidth(TOOLTIP_WIDTH);
            return tooltip;
        }
    }
}

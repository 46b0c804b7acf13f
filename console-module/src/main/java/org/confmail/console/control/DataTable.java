package org.confmail.console.control;

import static org.confmail.console.text.Texts.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import org.confmail.console.settings.Settings;

/**
 * A table of items that are told anew again and again: whoever is selected stays selected, and nothing jumps. Columns can be
 * sorted, moved, sized and hidden, and are remembered; selected rows are copied as text, all rows exported as CSV. Belongs to
 * the thread of the window.
 *
 * @param <T> the items; immutable
 */
public final class DataTable<T> {
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final TableView<Row<T>> view = new TableView<>();
    private final List<Column<T>> columns;
    private final Function<T, Object> identity;
    private final ObservableList<Row<T>> rows =
            FXCollections.observableArrayList(row -> new Observable[] {row.placed()});
    private final SortedList<Row<T>> sorted = new SortedList<>(rows);
    private final ReadOnlyObjectWrapper<List<T>> selection = new ReadOnlyObjectWrapper<>(List.of());

    /**
     * Makes an empty table.
     *
     * @param name under which its layout is remembered; also the id of the node, which tests look for
     * @param identity what stays the same when an item is replaced by a newer one
     */
    public DataTable(String name, Settings settings, Function<T, Object> identity, List<Column<T>> columns) {
        this.columns = List.copyOf(columns);
        this.identity = identity;
        view.setId(name);
        view.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        view.setTableMenuButtonVisible(true);
        view.setColumnResizePolicy(new FillingColumns<>(view));
        for (Column<T> column : columns) {
            view.getColumns().add(new ShownColumn<>(column));
        }
        Comparator<Row<T>> asGiven = Comparator.comparingInt(Row::position);
        sorted.comparatorProperty()
                .bind(Bindings.createObjectBinding(
                        () -> view.getComparator() == null
                                ? asGiven
                                : view.getComparator().thenComparing(asGiven),
                        view.comparatorProperty()));
        // The list sorts itself, by more than the view knows of.
        view.setSortPolicy(_ -> true);
        view.setItems(sorted);
        view.getSelectionModel().getSelectedItems().addListener((ListChangeListener<Row<T>>) _ -> selectionChanged());
        view.addEventHandler(KeyEvent.KEY_PRESSED, pressed -> {
            if (COPY.match(pressed)) {
                copy();
                pressed.consume();
            }
        });
        view.setContextMenu(new ContextMenu(item("table.copy", this::copy)));
        whenEmpty(text("table.empty"));
        new RememberedColumns("table." + name, settings).apply(view);
    }

    /** The node to put on the screen. */
    public TableView<?> node() {
        return view;
    }

    /** Says what an empty table means. */
    public void whenEmpty(String words) {
        Label label = new Label(words);
        label.setWrapText(true);
        label.getStyleClass().add("empty");
        view.setPlaceholder(label);
    }

    /** Adds an entry to the menu of the rows. */
    public void addAction(MenuItem action) {
        view.getContextMenu().getItems().addFirst(action);
    }

    /** Does this with an item on a double click or ENTER. */
    public void onOpen(Consumer<T> action) {
        view.setRowFactory(_ -> {
            TableRow<Row<T>> row = new TableRow<>();
            row.setOnMouseClicked(click -> {
                if (click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2 && !row.isEmpty()) {
                    action.accept(row.getItem().item());
                }
            });
            return row;
        });
        view.addEventHandler(KeyEvent.KEY_PRESSED, pressed -> {
            Row<T> focused = view.getFocusModel().getFocusedItem();
            if (pressed.getCode() == KeyCode.ENTER && focused != null) {
                action.accept(focused.item());
                pressed.consume();
            }
        });
    }

    /** Does this on the DELETE key while rows are selected. */
    public void onDelete(Runnable action) {
        view.addEventHandler(KeyEvent.KEY_PRESSED, pressed -> {
            if (pressed.getCode() == KeyCode.DELETE && !selection.get().isEmpty()) {
                action.run();
                pressed.consume();
            }
        });
    }

    /** True while no row is selected: buttons that need one are disabled then. */
    public BooleanBinding nothingSelected() {
        return Bindings.createBooleanBinding(() -> selection.get().isEmpty(), selection);
    }

    /** Shows these items and no others. Rows stay selected whose identity is still there. */
    public void show(List<T> items) {
        Map<Object, Row<T>> known = new HashMap<>();
        for (Row<T> row : rows) {
            known.put(identity.apply(row.item()), row);
        }
        Set<Object> present = new HashSet<>();
        List<Row<T>> added = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            T item = items.get(i);
            Object id = identity.apply(item);
            if (!present.add(id)) {
                continue;
            }
            Row<T> row = known.get(id);
            if (row == null) {
                added.add(new Row<>(item, i));
            } else {
                row.show(item, i);
            }
        }
        if (present.size() - added.size() < rows.size()) {
            rows.removeIf(row -> !present.contains(identity.apply(row.item())));
        }
        rows.addAll(added);
        selectionChanged();
    }

    /** The items as they stand on the screen. */
    public List<T> shown() {
        return sorted.stream().map(Row::item).toList();
    }

    /** Writes the cells on the screen anew: for those that depend on the time. */
    public void refreshCells() {
        view.refresh();
    }

    /** The items that are selected, from top to bottom. */
    public ReadOnlyObjectProperty<List<T>> selection() {
        return selection.getReadOnlyProperty();
    }

    /** Selects the items of these identities, and shows the first of them. */
    public void select(List<?> identities) {
        view.getSelectionModel().clearSelection();
        Set<Object> wanted = new HashSet<>(identities);
        for (int i = sorted.size() - 1; i >= 0; i--) {
            if (wanted.contains(identity.apply(sorted.get(i).item()))) {
                view.getSelectionModel().select(i);
                view.scrollTo(i);
            }
        }
    }

    /** All rows in the order of the screen, as CSV with a line of titles (RFC 4180). */
    public String csv() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns.stream().map(column -> text(column.title())).toList());
        for (T item : shown()) {
            lines.add(columns.stream().map(column -> column.exported(item)).toList());
        }
        return Csv.of(lines);
    }

    /** Copies the selected rows: a line each, cells separated by tabs, in the order of the screen. */
    public void copy() {
        List<Column<T>> order = view.getVisibleLeafColumns().stream()
                .flatMap(visible ->
                        columns.stream().filter(column -> column.title().equals(visible.getId())))
                .toList();
        String lines = selection.get().stream()
                .map(item -> order.stream()
                        .map(column -> column.shown().apply(item).replaceAll("[\\t\\r\\n]+", " "))
                        .collect(Collectors.joining("\t")))
                .collect(Collectors.joining("\n"));
        if (!lines.isEmpty()) {
            ClipboardContent content = new ClipboardContent();
            content.putString(lines);
            Clipboard.getSystemClipboard().setContent(content);
        }
    }

    private void selectionChanged() {
        List<T> now = view.getSelectionModel().getSelectedIndices().stream()
                .sorted()
                .filter(index -> index >= 0 && index < sorted.size())
                .map(index -> sorted.get(index).item())
                .toList();
        if (!now.equals(selection.get())) {
            selection.set(now);
        }
    }

    private static MenuItem item(String key, Runnable action) {
        MenuItem item = new MenuItem(text(key));
        item.setOnAction(_ -> action.run());
        return item;
    }
}

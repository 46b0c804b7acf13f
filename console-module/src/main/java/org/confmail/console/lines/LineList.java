package org.confmail.console.lines;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/**
 * A list of lines, of which there are nodes for those on the screen only. Its position is the number of a line, not a place in
 * the list, so that nothing jumps when lines come and go at either end or the filter changes. It follows the end until the user
 * scrolls up, and again from the moment the end is reached.
 */
final class LineList extends Region {
    /** In terms of the size of the font. */
    private static final double ROW_HEIGHT = 1.7;

    private static final double EDGE = 1; // the border
    private static final int WHEEL_ROWS = 3;
    private static final double WHEEL_PIXELS = 40; // of one step of most wheels

    private final LineModel model;
    private final Matches lines;
    private final Function<Line, String> source;
    private final ScrollBar bar = new ScrollBar();
    private final Label empty = new Label();
    private final Pane body = new Pane();
    private final Rectangle clip = new Rectangle();
    private final List<LineRow> rows = new ArrayList<>();
    private final SelectedLines selected = new SelectedLines();
    private final ReadOnlyObjectWrapper<OptionalLong> lead = new ReadOnlyObjectWrapper<>(OptionalLong.empty());
    private final BooleanProperty following = new SimpleBooleanProperty(true);
    private final ContextMenu menu = new ContextMenu();
    private Runnable atTop = () -> {};
    private Runnable atBottom = () -> {};
    private long top; // the number of the first line on the screen, while it does not follow
    private boolean placing;
    private double rowHeight = 22; // until the font is known
    private double wheel; // part of a row that was scrolled and not yet shown

    LineList(LineModel model, Function<Line, String> source) {
        this.model = model;
        this.lines = model.shown();
        this.source = source;
        setId("lines.list");
        getStyleClass().add("line-list");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        body.setClip(clip);
        body.setManaged(false);
        bar.setOrientation(Orientation.VERTICAL);
        bar.setFocusTraversable(false);
        bar.valueProperty().addListener((_, _, value) -> barMoved(value.doubleValue()));
        empty.getStyleClass().add("empty");
        empty.setWrapText(true);
        empty.setMouseTransparent(true);
        getChildren().addAll(body, bar, empty);
        model.onChange(this::requestLayout);
        following.addListener((_, _, now) -> {
            if (!now) {
                top = lines.size() == 0
                        ? model.store().first()
                        : lines.number(Math.min(topPlace(true), lines.size() - 1));
            }
            requestLayout();
        });
        addEventHandler(ScrollEvent.SCROLL, this::wheelTurned);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        addEventHandler(KeyEvent.KEY_PRESSED, new LineKeys(this));
        setOnContextMenuRequested(request -> {
            menu.show(this, request.getScreenX(), request.getScreenY());
            request.consume();
        });
    }

    /** Whether it shows the newest lines as they come. */
    BooleanProperty following() {
        return following;
    }

    /** The line that the keyboard is at. */
    ReadOnlyObjectProperty<OptionalLong> lead() {
        return lead.getReadOnlyProperty();
    }

    SelectedLines selected() {
        return selected;
    }

    ContextMenu menu() {
        return menu;
    }

    /** The same, as it is kept. */
    Optional<Line> leadLine() {
        OptionalLong number = lead.get();
        return number.isPresent() ? model.store().line(number.getAsLong()) : Optional.empty();
    }

    /** Does these when the user wants to see more than there is at the top or at the end. */
    void onEdges(Runnable top, Runnable bottom) {
        atTop = top;
        atBottom = bottom;
    }

    /** What stands there while there are no lines. */
    void whenEmpty(String words) {
        empty.setText(words);
    }

    /** What search has found is shown anew. */
    void refresh() {
        requestLayout();
    }

    /** Selects a line and makes it visible, somewhere in the middle unless it is on the screen already. */
    void show(long number) {
        selected.only(number);
        reveal(number, true);
        selectionChanged();
    }

    /** Scrolls to a line or the one behind it. */
    void scrollTo(long number) {
        scrollToPlace(lines.place(number));
    }

    /** Selects as a key or a click wants it. */
    void select(int place, boolean extending) {
        if (lines.size() == 0) {
            return;
        }
        long number = lines.number(Math.clamp(place, 0, lines.size() - 1));
        if (extending) {
            selected.extendTo(number);
        } else {
            selected.only(number);
        }
        reveal(number, false);
        if (place < 0) {
            atTop.run();
        } else if (place >= lines.size()) {
            atBottom.run();
        }
        selectionChanged();
    }

    void selectAll() {
        if (lines.size() > 0) {
            selected.all(lines.number(0), lines.number(lines.size() - 1));
            selectionChanged();
        }
    }

    /** The place of the line that the keyboard is at, or one from which UP and DOWN come onto the screen. */
    int leadPlace() {
        if (selected.lead().isPresent()) {
            return lines.place(selected.lead().getAsLong());
        }
        return following.get() ? lines.size() : topPlace(false) - 1;
    }

    /** Where a search begins: the line that the keyboard is at, or the end of the screen. */
    long position() {
        return selected.lead().orElseGet(() -> model.store().end());
    }

    /** Whole rows that there is room for. */
    int rowsShown() {
        return Math.max(1, (int) ((getHeight() - 2 * EDGE) / rowHeight));
    }

    /** Goes up (below 0) or down by so many rows. */
    void move(int by) {
        int place = topPlace(following.get());
        scrollToPlace(place + by);
        if (by < 0 && place + by <= 0) {
            atTop.run();
        } else if (by > 0 && place + by >= placeMax()) {
            atBottom.run();
        }
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        double barWidth = snapSizeX(bar.prefWidth(-1));
        body.resizeRelocate(EDGE, EDGE, width - barWidth - 2 * EDGE, height - 2 * EDGE);
        clip.setWidth(body.getWidth());
        clip.setHeight(body.getHeight());
        if (!rows.isEmpty()) {
            rowHeight = Math.rint(rows.getFirst().fontSize() * ROW_HEIGHT);
        }
        int place = topPlace(following.get());
        int count = Math.min((int) Math.ceil(height / rowHeight), lines.size() - place);
        int needed = Math.max(0, count);
        while (rows.size() < needed) {
            LineRow row = new LineRow();
            rows.add(row);
            body.getChildren().add(row);
        }
        for (int i = 0; i < rows.size(); i++) {
            LineRow row = rows.get(i);
            row.setVisible(i < needed);
            if (i < needed) {
                long number = lines.number(place + i);
                Optional<Line> line = model.store().line(number);
                line.ifPresent(found -> row.show(number, found, source.apply(found), model.findWords()));
                row.mark(selected.contains(number), isLead(number));
                row.resizeRelocate(0, i * rowHeight, body.getWidth(), rowHeight);
            }
        }
        empty.setVisible(lines.size() == 0 && !lines.isLooking());
        double emptyWidth = Math.min(width - barWidth, empty.prefWidth(-1));
        double emptyHeight = empty.prefHeight(emptyWidth);
        empty.resizeRelocate((width - barWidth - emptyWidth) / 2, (height - emptyHeight) / 2, emptyWidth, emptyHeight);
        placeBar(place, width - barWidth, barWidth, height);
    }

    private void placeBar(int place, double left, double width, double height) {
        placing = true;
        bar.setVisible(lines.size() > rowsShown());
        bar.setMax(Math.max(1, placeMax()));
        bar.setVisibleAmount(bar.getMax() * rowsShown() / Math.max(1, lines.size()));
        bar.setBlockIncrement(rowsShown());
        bar.setUnitIncrement(1);
        bar.setValue(place);
        bar.resizeRelocate(left - EDGE, EDGE, width, height - 2 * EDGE);
        placing = false;
    }

    private boolean isLead(long number) {
        return selected.lead().isPresent() && selected.lead().getAsLong() == number;
    }

    private int placeMax() {
        return Math.max(0, lines.size() - rowsShown());
    }

    private int topPlace(boolean atEnd) {
        return atEnd ? placeMax() : Math.min(lines.place(top), placeMax());
    }

    private void scrollToPlace(int wanted) {
        int place = Math.clamp(wanted, 0, placeMax());
        boolean end = place == placeMax();
        if (lines.size() > 0) {
            following.set(end);
            top = lines.number(Math.min(place, lines.size() - 1));
        }
        requestLayout();
    }

    private void reveal(long number, boolean inTheMiddle) {
        int place = lines.place(number);
        int first = topPlace(following.get());
        int shown = rowsShown();
        if (place < first || place >= first + shown) {
            int edge = place < first ? place : place - shown + 1;
            scrollToPlace(inTheMiddle ? place - shown / 2 : edge);
        } else if (place < lines.size() - 1) {
            // Whoever looks at a line does not want it to run away.
            following.set(false);
        }
        requestLayout();
    }

    private void barMoved(double value) {
        if (!placing) {
            int place = (int) Math.round(value);
            scrollToPlace(place);
            if (place <= 0) {
                atTop.run();
            }
        }
    }

    private void wheelTurned(ScrollEvent event) {
        wheel -= event.getDeltaY() / WHEEL_PIXELS * WHEEL_ROWS;
        int by = (int) wheel;
        wheel -= by;
        if (by != 0) {
            move(by);
        }
        event.consume();
    }

    private void pressed(MouseEvent event) {
        if (bar.equals(event.getTarget()) || event.getX() > bar.getLayoutX()) {
            return;
        }
        requestFocus();
        menu.hide();
        Optional<LineRow> row = rowAt(event.getY());
        if (row.isEmpty()) {
            return;
        }
        long number = row.get().number();
        if (event.getButton() == MouseButton.PRIMARY) {
            if (event.isShiftDown()) {
                selected.extendTo(number);
            } else if (event.isShortcutDown()) {
                selected.toggle(number);
            } else {
                selected.only(number);
            }
        } else if (!selected.contains(number)) {
            selected.only(number);
        }
        reveal(number, false);
        selectionChanged();
    }

    private void dragged(MouseEvent event) {
        if (event.isPrimaryButtonDown()
                && event.getX() <= bar.getLayoutX()
                && selected.lead().isPresent()) {
            rowAt(event.getY()).ifPresent(row -> {
                selected.extendTo(row.number());
                selectionChanged();
            });
        }
    }

    private Optional<LineRow> rowAt(double y) {
        int row = (int) ((y - EDGE) / rowHeight);
        return row >= 0 && row < rows.size() && rows.get(row).isVisible()
                ? Optional.of(rows.get(row))
                : Optional.empty();
    }

    private void selectionChanged() {
        lead.set(selected.lead());
        requestLayout();
    }
}

package org.confmail.console.control;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** A row of a table: it stays the same while the item in it is replaced by a newer one, so that it stays selected. */
final class Row<T> {
    private final ReadOnlyObjectWrapper<Placed<T>> placed;

    Row(T item, int position) {
        placed = new ReadOnlyObjectWrapper<>(new Placed<>(item, position));
    }

    T item() {
        return placed.get().item();
    }

    /** Its place among the items as they were given. */
    int position() {
        return placed.get().position();
    }

    ReadOnlyObjectProperty<Placed<T>> placed() {
        return placed.getReadOnlyProperty();
    }

    void show(T item, int position) {
        Placed<T> now = new Placed<>(item, position);
        if (!now.equals(placed.get())) {
            placed.set(now);
        }
    }

    record Placed<T>(T item, int position) {}
}

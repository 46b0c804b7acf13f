package org.confmail.server.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.confmail.server.block.Key;

/**
 * Values in memory that together cost no more than a number of bytes: where they are too many, those go first that nobody put
 * or asked for longest. Safe for use by many threads.
 */
final class BoundedMap<V> {
    private final int bytesMax;
    private final ToIntFunction<V> cost;
    private final Map<Key, V> values = new LinkedHashMap<>(16, 0.75f, true);
    private int bytes;

    /**
     * @param bytesMax what all values may cost together
     * @param cost what one costs, in bytes; always the same for one value
     */
    BoundedMap(int bytesMax, ToIntFunction<V> cost) {
        this.bytesMax = bytesMax;
        this.cost = cost;
    }

    synchronized Optional<V> get(Key key) {
        return Optional.ofNullable(values.get(key));
    }

    synchronized Optional<V> remove(Key key) {
        Optional<V> value = Optional.ofNullable(values.remove(key));
        value.ifPresent(gone -> bytes -= cost.applyAsInt(gone));
        return value;
    }

    /** Takes the place of what was there; a value that costs more than all may is not kept, and none goes for it. */
    synchronized void put(Key key, V value) {
        remove(key);
        int added = cost.applyAsInt(value);
        if (added > bytesMax) {
            return;
        }
        Iterator<V> eldest = values.values().iterator();
        while (bytes > bytesMax - added) {
            bytes -= cost.applyAsInt(eldest.next());
            eldest.remove();
        }
        values.put(key, value);
        bytes += added;
    }
}

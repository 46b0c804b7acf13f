package org.confmail.console.remote;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a server tells of some things: a list of all that is asked for, and changes that are told meanwhile. A change that comes
 * while the list is under way counts more than the list, which may have been made before. Belongs to the thread of the window.
 *
 * @param <K> what a thing is known by
 * @param <V> the things; immutable
 */
public final class Told<K extends Comparable<K>, V> {
    private final int max;
    private final Function<V, K> key;
    private final TreeMap<K, V> things = new TreeMap<>();
    /** Told while a list is under way; empty = it is gone. */
    private Optional<Map<K, Optional<V>>> meanwhile = Optional.empty();

    /** Nothing is known yet; of more than {@code max} only the first that are told are kept. */
    public Told(int max, Function<V, K> key) {
        this.max = max;
        this.key = key;
    }

    /** All that are known, in the order of their keys. */
    public List<V> all() {
        return List.copyOf(things.values());
    }

    /** The list is being asked for. */
    public void asking() {
        meanwhile = Optional.of(new HashMap<>());
    }

    /** The list that was asked for does not come. */
    public void unanswered() {
        meanwhile = Optional.empty();
    }

    /** The list has come. */
    public void listed(List<V> list) {
        things.clear();
        list.forEach(thing -> things.put(key.apply(thing), thing));
        meanwhile.ifPresent(changes -> changes.forEach(this::take));
        meanwhile = Optional.empty();
    }

    /** A thing is new, or another than before. */
    public void changed(V thing) {
        change(key.apply(thing), Optional.of(thing));
    }

    /** A thing is gone. */
    public void gone(K known) {
        change(known, Optional.empty());
    }

    private void change(K known, Optional<V> now) {
        take(known, now);
        meanwhile
                .filter(changes -> changes.size() < max || changes.containsKey(known))
                .ifPresent(changes -> changes.put(known, now));
    }

    private void take(K known, Optional<V> now) {
        if (now.isEmpty()) {
            things.remove(known);
        } else if (things.size() < max || things.containsKey(known)) {
            things.put(known, now.get());
        }
    }
}

package org.confmail.console.lines;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Which lines are selected, by number: ranges, so that all of them cost no more than one. */
final class SelectedLines {
    private final TreeMap<Long, Long> ranges = new TreeMap<>(); // from the first of a range to its last
    private OptionalLong lead = OptionalLong.empty();
    private long anchor;

    /** The line that the keyboard is at. */
    OptionalLong lead() {
        return lead;
    }

    boolean contains(long number) {
        return Optional.ofNullable(ranges.floorEntry(number))
                .filter(range -> number <= range.getValue())
                .isPresent();
    }

    /** The first and last numbers of what is selected, in order. */
    List<Range> ranges() {
        List<Range> all = new ArrayList<>();
        ranges.forEach((first, last) -> all.add(new Range(first, last)));
        return all;
    }

    /** Selects this one alone. */
    void only(long number) {
        ranges.clear();
        ranges.put(number, number);
        anchor = number;
        lead = OptionalLong.of(number);
    }

    /** Selects all from the one that was last selected alone. */
    void extendTo(long number) {
        if (lead.isEmpty()) {
            only(number);
            return;
        }
        ranges.clear();
        ranges.put(Math.min(anchor, number), Math.max(anchor, number));
        lead = OptionalLong.of(number);
    }

    /** Selects this one too, or not any more. */
    void toggle(long number) {
        Map.Entry<Long, Long> range = ranges.floorEntry(number);
        if (range == null || number > range.getValue()) {
            ranges.put(number, number);
        } else {
            ranges.remove(range.getKey());
            if (range.getKey() < number) {
                ranges.put(range.getKey(), number - 1);
            }
            if (number < range.getValue()) {
                ranges.put(number + 1, range.getValue());
            }
        }
        anchor = number;
        lead = OptionalLong.of(number);
    }

    /** Selects from one to another; the keyboard stays where it is. */
    void all(long first, long last) {
        ranges.clear();
        ranges.put(first, last);
        anchor = first;
        if (lead.isEmpty()) {
            lead = OptionalLong.of(last);
        }
    }

    /** Numbers, both inclusive. */
    record Range(long first, long last) {}
}

package org.confmail.console.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.console.lines.Line;
import org.confmail.console.lines.LineStore;
import org.confmail.console.lines.Mark;

/** Finds where lines that a server tells again, after the connection was lost, go on behind those that are there. */
final class Overlap {
    private final Optional<Instant> last;
    private int atLast;
    private boolean met;
    private boolean over;

    private Overlap(Optional<Instant> last, int atLast) {
        this.last = last;
        this.atLast = atLast;
        this.over = last.isEmpty();
        this.met = last.isEmpty();
    }

    /** Nothing is there that could come again. */
    static Overlap none() {
        return new Overlap(Optional.empty(), 0);
    }

    /** The lines of a store may come again. */
    static Overlap with(LineStore store) {
        Optional<Instant> last = Optional.empty();
        int count = 0;
        for (long number = store.end() - 1; number >= store.first(); number--) {
            Optional<Line> line = store.line(number).filter(found -> found.mark() != Mark.NOTE);
            if (line.isPresent()) {
                if (last.isPresent() && !last.get().equals(line.get().time())) {
                    break;
                }
                last = Optional.of(line.get().time());
                count++;
            }
        }
        return new Overlap(last, count);
    }

    /** Those of the told lines that are new. */
    List<Line> rest(List<Line> told) {
        if (over) {
            return told;
        }
        List<Line> rest = new ArrayList<>();
        for (Line line : told) {
            if (over || !isThere(line)) {
                over = true;
                rest.add(line);
            }
        }
        return rest;
    }

    /** Whether lines were met that are there, so that none are missing in between. */
    boolean met() {
        return met;
    }

    private boolean isThere(Line line) {
        int order = line.time().compareTo(last.orElse(Instant.MIN));
        boolean there = order < 0 || (order == 0 && atLast-- > 0);
        met |= there;
        return there;
    }
}

package org.confmail.console.lines;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.confmail.console.lines.Words.WrongExpression;

/**
 * Which lines are shown.
 *
 * @param marks of these kinds
 * @param connection only those of this connection
 * @param words only those that hold these in their text, or in the name of who speaks
 */
record LineFilter(Set<Mark> marks, OptionalLong connection, Optional<Words> words) implements LineTest {
    /** All lines. */
    static final LineFilter ALL = new LineFilter(EnumSet.allOf(Mark.class), OptionalLong.empty(), Optional.empty());

    LineFilter {
        marks = Set.copyOf(marks);
    }

    /** Levels from this one on. */
    static Set<Mark> from(Mark level) {
        EnumSet<Mark> marks = EnumSet.noneOf(Mark.class);
        Arrays.stream(Mark.values()).filter(mark -> mark.compareTo(level) >= 0).forEach(marks::add);
        return marks;
    }

    @Override
    public boolean takes(Segment segment, int place) throws WrongExpression {
        Mark mark = segment.mark(place);
        if (mark == Mark.NOTE) {
            return true;
        }
        return marks.contains(mark)
                && (connection.isEmpty() || segment.isOf(place, connection.getAsLong()))
                && (words.isEmpty()
                        || words.get().in(segment.text(place))
                        || words.get().in(segment.source(place)));
    }
}

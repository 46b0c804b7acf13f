package org.confmail.console.lines;

import static org.confmail.console.text.Texts.text;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.confmail.console.lines.FilterBar.Choice;

/**
 * What lines of one kind look like.
 *
 * @param kindsKey key of the choice of kinds
 * @param allKinds the words for all of them
 * @param hasErrors whether the lines have levels; otherwise they have ways
 * @param source what stands in the column of who speaks
 * @param format how a line is copied and exported
 * @param file the name suggested for a file
 */
public record LineForm(
        String kindsKey,
        String allKinds,
        boolean hasErrors,
        Function<Line, String> source,
        Function<Line, String> format,
        String file) {

    /** The kinds to choose from, all of them first. */
    List<Choice> choices() {
        Choice all = new Choice(allKinds, EnumSet.allOf(Mark.class));
        if (hasErrors) {
            return List.of(
                    all,
                    new Choice(text("lines.level.info"), LineFilter.from(Mark.INFO)),
                    new Choice(text("lines.level.warning"), LineFilter.from(Mark.WARNING)),
                    new Choice(text("lines.level.error"), LineFilter.from(Mark.ERROR)));
        }
        return Stream.concat(
                        Stream.of(all),
                        Mark.WAYS.stream().map(way -> new Choice(text("lines.way." + way.style()), Set.of(way))))
                .toList();
    }
}

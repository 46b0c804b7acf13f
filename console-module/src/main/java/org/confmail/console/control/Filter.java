package org.confmail.console.control;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Words that a row must contain, each of them anywhere, in either case.
 *
 * @param words in lower case; none accept every row
 */
public record Filter(List<String> words) {
    public Filter {
        words = List.copyOf(words);
    }

    /** The words of a text, as somebody typed it. */
    public static Filter of(String text) {
        return new Filter(Arrays.stream(text.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList());
    }

    /** Whether a row with these cells is wanted. */
    public boolean accepts(String... cells) {
        String row = String.join("\n", cells).toLowerCase(Locale.ROOT);
        return words.stream().allMatch(row::contains);
    }
}

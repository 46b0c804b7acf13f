package org.confmail.shared.config;

import java.util.OptionalLong;

/** Whole numbers as the old server read them: a sign and leading zeros are allowed, and no number is too large. */
final class Numbers {
    private static final int DIGITS_MAX = 18; // any 18 digits fit into a long

    private Numbers() {}

    /** The number that {@code text} spells, cut off at the ends of the long range; empty when it is none. */
    static OptionalLong whole(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String digits = signed ? text.substring(1) : text;
        if (digits.isEmpty() || !digits.chars().allMatch(Ascii::isDigit)) {
            return OptionalLong.empty();
        }
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        String significant = digits.substring(start);
        long size = significant.length() > DIGITS_MAX ? Long.MAX_VALUE : Long.parseLong(significant);
        return OptionalLong.of(text.startsWith("-") ? -size : size);
    }

    /** The number that {@code text} spells if it is at least {@code min}; one above {@code max} counts as {@code max}. */
    static OptionalLong within(String text, long min, long max) {
        OptionalLong number = whole(text);
        return number.isPresent() && number.getAsLong() >= min
                ? OptionalLong.of(Math.min(number.getAsLong(), max))
                : OptionalLong.empty();
    }
}

package org.confmail.server.block;

import java.util.OptionalLong;

/** The line {@code Data: n} that ends the header of a data block; n bytes follow it. PROTOCOL section 2. */
public final class DataLine {
    private static final String NAME = "data: ";
    /** As many digits as every long can hold. */
    private static final int DIGITS_MAX = 18;

    private DataLine() {}

    /**
     * n, which is 0 or a number without leading zero; a number beyond all bounds counts as the largest long. Any other line is
     * none, as the existing server takes it.
     */
    public static OptionalLong length(String line) {
        int digits = line.length() - NAME.length();
        if (digits < 1 || !line.regionMatches(true, 0, NAME, 0, NAME.length())) {
            return OptionalLong.empty();
        }
        for (int i = NAME.length(); i < line.length(); i++) {
            if (line.charAt(i) < '0' || line.charAt(i) > '9') {
                return OptionalLong.empty();
            }
        }
        if (line.charAt(NAME.length()) == '0') {
            return digits == 1 ? OptionalLong.of(0) : OptionalLong.empty();
        }
        return OptionalLong.of(
                digits > DIGITS_MAX ? Long.MAX_VALUE : Long.parseLong(line, NAME.length(), line.length(), 10));
    }
}

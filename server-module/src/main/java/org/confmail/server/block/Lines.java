package org.confmail.server.block;

import java.util.Arrays;

/** Lines of bytes inside a larger array; where characters matter, they are ISO-8859-1. */
final class Lines {
    /** PROTOCOL section 2. */
    static final int LINE_BYTES_MAX = 16_384;

    private Lines() {}

    /** Where the line that begins at {@code from} ends: the index of its LF, or {@code to} if it has none. */
    static int end(byte[] text, int from, int to) {
        int end = from;
        while (end < to && text[end] != '\n') {
            end++;
        }
        return end;
    }

    /** The same text with its last line ended by LF. */
    static byte[] ended(byte[] text) {
        if (text.length == 0 || text[text.length - 1] == '\n') {
            return text;
        }
        byte[] ended = Arrays.copyOf(text, text.length + 1);
        ended[text.length] = '\n';
        return ended;
    }

    /** Whether the line begins with {@code lowerCase}, in any case of A to Z. */
    static boolean startsWith(byte[] text, int from, int to, String lowerCase) {
        if (to - from < lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            int character = text[from + i];
            if (character >= 'A' && character <= 'Z') {
                character += 'a' - 'A';
            }
            if (character != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the line begins with exactly these bytes. */
    static boolean startsWith(byte[] text, int from, int to, byte[] prefix) {
        return to - from >= prefix.length && Arrays.equals(text, from, from + prefix.length, prefix, 0, prefix.length);
    }

    /** Whether the line is {@code lowerCase}, in any case of A to Z. */
    static boolean is(byte[] text, int from, int to, String lowerCase) {
        return to - from == lowerCase.length() && startsWith(text, from, to, lowerCase);
    }
}

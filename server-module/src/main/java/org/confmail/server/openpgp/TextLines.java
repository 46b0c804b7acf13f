package org.confmail.server.openpgp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the lines of a text, which end in LF or CR LF, the last one perhaps in nothing. Belongs to one thread.
 *
 * <p>OpenPGP takes no account of blanks at the end of an armour line or of a line of clear-signed text (RFC 4880 section 7.1
 * names space and tab; GnuPG adds CR): {@link #trimmedEnd} is the end without them.
 */
final class TextLines {
    private final byte[] text;
    private final int to;
    private int next;
    private int start;
    private int end;

    TextLines(byte[] text, int from, int to) {
        this.text = text;
        this.to = to;
        this.next = from;
    }

    /** Goes to the next line; false if there is none. */
    boolean next() {
        if (next >= to) {
            return false;
        }
        start = next;
        end = start;
        while (end < to && text[end] != '\n') {
            end++;
        }
        next = Math.min(to, end + 1);
        return true;
    }

    /** The same, where there must be one. */
    void require(String what) throws OpenPgpException {
        if (!next()) {
            throw new OpenPgpException("text ends where " + what + " should be");
        }
    }

    int start() {
        return start;
    }

    /** The index of the line's LF, or of the text's end. */
    int end() {
        return end;
    }

    /** Where the next line begins. */
    int nextStart() {
        return next;
    }

    int trimmedEnd() {
        int trimmed = end;
        while (trimmed > start && isBlank(text[trimmed - 1])) {
            trimmed--;
        }
        return trimmed;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    boolean isEmpty() {
        return trimmedEnd() == start;
    }

    /** Whether a CR stands before the blanks at its end. */
    boolean hasLoneCr() {
        for (int i = trimmedEnd() - 1; i >= start; i--) {
            if (text[i] == '\r') {
                return true;
            }
        }
        return false;
    }

    boolean startsWith(String prefix) {
        if (end - start < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (text[start + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the line, blanks at its end aside, is this one. */
    boolean is(String line) {
        return trimmedEnd() - start == line.length() && startsWith(line);
    }

    /** The line from its character {@code offset} on, blanks at its end aside. */
    String trimmed(int offset) {
        int from = Math.min(start + offset, trimmedEnd());
        return new String(text, from, trimmedEnd() - from, StandardCharsets.ISO_8859_1);
    }

    byte[] trimmedBytes() {
        return Arrays.copyOfRange(text, start, trimmedEnd());
    }
}

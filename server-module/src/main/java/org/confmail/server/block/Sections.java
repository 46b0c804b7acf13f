package org.confmail.server.block;

import java.util.Arrays;

/**
 * Walks over the announcements in a mailbox's text, valid or not: what stands between {@code NextMessage} lines, without blank
 * lines, each line ended by LF. Empty ones are passed over. Belongs to one thread.
 */
final class Sections {
    /** Written so; taken in any case, because an announcement with two of every header would be refused. */
    static final String SEPARATOR = "NextMessage\n";

    private static final String SEPARATOR_LINE = "nextmessage";

    private final byte[] whole;
    private int at;

    private byte[] text = new byte[0];
    private int from;
    private int to;

    Sections(byte[] whole) {
        this.whole = whole;
    }

    /** Goes to the next section; false if there is none. */
    boolean next() {
        while (at < whole.length) {
            int start = at;
            int lineStart = at;
            boolean normal = true;
            boolean separated = false;
            while (at < whole.length && !separated) {
                lineStart = at;
                int end = Lines.end(whole, at, whole.length);
                at = end + 1;
                separated = Lines.is(whole, lineStart, end, SEPARATOR_LINE);
                normal &= separated || (end > lineStart && end < whole.length);
            }
            set(start, separated ? lineStart : whole.length, normal);
            if (from < to) {
                return true;
            }
        }
        return false;
    }

    private void set(int start, int end, boolean normal) {
        if (normal) {
            text = whole;
            from = start;
            to = end;
        } else {
            text = normalized(start, end);
            from = 0;
            to = text.length;
        }
    }

    private byte[] normalized(int start, int end) {
        byte[] lines = new byte[end - start + 1];
        int length = 0;
        for (int i = start; i < end; i++) {
            boolean blank = whole[i] == '\n' && (length == 0 || lines[length - 1] == '\n');
            if (!blank) {
                lines[length++] = whole[i];
            }
        }
        if (length > 0 && lines[length - 1] != '\n') {
            lines[length++] = '\n';
        }
        return Arrays.copyOf(lines, length);
    }

    /** The array that the section lies in. */
    byte[] text() {
        return text;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }
}

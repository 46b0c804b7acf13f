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
    private final int length;
    private int at;

    private byte[] text = new byte[0];
    private int from;
    private int to;

    Sections(byte[] whole) {
        this(whole, whole.length);
    }

    /** Those in the first {@code length} bytes. */
    Sections(byte[] whole, int length) {
        this.whole = whole;
        this.length = length;
    }

    /** Goes to the next section; false if there is none. */
    boolean next() {
        while (at < length) {
            int start = at;
            int lineStart = at;
            boolean normal = true;
            boolean separated = false;
            while (at < length && !separated) {
                lineStart = at;
                int end = Lines.end(whole, at, length);
                at = end + 1;
                separated = Lines.is(whole, lineStart, end, SEPARATOR_LINE);
                normal &= separated || (end > lineStart && end < length);
            }
            set(start, separated ? lineStart : length, normal);
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
        int kept = 0;
        for (int i = start; i < end; i++) {
            boolean blank = whole[i] == '\n' && (kept == 0 || lines[kept - 1] == '\n');
            if (!blank) {
                lines[kept++] = whole[i];
            }
        }
        if (kept > 0 && lines[kept - 1] != '\n') {
            lines[kept++] = '\n';
        }
        return Arrays.copyOf(lines, kept);
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

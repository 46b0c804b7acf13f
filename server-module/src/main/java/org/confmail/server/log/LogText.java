package org.confmail.server.log;

import java.util.Locale;

/**
 * Makes text from elsewhere fit for the log: nothing in it can end a line, move a cursor or turn the writing direction, and it
 * has a bounded length.
 */
public final class LogText {
    /** Enough to recognise a line of the protocol by; a peer may send 16384 bytes a line. */
    static final int CHARACTERS_MAX = 200;

    private LogText() {}

    /** Text of a peer as it stands in an ordinary log line: in double quotes, escaped and shortened. */
    public static String quote(String peerText) {
        int shown = shown(peerText);
        StringBuilder quoted = new StringBuilder(shown + 8);
        quoted.append('"');
        escape(peerText, shown, "\"\\", quoted);
        quoted.append('"');
        return rest(peerText.length() - shown, quoted);
    }

    /** A protocol line without quotes, escaped and shortened. */
    static String line(String text) {
        int shown = shown(text);
        StringBuilder line = new StringBuilder(shown + 8);
        escape(text, shown, "\\", line);
        return rest(text.length() - shown, line);
    }

    /** The text at full length on one line: for our own messages, which may hold a name or a path with odd characters. */
    static void oneLine(String text, StringBuilder target) {
        if (clean(text)) {
            target.append(text);
        } else {
            escape(text, text.length(), "", target);
        }
    }

    /** Appends what says that {@code hidden} characters are not shown. */
    static String rest(int hidden, StringBuilder shown) {
        return hidden == 0
                ? shown.toString()
                : shown.append("… (").append(hidden).append(" more)").toString();
    }

    private static int shown(String text) {
        if (text.length() <= CHARACTERS_MAX) {
            return text.length();
        }
        return Character.isHighSurrogate(text.charAt(CHARACTERS_MAX - 1)) ? CHARACTERS_MAX - 1 : CHARACTERS_MAX;
    }

    private static boolean clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static void escape(String text, int length, String special, StringBuilder target) {
        int i = 0;
        while (i < length) {
            int c = text.codePointAt(i);
            if (special.indexOf(c) >= 0) {
                target.append('\\').append((char) c);
            } else if (printable(c)) {
                target.appendCodePoint(c);
            } else if (c <= 0xff) {
                target.append(String.format(Locale.ROOT, "\\x%02x", c));
            } else {
                target.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
            i += Character.charCount(c);
        }
    }

    private static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT, // writing direction, invisible characters
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}

package org.confmail.server.block;

/** A peer's text, made fit for a log: short, in quotes, printable ASCII only. */
final class Cited {
    private static final int CHARACTERS_MAX = 40;

    private Cited() {}

    static String text(byte[] text, int from, int to) {
        StringBuilder cited = new StringBuilder(CHARACTERS_MAX + 5).append('\'');
        int end = Math.min(to, from + CHARACTERS_MAX);
        for (int i = from; i < end; i++) {
            byte b = text[i];
            if (b < ' ' || b > '~' || b == '\\' || b == '\'') {
                cited.append(String.format("\\x%02x", b & 0xff));
            } else {
                cited.append((char) b);
            }
        }
        return cited.append(end < to ? "…'" : "'").toString();
    }
}

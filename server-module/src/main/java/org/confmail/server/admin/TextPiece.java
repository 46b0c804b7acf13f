package org.confmail.server.admin;

import java.io.Writer;

/** Keeps a piece of what is written, from a place on, as long as a message may hold; the rest is only counted. */
final class TextPiece extends Writer {
    /** In JSON a character has six bytes at most, and so a message 1.5 of its 2 MiB. */
    static final int CHARACTERS_MAX = 256 << 10;

    private final int from;
    private final StringBuilder text = new StringBuilder();
    private int place;

    TextPiece(int from) {
        this.from = from;
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        for (int i = Math.clamp((long) from - place, 0, length); i < length && hasRoom(); i++) {
            text.append(characters[offset + i]);
        }
        place = Math.addExact(place, length);
    }

    /** Both halves of a character go together. */
    private boolean hasRoom() {
        return text.length() < CHARACTERS_MAX || Character.isHighSurrogate(text.charAt(text.length() - 1));
    }

    String text() {
        return text.toString();
    }

    /** The place behind the piece. */
    int end() {
        return Math.min(place, from) + text.length();
    }

    /** Whether something follows. */
    boolean more() {
        return end() < place;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}

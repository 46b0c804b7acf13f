package org.confmail.server.admin;

import java.io.Writer;

/** Keeps a piece of what is written, from a place on, of a bounded length; the rest is only counted. */
final class TextPiece extends Writer {
    private final int from;
    private final int charactersMax;
    private final StringBuilder text = new StringBuilder();
    private int place;

    /** @param charactersMax how long the piece may be; one more where it would end within a character */
    TextPiece(int from, int charactersMax) {
        this.from = from;
        this.charactersMax = charactersMax;
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
        return text.length() < charactersMax || Character.isHighSurrogate(text.charAt(text.length() - 1));
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

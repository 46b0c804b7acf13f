package org.confmail.server.admin;

/**
 * A text that a pattern may look at for a bounded time: some patterns come back to the same characters again and again, as often as
 * there are ways to divide the text. Belongs to one thread.
 */
final class LookedAt implements CharSequence {
    /** Of the beginning of a longer text. */
    private static final int CHARACTERS_MAX = 1000;
    /** A pattern that means what it says needs a few for each character; so many take a millisecond or less. */
    static final int LOOKS_MAX = 100_000;

    private final String text;
    private int looks;

    LookedAt(String text) {
        this.text = text.substring(0, Math.min(text.length(), CHARACTERS_MAX));
    }

    /** @throws TooOften when that was done {@value #LOOKS_MAX} times */
    @Override
    public char charAt(int index) {
        if (++looks > LOOKS_MAX) {
            throw new TooOften();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return text.subSequence(from, to);
    }

    @Override
    public String toString() {
        return text;
    }

    /** The pattern has looked long enough. */
    static final class TooOften extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooOften() {
            super("", null, false, false);
        }
    }
}

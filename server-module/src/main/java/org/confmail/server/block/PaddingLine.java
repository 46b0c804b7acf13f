package org.confmail.server.block;

/** Lines that hide the length of a transfer and are dropped by both sides. PROTOCOL section 2. */
public final class PaddingLine {
    private static final String NAME = "padding: ";

    private PaddingLine() {}

    /** Whether this line, without its line end, is one. */
    public static boolean matches(byte[] line) {
        return Lines.startsWith(line, 0, line.length, NAME);
    }
}

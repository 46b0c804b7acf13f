package org.confmail.server.block;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines that tell a server where to send a block on: {@code Post-To: server=host:port,…} or {@code Post-To: entangled}.
 * They may stand anywhere in a text block, and never reach another server or a store. PROTOCOL section 8.
 */
public final class PostToLine {
    private static final String NAME = "post-to: ";

    private PostToLine() {}

    /** Whether this line, without its line end, is one. */
    public static boolean matches(byte[] line) {
        return matches(line, 0, line.length);
    }

    /** What the lines of {@code text} say, in their order. */
    public static List<String> values(byte[] text) {
        List<String> values = new ArrayList<>();
        int start = 0;
        while (start < text.length) {
            int end = Lines.end(text, start, text.length);
            if (matches(text, start, end)) {
                int value = start + NAME.length();
                values.add(new String(text, value, end - value, StandardCharsets.ISO_8859_1));
            }
            start = end + 1;
        }
        return values;
    }

    /** The text without such lines; the same array where it has none. */
    public static byte[] strip(byte[] text) {
        if (values(text).isEmpty()) {
            return text;
        }
        byte[] kept = new byte[text.length];
        int length = 0;
        int start = 0;
        while (start < text.length) {
            int end = Lines.end(text, start, text.length);
            int next = Math.min(end + 1, text.length);
            if (!matches(text, start, end)) {
                System.arraycopy(text, start, kept, length, next - start);
                length += next - start;
            }
            start = next;
        }
        return Arrays.copyOf(kept, length);
    }

    private static boolean matches(byte[] text, int from, int to) {
        return Lines.startsWith(text, from, to, NAME);
    }
}

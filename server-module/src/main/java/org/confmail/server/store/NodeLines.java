package org.confmail.server.store;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The lines in front of a block that a node of the DHT holds (PROTOCOL section 6): five, and a sixth, {@code Data: n}, which may
 * be missing and whose number may be stale.
 *
 * @param lines all but the sixth, as they stand there
 * @param bytes where the block begins
 */
record NodeLines(String lines, int bytes) {
    /** No block stands behind them. */
    static final NodeLines NONE = new NodeLines("", 0);

    /** Far more than the five lines take. */
    private static final int BYTES_MAX = 512;

    private static final String SOURCE = "Source: ";
    private static final String LAST = "DataType: ";
    private static final String DATA = "Data: ";

    /** Reads the beginning of a file; empty where it does not begin as it should. */
    static Optional<NodeLines> read(byte[] first) {
        String text = new String(first, 0, Math.min(first.length, BYTES_MAX), StandardCharsets.ISO_8859_1);
        if (!text.startsWith(SOURCE)) {
            return Optional.empty();
        }
        int last = text.indexOf("\n" + LAST);
        int end = last < 0 ? -1 : text.indexOf('\n', last + 1);
        if (end < 0) {
            return Optional.empty();
        }
        int block = end + 1;
        if (text.startsWith(DATA, block)) {
            int dataEnd = text.indexOf('\n', block);
            if (dataEnd < 0) {
                return Optional.empty();
            }
            return Optional.of(new NodeLines(text.substring(0, block), dataEnd + 1));
        }
        return Optional.of(new NodeLines(text.substring(0, block), block));
    }

    /** What stands in front of a block of so many bytes. */
    byte[] before(long blockBytes) {
        return (lines + (lines.isEmpty() ? "" : DATA + blockBytes + "\n")).getBytes(StandardCharsets.ISO_8859_1);
    }
}

package org.confmail.server.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.confmail.server.block.Key;

/**
 * A block as a node of the DHT holds it: behind six lines of its own (PROTOCOL section 6).
 *
 * @param lastPublished when this node last got it, or gave it to others
 * @param originallyPublished when it was first published, as far as this node was told
 * @param publisher the node that did so
 * @param block in its stored form; not copied, and nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record HeldBlock(Instant lastPublished, Instant originallyPublished, Key publisher, byte[] block) {
    /** What the six lines take at most, with room to spare. */
    static final int HEADER_BYTES_MAX = 512;

    private static final String SOURCE = "Source";
    private static final String ENTANGLED = "entangled";
    private static final String LAST_PUBLISHED = "LastPublished";
    private static final String ORIGINALLY_PUBLISHED = "OriginallyPublished";
    private static final String PUBLISHER = "OriginalPublisherID";
    private static final String DATA_TYPE = "DataType";
    private static final String STRING = "string";
    private static final String DATA = "Data: ";

    /** The same block, published again at {@code moment}. */
    public HeldBlock published(Instant moment) {
        return new HeldBlock(moment, originallyPublished, publisher, block);
    }

    /** The file's content. */
    byte[] bytes() {
        String header = SOURCE + ": " + ENTANGLED + '\n'
                + LAST_PUBLISHED + ": " + lastPublished.getEpochSecond() + '\n'
                + ORIGINALLY_PUBLISHED + ": " + originallyPublished.getEpochSecond() + '\n'
                + PUBLISHER + ": " + publisher.toString().toLowerCase(Locale.ROOT) + '\n'
                + DATA_TYPE + ": " + STRING + '\n'
                + DATA + block.length + '\n';
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(header.length() + block.length);
        bytes.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(block);
        return bytes.toByteArray();
    }

    /** Reads a file's content; empty where it does not begin as it should. */
    public static Optional<HeldBlock> read(byte[] file) {
        Map<String, String> lines = new HashMap<>();
        int at = 0;
        while (!lines.containsKey(DATA_TYPE)) {
            int end = end(file, at);
            String line = new String(file, at, end - at, StandardCharsets.ISO_8859_1);
            int colon = line.indexOf(": ");
            if (colon < 0 || end >= Math.min(file.length, HEADER_BYTES_MAX)) {
                return Optional.empty();
            }
            lines.put(line.substring(0, colon), line.substring(colon + 2));
            at = end + 1;
        }
        // The old storage utility drops this line, and the number may be stale: the block goes to the end of the file.
        int end = end(file, at);
        String next = new String(file, at, Math.min(end - at, DATA.length()), StandardCharsets.ISO_8859_1);
        int from = next.equals(DATA) ? Math.min(file.length, end + 1) : at;
        return read(lines, file, from);
    }

    private static Optional<HeldBlock> read(Map<String, String> lines, byte[] file, int from) {
        Optional<Key> publisher = Key.parse(lines.getOrDefault(PUBLISHER, ""));
        if (!ENTANGLED.equals(lines.get(SOURCE)) || !STRING.equals(lines.get(DATA_TYPE)) || publisher.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant last = Instant.ofEpochSecond(Long.parseLong(lines.getOrDefault(LAST_PUBLISHED, "")));
            Instant first = Instant.ofEpochSecond(Long.parseLong(lines.getOrDefault(ORIGINALLY_PUBLISHED, "")));
            byte[] block = new byte[file.length - from];
            System.arraycopy(file, from, block, 0, block.length);
            return Optional.of(new HeldBlock(last, first, publisher.get(), block));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int end(byte[] file, int from) {
        int end = from;
        while (end < file.length && file[end] != '\n') {
            end++;
        }
        return end;
    }
}

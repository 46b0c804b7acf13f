package org.confmail.server.home;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node id in the state that the existing server's DHT node left among what it held, so that a node that is taken over keeps
 * its id (PROTOCOL section 6). Nothing else of it is used, and the file is never changed.
 */
public final class OldNodeState {
    /** The state is stored like a block, under the hexadecimal digits of {@code nodeState}. */
    private static final Path PLACE = Path.of("6E", "6F", "6E6F64655374617465");
    /** All that a routing table can hold: 160 buckets of 8 contacts of some 60 bytes. The real ones have a few kilobytes. */
    private static final int BYTES_MAX = 128 * 1024;
    /** From {@code Source} to {@code Data}. */
    private static final int HEADER_LINES_MAX = 6;

    private static final Logger LOG = LoggerFactory.getLogger("home");

    private OldNodeState() {}

    /** The id that the old node of this home had; empty where there was none, or its state cannot be read, which the log says. */
    public static Optional<Key> id(Home home) {
        Path file = file(home);
        try {
            return Optional.of(Key.of(read(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("cannot read the id of the old DHT node in {}: {}. The node gets a new one.", file, Reason.of(e));
            return Optional.empty();
        }
    }

    static Path file(Home home) {
        return home.entangled().resolve(PLACE);
    }

    private static byte[] read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        }
        if (bytes.length > BYTES_MAX) {
            throw new IOException("more than " + BYTES_MAX + " bytes");
        }
        byte[] id = new Pickle(Arrays.copyOfRange(bytes, headerBytes(bytes), bytes.length)).textUnder("id");
        if (id.length != Key.BYTES) {
            throw new IOException("an id of " + id.length + " bytes");
        }
        return id;
    }

    private static int headerBytes(byte[] bytes) throws IOException {
        int start = 0;
        for (int line = 0; line < HEADER_LINES_MAX; line++) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (end == bytes.length) {
                throw new IOException("no Data line");
            }
            boolean data = startsWithData(bytes, start);
            start = end + 1;
            if (data) {
                return start;
            }
        }
        throw new IOException("no Data line");
    }

    private static boolean startsWithData(byte[] bytes, int start) {
        byte[] data = {'D', 'a', 't', 'a', ':', ' '};
        return start + data.length <= bytes.length
                && Arrays.equals(bytes, start, start + data.length, data, 0, data.length);
    }
}

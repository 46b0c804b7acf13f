package org.confmail.server.block;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a stored file is. The first line of each name counts, as for the old server; {@link Headers} has seen to it that in
 * what this server stores there are no others.
 */
final class StoredHeadReader {
    private static final byte[] CERTIFICATE_RECORD = "Server: ".getBytes(StandardCharsets.US_ASCII);

    /** Enough for a long; more digits are no length of a file. */
    private static final int LENGTH_DIGITS_MAX = 18;

    private final byte[] first;
    private final long fileBytes;
    private final int to;

    private @Nullable BlockType type;
    private @Nullable String unknownType;
    private boolean dated;
    private Optional<Instant> date = Optional.empty();

    StoredHeadReader(byte[] first, long fileBytes) {
        this.first = first;
        this.fileBytes = fileBytes;
        this.to = Math.min(first.length, StoredHead.BYTES_MAX);
    }

    /** What {@link #read} comes upon, of a damaged block as well. */
    StoredLabel label() {
        StoredHead head = read();
        boolean certain = (type != null && dated)
                || unknownType != null
                || head instanceof StoredHead.Data
                || to >= Math.min(fileBytes, StoredHead.BYTES_MAX);
        return new StoredLabel(Optional.ofNullable(type), date, certain);
    }

    StoredHead read() {
        int start = 0;
        while (start < to && unknownType == null) {
            int end = Lines.end(first, start, to);
            if (end == to && to < fileBytes) {
                break;
            }
            if (Header.DATA.begins(first, start, end)) {
                return data(start, end);
            }
            take(start, end);
            if (type != null && type != BlockType.DATA && dated) {
                break;
            }
            start = end + 1;
        }
        return text();
    }

    private void take(int start, int end) {
        if (type == null && Header.TYPE.begins(first, start, end)) {
            int value = start + Header.TYPE.prefixBytes();
            type = BlockType.named(new String(first, value, end - value, StandardCharsets.ISO_8859_1))
                    .orElse(null);
            unknownType = type == null ? Cited.text(first, value, end) : null;
        } else if (!dated && Header.DATE.begins(first, start, end)) {
            dated = true;
            date = Stamp.parse(first, start + Header.DATE.prefixBytes(), end);
        }
    }

    private StoredHead data(int start, int end) {
        if (type != BlockType.DATA) {
            return new StoredHead.Unreadable("Data line in a block that is no data block");
        }
        int value = start + Header.DATA.prefixBytes();
        long length = length(value, end);
        if (length < 1 || end == to) {
            return new StoredHead.Unreadable("bad Data line: " + Cited.text(first, start, end));
        }
        int dataOffset = end + 1;
        if (fileBytes - dataOffset != length) {
            return new StoredHead.Unreadable((fileBytes - dataOffset) + " of " + length + " bytes of data");
        }
        return new StoredHead.Data(date, start, dataOffset, length);
    }

    /** The number of 1 or more that these digits spell without a leading zero, or 0. */
    private long length(int from, int end) {
        if (end - from > LENGTH_DIGITS_MAX || from == end || first[from] == '0') {
            return 0;
        }
        long length = 0;
        for (int i = from; i < end; i++) {
            if (first[i] < '0' || first[i] > '9') {
                return 0;
            }
            length = length * 10 + first[i] - '0';
        }
        return length;
    }

    private StoredHead text() {
        if (type == BlockType.DATA) {
            return new StoredHead.Unreadable("data block without its Data line");
        }
        if (type != null) {
            return new StoredHead.Text(type, date);
        }
        // The type decides before the first line does: an announcement may have a line of its poster's that reads
        // Server.
        if (Arrays.equals(
                first, 0, Math.min(to, CERTIFICATE_RECORD.length), CERTIFICATE_RECORD, 0, CERTIFICATE_RECORD.length)) {
            return new StoredHead.Foreign();
        }
        return new StoredHead.Unreadable(unknownType == null ? "no Type line" : "unknown type " + unknownType);
    }
}

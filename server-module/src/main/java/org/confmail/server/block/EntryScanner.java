package org.confmail.server.block;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries of a stored text block that is fed to it piece by piece, so that a mailbox of any size is looked through in
 * little memory. Judges nothing but reads what upkeep needs; the first line of each name counts. Belongs to one thread.
 */
public final class EntryScanner {
    /** As much of a line as is looked at: each of the lines that matter is shorter, or a name that is too long to show. */
    private static final int LINE_BYTES_SEEN = 1024;
    /** Of one announcement; one post of 1 MiB has a fifth of it. Further ones count for nobody. */
    private static final int DATA_BLOCKS_MAX = 100_000;

    private static final String USER_ID = "userid: ";

    private final @Nullable String separator;
    private final @Nullable Header ownerHeader;
    private final String namePrefix;
    private final Consumer<ScannedEntry> found;

    private final byte[] line = new byte[LINE_BYTES_SEEN];
    private long lineStart;
    private long position;

    private long from = -1;
    private long to;
    private boolean dated;
    private Optional<Instant> date = Optional.empty();
    private Optional<Key> owner = Optional.empty();
    private Optional<String> name = Optional.empty();
    private List<Key> dataBlocks = new ArrayList<>();

    /** @param found gets each entry as soon as it is over */
    public EntryScanner(BlockType type, Consumer<ScannedEntry> found) {
        this.separator = separator(type)
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .orElse(null);
        this.ownerHeader = switch (type) {
            case MESSAGE_ANNOUNCEMENT -> Header.RECIPIENT;
            case ADDRESS_CLAIM -> Header.KEY_ID;
            case KEY_ANNOUNCEMENT, DATA, ACKNOWLEDGMENT -> null;
        };
        this.namePrefix = type == BlockType.ADDRESS_CLAIM ? "address: " : USER_ID;
        this.found = found;
    }

    /** The line, with its LF, that separates entries of this type; empty where a block is one entry. */
    public static Optional<String> separator(BlockType type) {
        return switch (type) {
            case MESSAGE_ANNOUNCEMENT -> Optional.of(Sections.SEPARATOR);
            case ADDRESS_CLAIM -> Optional.of(ClaimSections.SEPARATOR);
            case KEY_ANNOUNCEMENT, DATA, ACKNOWLEDGMENT -> Optional.empty();
        };
    }

    /** Takes the next bytes of the block. */
    public void feed(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int lineEnd = Lines.end(bytes, at, end);
            keep(bytes, at, lineEnd);
            position += lineEnd - at;
            at = lineEnd;
            if (at < end) {
                position++;
                at++;
                endLine(position - 1);
            }
        }
    }

    /** Takes note that the block is over. */
    public void end() {
        if (position > lineStart) {
            endLine(position);
        }
        endEntry();
    }

    private void keep(byte[] bytes, int start, int end) {
        long have = position - lineStart;
        int room = (int) Math.max(0, LINE_BYTES_SEEN - have);
        int count = Math.min(room, end - start);
        if (count > 0) {
            System.arraycopy(bytes, start, line, (int) have, count);
        }
    }

    private void endLine(long lineEnd) {
        long length = lineEnd - lineStart;
        int seen = (int) Math.min(length, LINE_BYTES_SEEN);
        if (separator != null && length == separator.length() && Lines.is(line, 0, seen, separator)) {
            endEntry();
        } else if (length > 0) {
            from = from < 0 ? lineStart : from;
            to = position;
            take(seen, length > LINE_BYTES_SEEN);
        }
        lineStart = position;
    }

    private void take(int seen, boolean cut) {
        if (!dated && Header.DATE.begins(line, 0, seen)) {
            dated = true;
            date = Stamp.parse(line, Header.DATE.prefixBytes(), seen);
        } else if (cut) {
            return;
        } else if (owner.isEmpty() && ownerHeader != null && ownerHeader.begins(line, 0, seen)) {
            owner = key(ownerHeader, seen);
        } else if (ownerHeader == Header.RECIPIENT && Header.DATA_BLOCK.begins(line, 0, seen)) {
            if (dataBlocks.size() < DATA_BLOCKS_MAX) {
                key(Header.DATA_BLOCK, seen).ifPresent(dataBlocks::add);
            }
        } else if (name.isEmpty() && Lines.startsWith(line, 0, seen, namePrefix)) {
            name = Optional.of(
                    new String(line, namePrefix.length(), seen - namePrefix.length(), StandardCharsets.UTF_8));
        }
    }

    private Optional<Key> key(Header header, int seen) {
        int prefix = header.prefixBytes();
        return Key.parse(new String(line, prefix, seen - prefix, StandardCharsets.ISO_8859_1));
    }

    private void endEntry() {
        if (from >= 0) {
            found.accept(new ScannedEntry(from, to, date, owner, name, dataBlocks));
        }
        from = -1;
        dated = false;
        date = Optional.empty();
        owner = Optional.empty();
        name = Optional.empty();
        dataBlocks = new ArrayList<>();
    }
}

package org.confmail.server.block;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The valid entries that are held under a key, in their order, and those of posts that join them. PROTOCOL section 3. */
final class Entries implements HeldText {
    private final BlockType type;
    private final byte[] separator;
    private final SequencedMap<Key, Entry> entries = new LinkedHashMap<>();
    /** Of all entries, without what separates them. */
    private long length;
    /** All of them, where that is known. */
    private byte @Nullable [] text;

    /** None yet. */
    Entries(BlockType type, String separator) {
        this.type = type;
        this.separator = separator.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Merges a post of entries.
     *
     * @param none of the type that is posted
     * @param read adds to them the valid ones of that type in a file
     */
    static Merged merge(List<Entry> posted, HeldText held, Entries none, BiConsumer<HeldText.Verbatim, Entries> read) {
        return switch (held) {
            case Entries entries when entries.type == none.type -> entries.merge(posted);
            case Entries others -> merge(posted, HeldText.of(others.bytes()), none, read);
            case HeldText.Verbatim file ->
                switch (file.head()) {
                    case null -> none.merge(posted);
                    case StoredHead.Data _ -> none.merge(posted);
                    case StoredHead.Foreign _ -> new Merged.Refused(StoredHead.FOREIGN);
                    // Of a block of another type nothing is such an entry; of a damaged file something may be left.
                    case StoredHead.Text _, StoredHead.Unreadable _ ->
                        file.entries(none, read).merge(posted);
                };
        };
    }

    BlockType type() {
        return type;
    }

    /** Adds one that is held. Should an id be there twice, the newer entry counts, as when posted. */
    void add(Entry held) {
        text = null;
        Entry old = entries.putIfAbsent(held.id(), held);
        if (old == null) {
            length += held.length();
        } else if (held.date().isAfter(old.date())) {
            entries.put(held.id(), held);
            length += held.length() - old.length();
        }
    }

    /** Those of a post that are newer come first, then the ones that stay. Where none is taken, nothing changes here. */
    private Merged merge(List<Entry> posted) {
        List<Entry> taken = new ArrayList<>();
        long taking = length;
        int count = entries.size();
        for (Entry entry : posted) {
            Entry old = entries.get(entry.id());
            if (old == null || entry.date().isAfter(old.date())) {
                taken.add(entry);
                taking += entry.length() - (old == null ? 0 : old.length());
                count += old == null ? 1 : 0;
            }
        }
        if (taken.isEmpty()) {
            // Expired ones that could drop out wait for the next post that is taken, or for a prune: no write for their
            // sake.
            return new Merged.Unchanged();
        }
        long bytes = taking + (long) separator.length * (count - 1);
        if (bytes > Announcements.MAILBOX_BYTES_MAX) {
            return new Merged.Refused(
                    "mailbox would have " + bytes + " bytes, allowed are " + Announcements.MAILBOX_BYTES_MAX);
        }
        for (Entry entry : taken.reversed()) {
            entries.putFirst(entry.id(), entry);
        }
        length = taking;
        text = null;
        return new Merged.Replace(this);
    }

    /** Whether these are the last entries of a text, written as here. */
    boolean end(byte[] whole) {
        byte[] these = bytes();
        int from = whole.length - these.length;
        return from >= 0
                && Arrays.equals(whole, from, whole.length, these, 0, these.length)
                && (from == 0 || isSeparated(whole, from));
    }

    private boolean isSeparated(byte[] whole, int end) {
        int start = end - separator.length;
        return start > 0
                && whole[start - 1] == '\n'
                && Arrays.equals(whole, start, end, separator, 0, separator.length);
    }

    Collection<Entry> all() {
        return entries.values();
    }

    @Override
    public byte[] bytes() {
        byte[] whole = text;
        if (whole == null) {
            whole = write();
            text = whole;
        }
        return whole;
    }

    /** Entries are found in the new text from then on, so that the ones they came from need not be kept. */
    private byte[] write() {
        byte[] whole = new byte[(int) length + separator.length * Math.max(0, entries.size() - 1)];
        int at = 0;
        for (Map.Entry<Key, Entry> each : entries.entrySet()) {
            if (at > 0) {
                System.arraycopy(separator, 0, whole, at, separator.length);
                at += separator.length;
            }
            Entry entry = each.getValue();
            System.arraycopy(entry.source(), entry.from(), whole, at, entry.length());
            each.setValue(new Entry(whole, at, at + entry.length(), entry.id(), entry.date()));
            at += entry.length();
        }
        return whole;
    }

    @Override
    public StoredHead head() {
        byte[] whole = bytes();
        return StoredHead.read(whole, whole.length);
    }

    /** Claims are few, and rarely follow one another. */
    @Override
    public boolean isWorthKnowing() {
        return type == BlockType.MESSAGE_ANNOUNCEMENT;
    }
}

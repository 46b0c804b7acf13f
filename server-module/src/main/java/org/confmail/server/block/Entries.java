package org.confmail.server.block;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Merges the entries of a post with those that are held under its key. PROTOCOL section 3. */
final class Entries {
    private Entries() {}

    /** What is held: valid entries by id, in their order. */
    static final class Held {
        private final Map<Key, Entry> entries = new LinkedHashMap<>();

        /** Should an id be there twice, the newer entry counts, as when posted. */
        void add(Entry entry) {
            entries.merge(entry.id(), entry, (one, other) -> other.date().isAfter(one.date()) ? other : one);
        }
    }

    /** The posted ones that are newer come first, then the held ones that stay. */
    static Merged merge(List<Entry> posted, Held held, String separator) {
        List<Entry> taken = new ArrayList<>();
        for (Entry entry : posted) {
            Entry old = held.entries.get(entry.id());
            if (old == null || entry.date().isAfter(old.date())) {
                taken.add(entry);
                held.entries.remove(entry.id());
            }
        }
        if (taken.isEmpty()) {
            // Expired ones that could drop out wait for the next post that is taken, or for a prune: no write for their
            // sake.
            return new Merged.Unchanged();
        }
        taken.addAll(held.entries.values());
        return replace(taken, separator.getBytes(StandardCharsets.US_ASCII));
    }

    private static Merged replace(List<Entry> entries, byte[] separator) {
        long length = (long) separator.length * (entries.size() - 1);
        for (Entry entry : entries) {
            length += entry.length();
        }
        if (length > Announcements.MAILBOX_BYTES_MAX) {
            return new Merged.Refused(
                    "mailbox would have " + length + " bytes, allowed are " + Announcements.MAILBOX_BYTES_MAX);
        }
        byte[] text = new byte[(int) length];
        int at = 0;
        for (Entry entry : entries) {
            if (at > 0) {
                System.arraycopy(separator, 0, text, at, separator.length);
                at += separator.length;
            }
            System.arraycopy(entry.source(), entry.from(), text, at, entry.length());
            at += entry.length();
        }
        return new Merged.Replace(text);
    }
}

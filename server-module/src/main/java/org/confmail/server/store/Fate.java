package org.confmail.server.store;

import java.util.List;

/** What becomes of a block that upkeep has come upon. */
public sealed interface Fate {

    /** It is left as it is. */
    record Stays() implements Fate {}

    /** Its file is deleted. */
    record Goes() implements Fate {}

    /**
     * Only some of its entries are left.
     *
     * @param kept in their order; not empty
     * @param separator the line, with its LF, that stands between entries
     */
    record Shrinks(List<Span> kept, String separator) implements Fate {
        public Shrinks {
            kept = List.copyOf(kept);
        }

        /** How many bytes are left of the block. */
        public long bytes() {
            long bytes = (long) separator.length() * (kept.size() - 1);
            for (Span span : kept) {
                bytes += span.to() - span.from();
            }
            return bytes;
        }
    }

    /**
     * Entries that follow one another, with the separators between them.
     *
     * @param from in bytes from the start of the block
     * @param to behind the last byte
     */
    record Span(long from, long to) {}
}

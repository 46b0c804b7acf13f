package org.confmail.server.upkeep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.confmail.server.block.BlockType;
import org.confmail.server.block.EntryScanner;
import org.confmail.server.block.ScannedEntry;
import org.confmail.server.store.Fate;
import org.confmail.server.store.Fate.Span;
import org.confmail.server.store.FoundBlock;

/**
 * Which entries of a mailbox, or of the claims to an address, stay. Entries that follow one another are one span, and those that
 * expire mostly stand together at the end, so that even a large mailbox makes a short plan.
 */
final class EntryPlan {
    private final String separator;
    private final List<Span> kept = new ArrayList<>();
    private boolean lastWasKept;
    private long dropped;

    private EntryPlan(String separator) {
        this.separator = separator;
    }

    /** The plan for {@code block}, whose type has several entries, separated by {@code separator}. */
    static EntryPlan of(FoundBlock block, BlockType type, String separator, Ageing ageing) throws IOException {
        EntryPlan plan = new EntryPlan(separator);
        block.scan(new EntryScanner(type, entry -> plan.add(entry, !ageing.isOver(type, entry.date()))));
        return plan;
    }

    private void add(ScannedEntry entry, boolean stays) {
        if (!stays) {
            dropped++;
        } else if (lastWasKept && entry.from() - kept.getLast().to() == separator.length()) {
            Span span = kept.removeLast();
            kept.add(new Span(span.from(), entry.to()));
        } else {
            kept.add(new Span(entry.from(), entry.to()));
        }
        lastWasKept = stays;
    }

    /** How many entries go. */
    long dropped() {
        return dropped;
    }

    Fate fate() {
        if (dropped == 0) {
            return new Fate.Stays();
        }
        return kept.isEmpty() ? new Fate.Goes() : new Fate.Shrinks(kept, separator);
    }
}

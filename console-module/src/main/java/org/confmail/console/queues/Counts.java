package org.confmail.console.queues;

import static org.confmail.console.text.Texts.text;

import org.confmail.console.text.Shown;

/** Numbers of entries in words. */
final class Counts {
    private Counts() {}

    /** Such as: 1 entry, 12 entries. */
    static String entries(long entries) {
        return text("queues.counted", entries, Shown.number(entries));
    }

    /** Such as: 12 entries (3 MiB). */
    static String entries(long entries, long bytes) {
        return text("queues.counted.bytes", entries(entries), Shown.bytes(bytes));
    }
}

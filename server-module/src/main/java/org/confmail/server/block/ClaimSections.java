package org.confmail.server.block;

/**
 * Walks over the claims to an address, valid or not: what stands between {@code NextClaim} lines, without the blank lines around
 * it; those inside belong to the signature. Every line must end in LF. Empty sections are passed over. Belongs to one thread.
 */
final class ClaimSections {
    /** Written so; taken in any case, because no client could tell a claim with such a line from two. */
    static final String SEPARATOR = "NextClaim\n";

    private static final String SEPARATOR_LINE = "nextclaim";

    private final byte[] text;
    private int at;
    private int from;
    private int to;

    ClaimSections(byte[] text) {
        this.text = text;
    }

    /** Goes to the next section; false if there is none. */
    boolean next() {
        while (at < text.length) {
            from = -1;
            boolean separated = false;
            while (at < text.length && !separated) {
                int start = at;
                int end = Lines.end(text, start, text.length);
                at = Math.min(text.length, end + 1);
                separated = Lines.is(text, start, end, SEPARATOR_LINE);
                if (!separated && end > start) {
                    from = from < 0 ? start : from;
                    to = at;
                }
            }
            if (from >= 0) {
                return true;
            }
        }
        return false;
    }

    byte[] text() {
        return text;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }
}

package org.confmail.server.block;

import java.time.Instant;

/** Judges posted text blocks. PROTOCOL section 3. */
public final class TextRules {

    private TextRules() {}

    /**
     * Whether {@code posted} may be stored under {@code key}, as far as it can be said without knowing what is held there.
     *
     * @param posted the block's lines as received, each ended by LF, without EndBlock; not to be changed afterwards
     */
    public static Judgment judge(Key key, byte[] posted, Limits limits, Instant now, Poster poster) {
        return new Judgment.Invalid("not yet taken by this server");
    }
}

package org.confmail.server.block;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Judges posted text blocks. PROTOCOL section 3. */
public final class TextRules {

    private TextRules() {}

    /**
     * Whether {@code posted} may be stored under {@code key}, as far as it can be said without knowing what is held there.
     *
     * @param posted the block's lines as received, each ended by LF, without EndBlock; not to be changed afterwards
     * @param known where the keys of claims are looked up
     */
    public static Judgment judge(Key key, byte[] posted, Limits limits, Instant now, Poster poster, KnownKeys known) {
        if (posted.length > Announcements.MAILBOX_BYTES_MAX) {
            return new Judgment.Invalid("text block of " + posted.length + " bytes");
        }
        try {
            return switch (type(posted)) {
                case MESSAGE_ANNOUNCEMENT -> new Judgment.Valid(PostedAnnouncements.read(key, posted, limits, now));
                case ACKNOWLEDGMENT -> new Judgment.Valid(PostedAcknowledgment.read(key, posted, limits, now));
                case DATA -> new Judgment.Invalid("data block without data");
                case KEY_ANNOUNCEMENT -> new Judgment.Valid(PostedKey.read(key, posted, limits, now, poster));
                case ADDRESS_CLAIM -> new Judgment.Valid(PostedClaims.read(key, posted, limits, now, poster, known));
            };
        } catch (InvalidBlock invalid) {
            return new Judgment.Invalid(invalid.reason());
        }
    }

    /** Whether judging this text means verifying signatures, which takes milliseconds of a processor. */
    public static boolean isSigned(byte[] posted) {
        return SignedText.begins(posted);
    }

    /** The first Type line says which rules are asked; they look at the others. */
    private static BlockType type(byte[] text) throws InvalidBlock {
        int start = 0;
        while (start < text.length) {
            int end = Lines.end(text, start, text.length);
            if (Header.TYPE.begins(text, start, end)) {
                int from = start + Header.TYPE.prefixBytes();
                String name = new String(text, from, end - from, StandardCharsets.ISO_8859_1);
                String cited = Cited.text(text, from, end);
                return BlockType.named(name).orElseThrow(() -> new InvalidBlock("unknown type " + cited));
            }
            start = end + 1;
        }
        throw new InvalidBlock(text.length == 0 ? "empty block" : "no Type");
    }
}

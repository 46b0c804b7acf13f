package org.confmail.server.block;

import java.time.Instant;
import java.util.Optional;
import org.confmail.server.openpgp.ClearSigned;

/** A valid key-announcement, which is stored verbatim. PROTOCOL section 3. */
final class PostedKey implements TextBlock {
    private final byte[] text;
    private final Instant date;
    private final Limits limits;

    private PostedKey(byte[] text, Instant date, Limits limits) {
        this.text = text;
        this.date = date;
        this.limits = limits;
    }

    static PostedKey read(Key key, byte[] posted, Limits limits, Instant now, Poster poster) throws InvalidBlock {
        byte[] text = Lines.ended(posted);
        if (!poster.mayPostAs(key)) {
            throw new InvalidBlock("key-announcement posted by somebody else than the key's owner");
        }
        if (text.length > ClearSigned.BYTES_MAX) {
            throw new InvalidBlock("key-announcement of " + text.length + " bytes");
        }
        Instant date = new KeyAnnouncementRules(text, limits, now).date(key);
        return new PostedKey(text, date, limits);
    }

    @Override
    public BlockType type() {
        return BlockType.KEY_ANNOUNCEMENT;
    }

    @Override
    public long length() {
        return text.length;
    }

    @Override
    public Optional<String> remark() {
        return Optional.empty();
    }

    @Override
    public Merged merge(HeldText held, Instant now) {
        return switch (Replacement.ofKey(held.head(), date, limits, now)) {
            case Replacement.Replace() -> new Merged.Replace(HeldText.of(text.clone()));
            case Replacement.Unchanged() -> new Merged.Unchanged();
            case Replacement.Refused(String reason) -> new Merged.Refused(reason);
        };
    }
}

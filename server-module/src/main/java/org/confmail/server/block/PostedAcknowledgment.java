package org.confmail.server.block;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.confmail.server.block.ProofOfWork.Work;

/** A valid acknowledgment, which is stored verbatim. PROTOCOL section 3. */
final class PostedAcknowledgment implements TextBlock {
    private final byte[] text;
    private final Instant date;
    private final Limits limits;

    private PostedAcknowledgment(byte[] text, Instant date, Limits limits) {
        this.text = text;
        this.date = date;
        this.limits = limits;
    }

    static PostedAcknowledgment read(Key key, byte[] posted, Limits limits, Instant now) throws InvalidBlock {
        byte[] text = Lines.ended(posted);
        // Some 140 bytes in earnest. All of it is in the head, so that its Date can always be told there.
        if (text.length > StoredHead.BYTES_MAX) {
            throw new InvalidBlock("acknowledgment of " + text.length + " bytes");
        }
        Headers headers = Headers.read(text, 0, text.length);
        headers.requireType(BlockType.ACKNOWLEDGMENT);
        Instant date = headers.date();
        limits.requireTimely(BlockType.ACKNOWLEDGMENT, date, now);
        byte[] hash = headers.hash(Header.HASH);
        if (!Key.sha1(hash).equals(key)) {
            throw new InvalidBlock("hash does not hash to the key");
        }
        byte[] covered = Arrays.copyOf(headers.text(Header.DATE), Stamp.LENGTH + Key.BYTES);
        System.arraycopy(hash, 0, covered, Stamp.LENGTH, Key.BYTES);
        Work work = headers.proof().work(covered);
        Work required = limits.proof(BlockType.ACKNOWLEDGMENT);
        if (!work.meets(required)) {
            throw new InvalidBlock("proof of work shows " + work + ", required are " + required);
        }
        return new PostedAcknowledgment(text, date, limits);
    }

    @Override
    public BlockType type() {
        return BlockType.ACKNOWLEDGMENT;
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
        return switch (Replacement.of(held.head(), date, limits, now)) {
            case Replacement.Replace() -> new Merged.Replace(HeldText.of(text.clone()));
            case Replacement.Unchanged() -> new Merged.Unchanged();
            case Replacement.Refused(String reason) -> new Merged.Refused(reason);
        };
    }
}

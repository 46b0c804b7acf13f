package org.confmail.server.block;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import org.confmail.server.block.ProofOfWork.Work;
import org.jspecify.annotations.Nullable;

/** Judges announcements to one mailbox, posted and held ones alike. Belongs to one thread. PROTOCOL section 3. */
final class AnnouncementRules {
    private static final int FIXED_BYTES = Key.BYTES + Key.BYTES + Stamp.LENGTH;

    private final Key mailbox;
    private final Limits limits;
    private final Instant now;
    private final MessageDigest sha1 = Key.sha1Digest();
    private final MessageDigest sha256 = ProofOfWork.sha256();

    AnnouncementRules(Key mailbox, Limits limits, Instant now) {
        this.mailbox = mailbox;
        this.limits = limits;
        this.now = now;
    }

    /** The announcement that is this section. */
    Entry read(Sections section) throws InvalidBlock {
        Headers headers = Headers.read(section.text(), section.from(), section.to());
        headers.requireType(BlockType.MESSAGE_ANNOUNCEMENT);
        Instant date = headers.date();
        limits.requireTimely(BlockType.MESSAGE_ANNOUNCEMENT, date, now);
        byte[] recipient = headers.hash(Header.RECIPIENT);
        byte[] name = headers.word(Header.MAILBOX);
        sha1.update(name);
        sha1.update(recipient);
        if (!Key.of(sha1.digest()).equals(mailbox)) {
            throw new InvalidBlock("mailbox and recipient do not hash to the key");
        }
        byte[] messageHash = headers.hash(Header.MESSAGE_HASH);
        Work work = work(headers, recipient, messageHash);
        Work required = limits.proof(BlockType.MESSAGE_ANNOUNCEMENT);
        if (!work.meets(required)) {
            throw new InvalidBlock("proof of work shows " + work + ", required are " + required);
        }
        return new Entry(section.text(), section.from(), section.to(), Key.of(messageHash), date);
    }

    /** The same for what is held, where it does not matter why something drops out. */
    @Nullable
    Entry readIfValid(Sections section) {
        try {
            return read(section);
        } catch (InvalidBlock _) {
            return null;
        }
    }

    private Work work(Headers headers, byte[] recipient, byte[] messageHash) throws InvalidBlock {
        ProofOfWork proof = headers.proof();
        byte[] dataBlocks = headers.dataBlocks();
        byte[] covered = Arrays.copyOf(recipient, FIXED_BYTES + dataBlocks.length);
        System.arraycopy(messageHash, 0, covered, Key.BYTES, Key.BYTES);
        System.arraycopy(headers.text(Header.DATE), 0, covered, 2 * Key.BYTES, Stamp.LENGTH);
        System.arraycopy(dataBlocks, 0, covered, FIXED_BYTES, dataBlocks.length);
        return proof.work(sha256, covered, 0, covered.length);
    }
}

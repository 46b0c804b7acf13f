package org.confmail.server.block;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import org.confmail.server.block.ProofOfWork.Work;
import org.confmail.server.openpgp.ClearSigned;
import org.jspecify.annotations.Nullable;

/**
 * Judges claims to one address, posted and held ones alike, but for their signatures. Belongs to one thread. PROTOCOL section 3.
 */
final class ClaimRules {
    /** A claim has some 450 to 1,100 bytes; the head of a stored file must show its Type and Date. */
    private static final int BYTES_MAX = 16 * 1024;

    private static final int FIXED_BYTES = Stamp.LENGTH + Key.BYTES;

    private final Key address;
    private final Limits limits;
    private final Instant now;
    private final MessageDigest sha1 = Key.sha1Digest();
    private final MessageDigest sha256 = ProofOfWork.sha256();

    /** A claim that is valid but for its signature, which was not verified. */
    record Claim(Entry entry, ClearSigned signed) {}

    ClaimRules(Key address, Limits limits, Instant now) {
        this.address = address;
        this.limits = limits;
        this.now = now;
    }

    /** The claim that is this section. */
    Claim read(ClaimSections section) throws InvalidBlock {
        byte[] text = section.text();
        if (section.to() - section.from() > BYTES_MAX) {
            throw new InvalidBlock("claim of " + (section.to() - section.from()) + " bytes");
        }
        ClearSigned signed = SignedText.read(text, section.from(), section.to());
        Headers headers = Headers.read(text, signed.textFrom(), signed.textTo());
        headers.requireType(BlockType.ADDRESS_CLAIM);
        Instant date = headers.date();
        limits.requireTimely(BlockType.ADDRESS_CLAIM, date, now);
        byte[] keyId = headers.hash(Header.KEY_ID);
        byte[] claimed = headers.text(Header.ADDRESS);
        requireAddress(claimed);
        if (!Key.of(sha1.digest(claimed)).equals(address)) {
            throw new InvalidBlock("address does not hash to the key");
        }
        Work work = work(headers, keyId, claimed);
        Work required = limits.proof(BlockType.ADDRESS_CLAIM);
        if (!work.meets(required)) {
            throw new InvalidBlock("proof of work shows " + work + ", required are " + required);
        }
        return new Claim(new Entry(text, signed.from(), signed.to(), Key.of(keyId), date), signed);
    }

    /** The same for what is held, where it does not matter why something drops out. */
    @Nullable
    Entry readIfValid(ClaimSections section) {
        try {
            return read(section).entry();
        } catch (InvalidBlock _) {
            return null;
        }
    }

    /**
     * Bytes of any kind could be chosen so that they hash to the key of somebody's mailbox or to somebody's fingerprint, and the
     * claim would wipe what is stored there. A mailbox hashes 20 bytes of a recipient that nobody can choose, a fingerprint begins
     * with byte 0x99: neither is text.
     */
    private static void requireAddress(byte[] claimed) throws InvalidBlock {
        int at = 0;
        for (int i = 1; i < claimed.length - 1; i++) {
            at = claimed[i] == '@' ? i : at;
        }
        boolean good = at > 0;
        for (byte b : claimed) {
            good &= b < 0 || (b > ' ' && b != 0x7f);
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(claimed));
        } catch (CharacterCodingException _) {
            good = false;
        }
        if (!good) {
            throw new InvalidBlock("bad Address: " + Cited.text(claimed, 0, claimed.length));
        }
    }

    private Work work(Headers headers, byte[] keyId, byte[] claimed) throws InvalidBlock {
        byte[] covered = Arrays.copyOf(headers.text(Header.DATE), FIXED_BYTES + claimed.length);
        System.arraycopy(keyId, 0, covered, Stamp.LENGTH, Key.BYTES);
        System.arraycopy(claimed, 0, covered, FIXED_BYTES, claimed.length);
        return headers.proof().work(sha256, covered, 0, covered.length);
    }
}

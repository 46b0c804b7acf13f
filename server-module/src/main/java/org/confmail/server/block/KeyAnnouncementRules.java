package org.confmail.server.block;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.confmail.server.block.ProofOfWork.Work;
import org.confmail.server.openpgp.ClearSigned;
import org.confmail.server.openpgp.OpenPgpException;
import org.confmail.server.openpgp.PublicKey;
import org.confmail.server.openpgp.Verification;

/**
 * Judges one key-announcement, the cheap rules first. Its headers are matched exactly, and the first of a name counts. PROTOCOL
 * section 3.
 */
final class KeyAnnouncementRules {
    private static final byte[] PROOF_OF_WORK = header("ProofOfWork: ");
    private static final byte[] DATE = header("Date: ");
    private static final byte[] EXPIRES = header("Expires: ");
    private static final byte[] ESCAPED_BEGIN = header("- -----BEGIN PGP PUBLIC KEY BLOCK-----");
    private static final byte[] ESCAPED_END = header("- -----END PGP PUBLIC KEY BLOCK-----");
    private static final int ESCAPE_BYTES = 2;

    private final byte[] text;
    private final Limits limits;
    private final Instant now;

    KeyAnnouncementRules(byte[] text, Limits limits, Instant now) {
        this.text = text;
        this.limits = limits;
        this.now = now;
    }

    private static byte[] header(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The Date of the announcement, if it is a valid one of this key. */
    Instant date(Key key) throws InvalidBlock {
        ClearSigned signed = SignedText.read(text, 0, text.length);
        Instant date = stamp(signed, DATE, "Date");
        limits.requireTimely(BlockType.KEY_ANNOUNCEMENT, date, now);
        Instant expires = stamp(signed, EXPIRES, "Expires");
        if (expires.isBefore(now)) {
            throw new InvalidBlock("expired: Expires is " + Stamp.format(expires));
        }
        // Who reads the stored file must find the type and the date that were judged.
        if (!StoredHead.read(text, text.length)
                .equals(new StoredHead.Text(BlockType.KEY_ANNOUNCEMENT, Optional.of(date)))) {
            throw new InvalidBlock("Type or Date is there again in another spelling, or comes late");
        }
        requireWork(signed);
        try {
            PublicKey publicKey = PublicKey.in(signed);
            if (!Key.of(publicKey.fingerprint()).equals(key)) {
                throw new InvalidBlock("fingerprint is not the key");
            }
            SignedText.requireGood(Verification.verifyWithKeyInText(signed, publicKey, now));
        } catch (OpenPgpException e) {
            throw new InvalidBlock(e.reason());
        }
        return date;
    }

    private Instant stamp(ClearSigned signed, byte[] header, String name) throws InvalidBlock {
        int start = signed.textFrom();
        while (start < signed.textTo()) {
            int end = Lines.end(text, start, signed.textTo());
            if (Lines.startsWith(text, start, end, header)) {
                int value = start + header.length;
                String cited = Cited.text(text, value, end);
                return Stamp.parse(text, value, end).orElseThrow(() -> new InvalidBlock("bad " + name + ": " + cited));
            }
            start = end + 1;
        }
        throw new InvalidBlock("no " + name);
    }

    private void requireWork(ClearSigned signed) throws InvalidBlock {
        int start = signed.textFrom();
        int end = Lines.end(text, start, signed.textTo());
        if (!Lines.startsWith(text, start, end, PROOF_OF_WORK)) {
            throw new InvalidBlock("first signed line is no ProofOfWork");
        }
        int value = start + PROOF_OF_WORK.length;
        ProofOfWork proof = ProofOfWork.parse(text, value, end)
                .orElseThrow(() -> new InvalidBlock("bad ProofOfWork: " + Cited.text(text, value, end)));
        Work work = proof.work(covered(end + 1, signed.textTo()));
        Work required = limits.proof(BlockType.KEY_ANNOUNCEMENT);
        if (!work.meets(required)) {
            throw new InvalidBlock("proof of work shows " + work + ", required are " + required);
        }
    }

    /** What the proof is made for: the lines without line ends; of dash escapes only those of the key's armour are undone. */
    private byte[] covered(int from, int to) {
        ByteArrayOutputStream covered = new ByteArrayOutputStream(Math.max(0, to - from));
        int start = from;
        while (start < to) {
            int end = Lines.end(text, start, to);
            boolean escaped = Lines.startsWith(text, start, end, ESCAPED_BEGIN)
                    || Lines.startsWith(text, start, end, ESCAPED_END);
            int skipped = escaped ? ESCAPE_BYTES : 0;
            covered.write(text, start + skipped, end - start - skipped);
            start = end + 1;
        }
        return covered.toByteArray();
    }
}

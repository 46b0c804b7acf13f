package org.confmail.server.block;

import static org.confmail.server.block.Blocks.bytes;

import java.time.Instant;
import java.util.HexFormat;
import org.confmail.server.openpgp.TestKey;

/** Makes key-announcements and claims with their proofs and signatures. */
public final class SignedBlocks {
    static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");

    private SignedBlocks() {}

    public static Key key(TestKey owner) {
        return Key.parse(owner.fingerprint()).orElseThrow();
    }

    public static String keyAnnouncement(TestKey owner, Instant date) {
        return keyAnnouncement(owner, lines(owner, Stamp.format(date)));
    }

    /** What stands behind the proof's line. */
    static String lines(TestKey owner, String date) {
        return "Type: key-announcement\nVersion: 1\nDate: " + date + "\nExpires: 2026-11-29T14:00:00Z\n"
                + "Userid: A. B. <a@example.test>\nTransport: server=localhost:8081\nMailboxes: 0,1\n"
                + "SenderProofOfWork: bd,24,2\n\n" + owner.armored() + "\n";
    }

    /** Signs these lines, with the proof for them before. */
    static String keyAnnouncement(TestKey signer, String lines) {
        String proof = Blocks.proof(bytes(lines.replace("\n", "")), 24);
        return signer.clearSign("ProofOfWork: " + proof + "\n" + lines);
    }

    static Key claimKey(String address) {
        return Key.sha1(bytes(address));
    }

    public static String claim(TestKey owner, String address, Instant date) {
        return owner.clearSign(claimLines(owner.fingerprint(), address, Stamp.format(date)));
    }

    static String claimLines(String keyId, String address, String date) {
        byte[] covered = HexFormat.of()
                .parseHex(HexFormat.of().formatHex(bytes(date))
                        + keyId
                        + HexFormat.of().formatHex(bytes(address)));
        return "Type: address-claim\nVersion: 1\nDate: " + date + "\nProofOfWork: " + Blocks.proof(covered, 24)
                + "\nKeyid: " + keyId + "\nAddress: " + address + "\n";
    }
}

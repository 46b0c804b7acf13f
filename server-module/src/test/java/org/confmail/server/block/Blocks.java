package org.confmail.server.block;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes valid blocks for tests, with their proofs of work. */
public final class Blocks {
    private static final HexFormat HEX = HexFormat.of();

    private Blocks() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A hash of its own for each name. */
    public static String hash(String name) {
        return HEX.formatHex(Key.sha1(bytes(name)).bytes());
    }

    public static Key mailbox(String recipient, String name) {
        return Key.sha1(bytes(name), HEX.parseHex(recipient));
    }

    /** A proof with two nonces whose hashes over {@code data} share {@code bits} bits. */
    public static String proof(byte[] data, int bits) {
        MessageDigest sha256 = ProofOfWork.sha256();
        Map<Integer, String> seen = new HashMap<>();
        for (long n = 0; ; n++) {
            String nonce = String.format("%09x", n);
            sha256.update(bytes(nonce));
            byte[] digest = sha256.digest(data);
            int head =
                    (digest[0] & 0xff) << 24 | (digest[1] & 0xff) << 16 | (digest[2] & 0xff) << 8 | (digest[3] & 0xff);
            String first = seen.putIfAbsent(head >>> (32 - bits), nonce);
            if (first != null) {
                return "bd," + first + "," + nonce;
            }
        }
    }

    public static String announcement(
            String recipient, String mailbox, String messageHash, Instant date, List<String> dataBlocks) {
        return announcement(recipient, mailbox, messageHash, Stamp.format(date), dataBlocks);
    }

    /** The same with a date of any form. */
    public static String announcement(
            String recipient, String mailbox, String messageHash, String date, List<String> dataBlocks) {
        String covered = recipient + messageHash + HEX.formatHex(bytes(date)) + String.join("", dataBlocks);
        StringBuilder text = new StringBuilder("Type: message-announcement\nDate: " + date
                + "\nVersion: 1\nRecipient: " + recipient + "\nMailbox: " + mailbox + "\nProofOfWork: "
                + proof(HEX.parseHex(covered), 8) + "\n");
        dataBlocks.forEach(block -> text.append("DataBlock: ").append(block).append('\n'));
        return text.append("MessageHash: ").append(messageHash).append('\n').toString();
    }

    public static String acknowledgment(String hash, Instant date) {
        String stamp = Stamp.format(date);
        return "Type: acknowledgment\nDate: " + stamp + "\nVersion: 1\nProofOfWork: "
                + proof(HEX.parseHex(HEX.formatHex(bytes(stamp)) + hash), 16) + "\nHash: " + hash + "\n";
    }

    /** The header lines of a data block, without the Data line. */
    public static String dataHeader(byte[] data, Instant date) {
        String stamp = Stamp.format(date);
        return "Type: data\nDate: " + stamp + "\nVersion: 1\nProofOfWork: " + proof(bytes(stamp + text(data)), 8)
                + "\n";
    }

    public static TextBlock valid(Key key, String posted, Instant now) {
        return valid(key, bytes(posted), now);
    }

    public static TextBlock valid(Key key, byte[] posted, Instant now) {
        Judgment judgment = TextRules.judge(key, posted, Limits.server(Map.of()), now, Poster.NONE, KnownKeys.NONE);
        return assertInstanceOf(Judgment.Valid.class, judgment, judgment::toString)
                .block();
    }

    public static String refusal(Key key, String posted, Instant now) {
        Judgment judgment =
                TextRules.judge(key, bytes(posted), Limits.server(Map.of()), now, Poster.NONE, KnownKeys.NONE);
        return assertInstanceOf(Judgment.Invalid.class, judgment, posted).reason();
    }

    /** What is stored after a merge that must replace. */
    public static String merged(TextBlock block, @Nullable String held, Instant now) {
        Merged merged = block.merge(held == null ? null : bytes(held), now);
        return text(assertInstanceOf(Merged.Replace.class, merged, merged::toString)
                .text()
                .bytes());
    }
}

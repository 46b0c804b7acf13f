package org.confmail.server.block;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A birthday proof of work: nonces whose SHA-256 values, each over the nonce and the same data, share their leading bits.
 * Immutable. PROTOCOL section 4.
 */
public final class ProofOfWork {
    /** Each nonce costs a hash over the whole block; honest proofs have two. */
    public static final int NONCES_MAX = 16;

    /** Generated nonces have 9 digits; 32 are a 128-bit number, more than any search goes through. */
    public static final int NONCE_DIGITS_MAX = 32;

    private static final byte[] SCHEME = {'b', 'd'};
    private static final int DIGEST_BITS = 256;

    private final List<byte[]> nonces;

    private ProofOfWork(List<byte[]> nonces) {
        this.nonces = List.copyOf(nonces);
    }

    /**
     * How much work is shown, or asked for.
     *
     * @param bits the leading bits that the hash of each later nonce shares with that of the first, 0 to 256
     * @param matches the number of distinct nonces
     */
    public record Work(int bits, int matches) {
        public Work {
            if (bits < 0 || bits > DIGEST_BITS || matches < 0) {
                throw new IllegalArgumentException("no work: " + bits + " bits, " + matches + " matches");
            }
        }

        /** Whether this is at least {@code required}, in both bits and matches. */
        public boolean meets(Work required) {
            return bits >= required.bits && matches >= required.matches;
        }

        @Override
        public String toString() {
            return bits + " bits, " + matches + " matches";
        }
    }

    /**
     * The proof that a {@code ProofOfWork} header's value spells, or empty: {@code bd}, then 1 to {@value #NONCES_MAX} nonces
     * of 1 to {@value #NONCE_DIGITS_MAX} hexadecimal digits of either case, each after a comma.
     */
    public static Optional<ProofOfWork> parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return parse(bytes, 0, bytes.length);
    }

    static Optional<ProofOfWork> parse(byte[] text, int from, int to) {
        int at = from + SCHEME.length;
        if (at >= to || !Arrays.equals(text, from, at, SCHEME, 0, SCHEME.length)) {
            return Optional.empty();
        }
        List<byte[]> nonces = new ArrayList<>(2);
        int listed = 0;
        while (at < to) {
            if (text[at] != ',' || ++listed > NONCES_MAX) {
                return Optional.empty();
            }
            int start = ++at;
            while (at < to && HexFormat.isHexDigit(text[at])) {
                at++;
            }
            int digits = at - start;
            if (digits < 1 || digits > NONCE_DIGITS_MAX) {
                return Optional.empty();
            }
            addDistinct(nonces, Arrays.copyOfRange(text, start, at));
        }
        return Optional.of(new ProofOfWork(nonces));
    }

    /** Repeated nonces count once; as texts, so that {@code a} and {@code 0a}, whose hashes differ, are two. */
    private static void addDistinct(List<byte[]> nonces, byte[] nonce) {
        for (byte[] known : nonces) {
            if (Arrays.equals(known, nonce)) {
                return;
            }
        }
        nonces.add(nonce);
    }

    /** The distinct nonces as written, in their order. */
    public List<String> nonces() {
        return nonces.stream()
                .map(nonce -> new String(nonce, StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** The work that this proof shows for {@code data}. */
    public Work work(byte[] data) {
        return work(sha256(), data, 0, data.length);
    }

    /** The same with a digest of the caller's, who has many proofs to look at. */
    Work work(MessageDigest sha256, byte[] data, int from, int to) {
        List<byte[]> digests = new ArrayList<>(nonces.size());
        for (byte[] nonce : nonces) {
            sha256.update(nonce);
            sha256.update(data, from, to - from);
            digests.add(sha256.digest());
        }
        return work(digests);
    }

    /** A hash for each distinct nonce, in their order, that has taken in the nonce and waits for the data. */
    List<MessageDigest> hashes() {
        List<MessageDigest> hashes = new ArrayList<>(nonces.size());
        for (byte[] nonce : nonces) {
            MessageDigest hash = sha256();
            hash.update(nonce);
            hashes.add(hash);
        }
        return hashes;
    }

    /** The work that these SHA-256 values show, one for each distinct nonce. */
    static Work work(List<byte[]> digests) {
        if (digests.size() < 2) {
            return new Work(0, digests.size());
        }
        int bits = DIGEST_BITS;
        for (byte[] digest : digests.subList(1, digests.size())) {
            bits = Math.min(bits, sharedBits(digests.getFirst(), digest));
        }
        return new Work(bits, digests.size());
    }

    private static int sharedBits(byte[] one, byte[] other) {
        int index = Arrays.mismatch(one, other);
        if (index < 0) {
            return DIGEST_BITS;
        }
        return index * Byte.SIZE + Integer.numberOfLeadingZeros((one[index] ^ other[index]) & 0xff) - 24;
    }

    /** A fresh SHA-256; every Java platform has it. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.confmail.server.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/**
 * A primary key or subkey of version 4, whose numbers were measured. RFC 4880 section 5.5.2, with RFC 6637 and GnuPG's EdDSA
 * for elliptic curves. Immutable.
 */
final class KeyPacket {
    /** PROTOCOL section 5. */
    static final int RSA_BITS_MIN = 1024;

    static final int RSA_BITS_MAX = 4096;
    /** GnuPG's are 65537 and 41. Verification takes as many multiplications as this has bits. */
    static final int RSA_EXPONENT_BITS_MAX = 32;

    static final int DSA_BITS_MIN = 1024;
    /** The largest that GnuPG makes, and FIPS 186 knows. */
    static final int DSA_BITS_MAX = 3072;

    static final int DSA_ORDER_BITS_MIN = 160;
    static final int DSA_ORDER_BITS_MAX = 256;
    /** Two coordinates of 521 bits, in 66 bytes each, behind a 4. */
    static final int POINT_BITS_MAX = 3 + 2 * 66 * 8;

    private static final int VERSION = 4;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** NIST P-256, P-384, P-521; Brainpool P256r1, P384r1, P512r1; secp256k1. */
    private static final Set<String> ECDSA_CURVES = Set.of(
            "2A8648CE3D030107",
            "2B81040022",
            "2B81040023",
            "2B2403030208010107",
            "2B240303020801010B",
            "2B240303020801010D",
            "2B8104000A");

    private static final String ED25519 = "2B06010401DA470F01";

    private final byte[] body;
    private final boolean subkey;
    private final Instant created;
    private final KeyAlgorithm algorithm;
    /** Of an RSA key modulus and exponent, of a DSA key prime, order, generator and key; else none. */
    private final List<BigInteger> numbers;

    private final byte[] fingerprint;

    private KeyPacket(byte[] body, boolean subkey) throws OpenPgpException {
        this.body = body;
        this.subkey = subkey;
        Octets octets = new Octets(body, subkey ? "subkey" : "primary key");
        int version = octets.octet();
        if (version != VERSION) {
            throw new OpenPgpException("key of version " + version);
        }
        created = Instant.ofEpochSecond(octets.number(4));
        algorithm = KeyAlgorithm.of(octets.octet());
        numbers = switch (algorithm) {
            case RSA -> rsa(octets);
            case DSA -> dsa(octets);
            case ECDSA -> curve(octets, ECDSA_CURVES);
            case EDDSA -> curve(octets, Set.of(ED25519));
            case OTHER -> List.of();
        };
        MessageDigest sha1 = Digest.SHA1.start();
        sha1.update((byte) 0x99);
        sha1.update((byte) (body.length >> 8));
        sha1.update((byte) body.length);
        fingerprint = sha1.digest(body);
    }

    static KeyPacket primary(byte[] body) throws OpenPgpException {
        KeyPacket key = new KeyPacket(body, false);
        if (key.algorithm == KeyAlgorithm.OTHER) {
            throw new OpenPgpException("primary key of an unknown algorithm");
        }
        return key;
    }

    static KeyPacket subkey(byte[] body) throws OpenPgpException {
        return new KeyPacket(body, true);
    }

    /** Whether it is of a version that this server knows; newer GnuPG adds subkeys of version 5 to keys of version 4. */
    static boolean isKnown(byte[] body) {
        return body.length > 0 && body[0] == VERSION;
    }

    private static List<BigInteger> rsa(Octets octets) throws OpenPgpException {
        BigInteger modulus = bounded(octets, "RSA modulus", RSA_BITS_MIN, RSA_BITS_MAX);
        BigInteger exponent = bounded(octets, "RSA exponent", 2, RSA_EXPONENT_BITS_MAX);
        octets.requireEnd();
        return List.of(modulus, exponent);
    }

    private static List<BigInteger> dsa(Octets octets) throws OpenPgpException {
        BigInteger prime = bounded(octets, "DSA prime", DSA_BITS_MIN, DSA_BITS_MAX);
        BigInteger order = bounded(octets, "DSA order", DSA_ORDER_BITS_MIN, DSA_ORDER_BITS_MAX);
        BigInteger generator = bounded(octets, "DSA generator", 2, DSA_BITS_MAX);
        BigInteger key = bounded(octets, "DSA key", 2, DSA_BITS_MAX);
        octets.requireEnd();
        return List.of(prime, order, generator, key);
    }

    private static BigInteger bounded(Octets octets, String what, int bitsMin, int bitsMax) throws OpenPgpException {
        BigInteger number = octets.integer(bitsMax);
        if (number.bitLength() < bitsMin) {
            throw new OpenPgpException(
                    what + " of " + number.bitLength() + " bits, allowed are " + bitsMin + " to " + bitsMax);
        }
        return number;
    }

    private static List<BigInteger> curve(Octets octets, Set<String> known) throws OpenPgpException {
        String curve = HEX.formatHex(octets.bytes(octets.octet()));
        if (!known.contains(curve)) {
            throw new OpenPgpException("key on an unknown curve");
        }
        octets.integer(POINT_BITS_MAX);
        octets.requireEnd();
        return List.of();
    }

    /** Throws what Bouncy Castle throws, unchecked exceptions among them. */
    PGPPublicKey bouncyCastle() throws IOException, PGPException {
        byte[] packet = Packets.encode(subkey ? Packets.SUBKEY : Packets.PRIMARY_KEY, body);
        try (BCPGInputStream in = new BCPGInputStream(new ByteArrayInputStream(packet))) {
            return new PGPPublicKey((PublicKeyPacket) in.readPacket(), new BcKeyFingerprintCalculator());
        }
    }

    Instant created() {
        return created;
    }

    KeyAlgorithm algorithm() {
        return algorithm;
    }

    /** Of an RSA key modulus and exponent, of a DSA key prime, order, generator and key; else none. */
    List<BigInteger> numbers() {
        return numbers;
    }

    byte[] fingerprint() {
        return fingerprint.clone();
    }

    long keyId() {
        long id = 0;
        for (int i = fingerprint.length - Long.BYTES; i < fingerprint.length; i++) {
            id = id << 8 | (fingerprint[i] & 0xff);
        }
        return id;
    }
}

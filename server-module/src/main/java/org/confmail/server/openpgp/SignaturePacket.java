package org.confmail.server.openpgp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A signature of version 4, or 3, whose numbers were measured and whose subpackets were counted. RFC 4880 section 5.2. Immutable. */
final class SignaturePacket {
    static final int TEXT = 0x01;
    static final int SUBKEY_BINDING = 0x18;
    static final int PRIMARY_KEY_BINDING = 0x19;
    static final int DIRECT_KEY = 0x1f;
    static final int KEY_REVOCATION = 0x20;
    static final int SUBKEY_REVOCATION = 0x28;

    /** GnuPG writes about ten. */
    static final int SUBPACKETS_MAX = 64;
    /** A binding of a signing subkey embeds one. */
    static final int EMBEDDED_MAX = 2;

    static final int NUMBER_BITS_MAX = KeyPacket.RSA_BITS_MAX;

    private static final int CERTIFICATION_FIRST = 0x10;
    private static final int CERTIFICATION_LAST = 0x13;
    private static final int MAY_SIGN = 0x02;
    private static final int ISSUER_FINGERPRINT_VERSION = 4;

    private final byte[] body;
    private final int type;
    private final KeyAlgorithm algorithm;
    private final Optional<Digest> digest;
    private final List<SignaturePacket> embedded = new ArrayList<>();
    private Instant created = Instant.EPOCH;
    private boolean dated;
    private boolean criticalUnknown;
    private int subpackets;
    private OptionalLong lifetime = OptionalLong.empty();
    private OptionalLong keyLifetime = OptionalLong.empty();
    private OptionalLong issuer = OptionalLong.empty();
    private @Nullable Integer flags;
    private byte @Nullable [] issuerFingerprint;

    private SignaturePacket(byte[] body, boolean nested) throws OpenPgpException {
        this.body = body;
        Octets octets = new Octets(body, "signature");
        if (octets.octet() == 4) {
            type = octets.octet();
            algorithm = KeyAlgorithm.of(octets.octet());
            digest = Digest.of(octets.octet());
            take(octets.part(octets.number(2), "hashed part of a signature"), true, nested);
            take(octets.part(octets.number(2), "unhashed part of a signature"), false, nested);
        } else {
            if (octets.octet() != 5) {
                throw new OpenPgpException("signature of version 3 covers more than it may");
            }
            type = octets.octet();
            created = Instant.ofEpochSecond(octets.number(4));
            dated = true;
            issuer = OptionalLong.of(octets.number(8));
            algorithm = KeyAlgorithm.of(octets.octet());
            digest = Digest.of(octets.octet());
        }
        octets.bytes(2); // the beginning of the digest, which proves nothing
        switch (algorithm) {
            case RSA -> octets.integer(NUMBER_BITS_MAX);
            case DSA, ECDSA, EDDSA -> {
                octets.integer(NUMBER_BITS_MAX);
                octets.integer(NUMBER_BITS_MAX);
            }
            case OTHER -> {
                return; // never looked at
            }
        }
        octets.requireEnd();
    }

    /** Reads a signature packet's contents; empty if it is of another version. */
    static Optional<SignaturePacket> read(byte[] body) throws OpenPgpException {
        return read(body, false);
    }

    private static Optional<SignaturePacket> read(byte[] body, boolean nested) throws OpenPgpException {
        boolean known = body.length > 0 && (body[0] == 4 || (body[0] == 3 && !nested));
        return known ? Optional.of(new SignaturePacket(body, nested)) : Optional.empty();
    }

    private void take(Octets area, boolean hashed, boolean nested) throws OpenPgpException {
        while (!area.atEnd()) {
            if (++subpackets > SUBPACKETS_MAX) {
                throw new OpenPgpException("signature with more than " + SUBPACKETS_MAX + " subpackets");
            }
            long length = area.octet();
            if (length == 255) {
                length = area.number(4);
            } else if (length >= 192) {
                length = ((length - 192) << 8) + area.octet() + 192;
            }
            Octets subpacket = area.part(length, "subpacket of a signature");
            int kind = subpacket.octet();
            if (hashed) {
                takeHashed(kind & 0x7f, (kind & 0x80) != 0, subpacket);
            }
            takeAny(kind & 0x7f, subpacket, (int) length - 1, nested);
        }
    }

    /** What only counts where the signature covers it. Of two of a kind the first counts, as for GnuPG. */
    private void takeHashed(int kind, boolean critical, Octets subpacket) throws OpenPgpException {
        switch (kind) {
            case 2 -> {
                if (!dated) {
                    created = Instant.ofEpochSecond(subpacket.number(4));
                    dated = true;
                }
            }
            case 3 -> lifetime = lifetime.isPresent() ? lifetime : OptionalLong.of(subpacket.number(4));
            case 9 -> keyLifetime = keyLifetime.isPresent() ? keyLifetime : OptionalLong.of(subpacket.number(4));
            case 27 -> flags = flags != null ? flags : (Integer) (subpacket.atEnd() ? 0 : subpacket.octet());
            // Known to change nothing here: exportable, trust, expression, revocable, preferences, designated revoker,
            // issuer, preferred servers, primary user id, policy, signer, reason, features, target, embedded signature.
            case 4, 5, 6, 7, 11, 12, 16, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 32, 33, 34, 35 -> {}
            default -> criticalUnknown |= critical;
        }
    }

    /** What proves itself, or is a hint only. */
    private void takeAny(int kind, Octets subpacket, int length, boolean nested) throws OpenPgpException {
        switch (kind) {
            case 16 -> issuer = issuer.isPresent() ? issuer : OptionalLong.of(subpacket.number(8));
            case 33 -> {
                if (subpacket.octet() == ISSUER_FINGERPRINT_VERSION && issuerFingerprint == null) {
                    issuerFingerprint = subpacket.bytes(length - 1);
                }
            }
            case 32 -> {
                if (nested || embedded.size() == EMBEDDED_MAX) {
                    throw new OpenPgpException("too many signatures inside a signature");
                }
                read(subpacket.bytes(length), true).ifPresent(embedded::add);
            }
            default -> {}
        }
    }

    /** Whether it says that this key made it. */
    boolean isBy(KeyPacket key) {
        return issuerFingerprint != null
                ? Arrays.equals(issuerFingerprint, key.fingerprint())
                : issuer.isPresent() && issuer.getAsLong() == key.keyId();
    }

    byte[] packet() {
        return Packets.encode(Packets.SIGNATURE, body);
    }

    int type() {
        return type;
    }

    boolean isVersion4() {
        return body[0] == 4;
    }

    boolean isCertification() {
        return type >= CERTIFICATION_FIRST && type <= CERTIFICATION_LAST;
    }

    KeyAlgorithm algorithm() {
        return algorithm;
    }

    Optional<Digest> digest() {
        return digest;
    }

    /** The signatures in it. */
    List<SignaturePacket> embedded() {
        return List.copyOf(embedded);
    }

    boolean hasDate() {
        return dated;
    }

    Instant created() {
        return created;
    }

    /** Whether it says something that it wants ignored rather than misunderstood. */
    boolean isBeyondUs() {
        return criticalUnknown;
    }

    /** When the signature ceases to hold, if ever. */
    Optional<Instant> expires() {
        return end(created, lifetime);
    }

    /** When the key of this creation time expires by this signature, if ever. */
    Optional<Instant> keyExpires(Instant keyCreated) {
        return end(keyCreated, keyLifetime);
    }

    private static Optional<Instant> end(Instant start, OptionalLong seconds) {
        return seconds.isEmpty() || seconds.getAsLong() == 0
                ? Optional.empty()
                : Optional.of(start.plusSeconds(seconds.getAsLong()));
    }

    /** Whether the key that this is about may sign; all may where nothing is said. */
    boolean allowsSigning() {
        return flags == null || (flags & MAY_SIGN) != 0;
    }
}

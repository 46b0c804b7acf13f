package org.confmail.server.openpgp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A primary key with its subkeys, and what its owner signed about it. What others signed is passed over, and nothing was
 * verified yet: {@link Verification} does, as far as a verdict depends on it. Immutable.
 */
public final class PublicKey {
    /** A key with a photo and some hundreds of certifications; those of clients have 1 to 6 KiB. */
    public static final int BYTES_MAX = 256 * 1024;

    static final int USER_IDS_MAX = 64;
    /** One a month for eight years. */
    static final int SUBKEYS_MAX = 100;

    private static final String WHAT = "PUBLIC KEY BLOCK";

    private final KeyPacket primary;
    private final List<SelfSignature> selfSignatures;
    private final List<Subkey> subkeys;

    /** A signature of the primary key about itself; under a user id, or else about the key alone. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record SelfSignature(SignaturePacket signature, byte @Nullable [] userId) {}

    /** A subkey with what the primary key signed about it. */
    record Subkey(KeyPacket key, List<SignaturePacket> signatures) {}

    private PublicKey(KeyPacket primary, List<SelfSignature> selfSignatures, List<Subkey> subkeys) {
        this.primary = primary;
        this.selfSignatures = List.copyOf(selfSignatures);
        this.subkeys = List.copyOf(subkeys);
    }

    /**
     * The key in the only armoured key block of a text.
     *
     * @throws OpenPgpException unless there is one block with one primary key, within the limits
     */
    public static PublicKey in(ClearSigned signed) throws OpenPgpException {
        byte[] text = signed.unescaped();
        TextLines lines = new TextLines(text, 0, text.length);
        byte[] packets = null;
        while (lines.next()) {
            if (lines.is(Armor.begin(WHAT))) {
                if (packets != null) {
                    throw new OpenPgpException("more than one " + WHAT);
                }
                packets = Armor.decode(lines, WHAT, BYTES_MAX);
            }
        }
        if (packets == null) {
            throw new OpenPgpException("no " + WHAT);
        }
        return read(packets);
    }

    static PublicKey read(byte[] packets) throws OpenPgpException {
        return new Reader(new Packets(packets)).read();
    }

    /** The 20 bytes of the primary key's fingerprint, in an array of the caller's own. */
    public byte[] fingerprint() {
        return primary.fingerprint();
    }

    KeyPacket primary() {
        return primary;
    }

    List<SelfSignature> selfSignatures() {
        return selfSignatures;
    }

    /** The subkey that a signature says it was made by. */
    Optional<Subkey> subkey(SignaturePacket signature) {
        return subkeys.stream().filter(subkey -> signature.isBy(subkey.key)).findFirst();
    }

    /** Puts the packets of a key in order. RFC 4880 section 11.1. */
    private static final class Reader {
        private final Packets packets;
        private final List<SelfSignature> selfSignatures = new ArrayList<>();
        private final List<Subkey> subkeys = new ArrayList<>();
        private byte @Nullable [] userId;
        private int userIds;
        private int subkeyCount;
        /** Where signatures go that come now; null behind what this server has no use for. */
        private @Nullable Subkey subkey;

        private boolean ignoring;

        private Reader(Packets packets) {
            this.packets = packets;
        }

        private PublicKey read() throws OpenPgpException {
            if (!packets.next() || packets.tag() != Packets.PRIMARY_KEY) {
                throw new OpenPgpException("key block does not begin with a primary key");
            }
            KeyPacket primary = KeyPacket.primary(packets.body());
            while (packets.next()) {
                switch (packets.tag()) {
                    case Packets.PRIMARY_KEY -> throw new OpenPgpException("more than one primary key");
                    case Packets.USER_ID -> userId();
                    case Packets.USER_ATTRIBUTE -> {
                        count();
                        ignoring = true;
                    }
                    case Packets.SUBKEY -> subkey();
                    default -> signature(primary);
                }
            }
            return new PublicKey(primary, selfSignatures, subkeys);
        }

        private void userId() throws OpenPgpException {
            count();
            userId = packets.body();
            ignoring = false;
        }

        private void count() throws OpenPgpException {
            if (++userIds > USER_IDS_MAX) {
                throw new OpenPgpException("more than " + USER_IDS_MAX + " user ids");
            }
            if (subkeyCount > 0) {
                throw new OpenPgpException("user id behind a subkey");
            }
        }

        private void subkey() throws OpenPgpException {
            if (++subkeyCount > SUBKEYS_MAX) {
                throw new OpenPgpException("more than " + SUBKEYS_MAX + " subkeys");
            }
            byte[] body = packets.body();
            ignoring = !KeyPacket.isKnown(body);
            if (!ignoring) {
                subkey = new Subkey(KeyPacket.subkey(body), new ArrayList<>());
                subkeys.add(subkey);
            }
        }

        private void signature(KeyPacket primary) throws OpenPgpException {
            if (ignoring) {
                return;
            }
            SignaturePacket signature = SignaturePacket.read(packets.body())
                    .filter(SignaturePacket::isVersion4)
                    .filter(candidate -> candidate.isBy(primary))
                    .orElse(null);
            if (signature == null) {
                return;
            }
            if (subkey != null) {
                subkey.signatures().add(signature);
            } else {
                selfSignatures.add(new SelfSignature(signature, userId));
            }
        }
    }
}

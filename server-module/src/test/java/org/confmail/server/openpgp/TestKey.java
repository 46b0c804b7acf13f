package org.confmail.server.openpgp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bouncycastle.bcpg.BCPGOutputStream;
import org.bouncycastle.bcpg.CRC24;
import org.bouncycastle.bcpg.FastCRC24;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.PublicSubkeyPacket;
import org.bouncycastle.bcpg.UserIDPacket;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** An Ed25519 key that signs in tests what GnuPG would not. The same name gives the same key. */
public final class TestKey {
    public static final Instant MADE = Instant.parse("2026-11-01T00:00:00Z");

    private final PGPKeyPair pair;
    private final String userId;

    private TestKey(PGPKeyPair pair, String userId) {
        this.pair = pair;
        this.userId = userId;
    }

    public static TestKey named(String name) {
        try {
            byte[] seed = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            Ed25519PrivateKeyParameters secret = new Ed25519PrivateKeyParameters(seed);
            AsymmetricCipherKeyPair pair = new AsymmetricCipherKeyPair(secret.generatePublicKey(), secret);
            return new TestKey(
                    new BcPGPKeyPair(
                            PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.EDDSA_LEGACY, pair, Date.from(MADE)),
                    name + " <" + name + "@example.test>");
        } catch (PGPException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 40 upper-case digits. */
    public String fingerprint() {
        return HexFormat.of().withUpperCase().formatHex(pair.getPublicKey().getFingerprint());
    }

    byte[] primaryPacket() {
        return write(out -> pair.getPublicKey().getPublicKeyPacket().encode(out));
    }

    byte[] userIdPacket() {
        return write(out -> new UserIDPacket(userId).encode(out));
    }

    byte[] subkeyPacket() {
        PublicKeyPacket key = pair.getPublicKey().getPublicKeyPacket();
        return write(out -> new PublicSubkeyPacket(
                        PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.EDDSA_LEGACY, Date.from(MADE), key.getKey())
                .encode(out));
    }

    /** The signature under the user id. */
    byte[] selfSignature(Instant date, Consumer<PGPSignatureSubpacketGenerator> more) {
        return sign(
                PGPSignature.POSITIVE_CERTIFICATION,
                date,
                more,
                generator -> generator.generateCertification(userId, pair.getPublicKey()));
    }

    /** A signature about the primary key alone. */
    byte[] aboutKey(int type, Instant date) {
        return sign(type, date, more -> {}, generator -> generator.generateCertification(pair.getPublicKey()));
    }

    /** A signature about a subkey, of this key or of another one: a binding, one back, a revocation. */
    byte[] aboutSubkey(
            int type, Instant date, TestKey primary, TestKey subkey, Consumer<PGPSignatureSubpacketGenerator> more) {
        return sign(
                type,
                date,
                more,
                generator -> generator.generateCertification(primary.pair.getPublicKey(), subkey.pair.getPublicKey()));
    }

    /** Primary key, user id and self-signature. */
    public byte[] key() {
        return join(primaryPacket(), userIdPacket(), selfSignature(MADE, more -> {}));
    }

    public String armored() {
        return armored(key());
    }

    static String armored(byte[] key) {
        return armor("PUBLIC KEY BLOCK", key);
    }

    /** Clear-signs lines that each end in LF. */
    public String clearSign(String text) {
        return clearSign(text, Instant.parse("2026-11-22T13:00:00Z"));
    }

    String clearSign(String text, Instant date) {
        StringBuilder escaped = new StringBuilder("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n");
        text.lines()
                .forEach(line -> escaped.append(line.startsWith("-") ? "- " : "")
                        .append(line)
                        .append('\n'));
        String signed = text.lines().map(String::stripTrailing).collect(Collectors.joining("\r\n"));
        byte[] signature = sign(PGPSignature.CANONICAL_TEXT_DOCUMENT, date, more -> {}, generator -> {
            generator.update(signed.getBytes(StandardCharsets.ISO_8859_1));
            return generator.generate();
        });
        return escaped + armor("SIGNATURE", signature);
    }

    private byte[] sign(int type, Instant date, Consumer<PGPSignatureSubpacketGenerator> more, Generation generation) {
        try {
            PGPSignatureGenerator generator = new PGPSignatureGenerator(
                    new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.EDDSA_LEGACY, HashAlgorithmTags.SHA512),
                    pair.getPublicKey());
            generator.init(type, pair.getPrivateKey());
            PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
            hashed.setSignatureCreationTime(false, Date.from(date));
            hashed.setIssuerFingerprint(false, pair.getPublicKey());
            more.accept(hashed);
            generator.setHashedSubpackets(hashed.generate());
            return generation.by(generator).getEncoded();
        } catch (PGPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] join(byte[]... packets) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            all.writeBytes(packet);
        }
        return all.toByteArray();
    }

    static String armor(String what, byte[] bytes) {
        CRC24 crc = new FastCRC24();
        for (byte b : bytes) {
            crc.update(b);
        }
        int value = crc.getValue();
        byte[] checksum = {(byte) (value >> 16), (byte) (value >> 8), (byte) value};
        return "-----BEGIN PGP " + what + "-----\n\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n="
                + Base64.getEncoder().encodeToString(checksum) + "\n-----END PGP " + what + "-----\n";
    }

    private static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BCPGOutputStream out = new BCPGOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private interface Generation {
        PGPSignature by(PGPSignatureGenerator generator) throws PGPException;
    }

    private interface Writing {
        void to(BCPGOutputStream out) throws IOException;
    }
}

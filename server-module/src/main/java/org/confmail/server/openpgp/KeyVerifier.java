package org.confmail.server.openpgp;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.NullDigest;
import org.bouncycastle.crypto.params.DSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.PGPContentVerifier;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyConverter;

/**
 * One key, ready to verify signatures with Bouncy Castle's signers; belongs to one thread. Its own verifiers are not used, because
 * they make the key's parameters anew for each signature, and for an RSA key prove each time that the modulus is no prime, at 50
 * times the cost of the verification: with a modulus that its owner spoilt he would harm himself only. Nor is its DSA, for the same
 * reason.
 */
final class KeyVerifier {
    private final KeyPacket key;
    private final PGPPublicKey bouncyCastle;
    private final CipherParameters parameters;

    /** Throws what Bouncy Castle throws, unchecked exceptions among them. */
    KeyVerifier(KeyPacket key) throws IOException, PGPException {
        this.key = key;
        this.bouncyCastle = key.bouncyCastle();
        List<BigInteger> numbers = key.numbers();
        this.parameters = switch (key.algorithm()) {
            case RSA -> new RSAKeyParameters(false, numbers.get(0), numbers.get(1), true);
            case DSA -> new DSAPublicKeyParameters(numbers.get(3), null);
            case ECDSA -> PrimeCurve.fast((ECPublicKeyParameters) new BcPGPKeyConverter().getPublicKey(bouncyCastle));
            case EDDSA, OTHER -> new BcPGPKeyConverter().getPublicKey(bouncyCastle);
        };
    }

    PGPPublicKey bouncyCastle() {
        return bouncyCastle;
    }

    /** Readies a signature of this key and this digest to be fed, and asked. */
    void init(PGPSignature signature, Digest digest) throws PGPException {
        Signer signer = signer(digest);
        signer.init(false, parameters);
        signature.init(
                (keyAlgorithm, hashAlgorithm) -> bc -> new Content(signature, signer, digest.start()), bouncyCastle);
    }

    private Signer signer(Digest digest) {
        return switch (key.algorithm()) {
            case RSA -> new RSADigestSigner(new NullDigest(), new ASN1ObjectIdentifier(digest.objectId()));
            case DSA -> new DSADigestSigner(dsa(), new NullDigest());
            case ECDSA -> new DSADigestSigner(new ECDSASigner(), new NullDigest());
            case EDDSA -> new Ed25519Signer();
            case OTHER -> throw new IllegalStateException("no key that signs");
        };
    }

    private DsaVerifier dsa() {
        List<BigInteger> numbers = key.numbers();
        return new DsaVerifier(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }

    /** What is hashed, and then verified. */
    private record Content(PGPSignature signature, Signer signer, MessageDigest digest) implements PGPContentVerifier {
        @Override
        public OutputStream getOutputStream() {
            return new DigestOutputStream(OutputStream.nullOutputStream(), digest);
        }

        @Override
        public int getHashAlgorithm() {
            return signature.getHashAlgorithm();
        }

        @Override
        public int getKeyAlgorithm() {
            return signature.getKeyAlgorithm();
        }

        @Override
        public long getKeyID() {
            return signature.getKeyID();
        }

        @Override
        public boolean verify(byte[] expected) {
            byte[] hash = digest.digest();
            signer.update(hash, 0, hash.length);
            return signer.verifySignature(expected);
        }
    }
}

package org.confmail.server.openpgp;

import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.digests.NullDigest;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.operator.PGPContentVerifier;
import org.bouncycastle.openpgp.operator.PGPContentVerifierBuilder;
import org.bouncycastle.openpgp.operator.PGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * Bouncy Castle's verifiers for one key, but for RSA. There the library proves each new modulus to be no prime, at 50 times
 * the cost of the verification, which with a modulus that its owner spoilt would only harm its owner. Belongs to one thread.
 */
final class SignatureVerifiers implements PGPContentVerifierBuilderProvider {
    private final KeyPacket key;
    private final Digest digest;

    SignatureVerifiers(KeyPacket key, Digest digest) {
        this.key = key;
        this.digest = digest;
    }

    @Override
    public PGPContentVerifierBuilder get(int keyAlgorithm, int hashAlgorithm) throws PGPException {
        return switch (key.algorithm()) {
            case RSA -> bc -> new Rsa(keyAlgorithm, hashAlgorithm);
            case DSA, ECDSA, EDDSA -> new BcPGPContentVerifierBuilderProvider().get(keyAlgorithm, hashAlgorithm);
            case OTHER -> throw new PGPException("no key that signs");
        };
    }

    private final class Rsa implements PGPContentVerifier {
        private final int keyAlgorithm;
        private final int hashAlgorithm;
        private final MessageDigest hash = digest.start();

        private Rsa(int keyAlgorithm, int hashAlgorithm) {
            this.keyAlgorithm = keyAlgorithm;
            this.hashAlgorithm = hashAlgorithm;
        }

        @Override
        public OutputStream getOutputStream() {
            return new DigestOutputStream(OutputStream.nullOutputStream(), hash);
        }

        @Override
        public int getHashAlgorithm() {
            return hashAlgorithm;
        }

        @Override
        public int getKeyAlgorithm() {
            return keyAlgorithm;
        }

        @Override
        public long getKeyID() {
            return key.keyId();
        }

        @Override
        public boolean verify(byte[] signature) {
            byte[] hashed = hash.digest();
            RSADigestSigner signer = new RSADigestSigner(new NullDigest(), new ASN1ObjectIdentifier(digest.objectId()));
            signer.init(false, new RSAKeyParameters(false, key.modulus(), key.exponent(), true));
            signer.update(hashed, 0, hashed.length);
            return signer.verifySignature(signature);
        }
    }
}

package org.confmail.server.net;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The private key and the certificate chain that this server shows to clients and peers. Immutable; what is in it fits together.
 * Age, signature algorithm and version of the certificate do not matter: peers know a server by the digest of its certificate,
 * not by who signed it (PROTOCOL section 2), and a home that is taken over must keep that digest.
 */
public final class TlsIdentity {
    private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

    private final PrivateKey key;
    private final List<X509Certificate> chain;
    private final CertificateFacts facts;

    TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
        this.facts = CertificateFacts.of(chain.getFirst());
    }

    /**
     * Reads key and certificate chain; the first certificate is the server's own.
     *
     * @throws TlsException when a file cannot be read or used, or when the certificate belongs to another key
     */
    public static TlsIdentity load(Path keyFile, Path certificateFile) throws TlsException {
        PrivateKey key = new PemFile("TLS key", keyFile).privateKey();
        PemFile certificate = new PemFile("TLS certificate", certificateFile);
        List<X509Certificate> chain = certificate.certificates();
        if (!belongs(key, chain.getFirst())) {
            throw certificate.fault("its first certificate belongs to another key than the one in " + keyFile
                    + ". Put the certificate and the key that were made together there");
        }
        return new TlsIdentity(key, chain);
    }

    /** What is known of the server's own certificate. */
    public CertificateFacts facts() {
        return facts;
    }

    /** SHA-1 over the certificate, {@code AA:BB:…}: what a peer writes into its repl_cert. */
    public String digest() {
        return facts.digest();
    }

    PrivateKey key() {
        return key;
    }

    List<X509Certificate> chain() {
        return chain;
    }

    private static boolean belongs(PrivateKey key, X509Certificate certificate) {
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        try {
            Signature signature =
                    Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // a signature of another length, or a key on another curve
        }
    }
}

package org.confmail.server.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** A PEM file of the home's ssl directory, as OpenSSL and its users write them: remarks and other objects may surround ours. */
record PemFile(String what, Path path) {
    /** The JDK reads keys on other curves too, but cannot sign with them. */
    private static final List<String> CURVES_OF_TLS = List.of("secp256r1", "secp384r1", "secp521r1");

    /** The file's text; Latin-1, because remarks around the objects may be in any encoding. */
    String text() throws TlsException {
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw fault(
                    "the file does not exist. Copy it from where the home came from, or make a new home with -init and take"
                            + " its ssl directory",
                    e);
        } catch (AccessDeniedException e) {
            throw fault(
                    "permission denied. Make the file readable for the user that the server runs as, and for no other",
                    e);
        } catch (IOException e) {
            throw fault("cannot be read: " + e.getMessage() + ". Check the file and its disk", e);
        }
    }

    /** The first private key in the file: PKCS#1, SEC1 or PKCS#8. */
    PrivateKey privateKey() throws TlsException {
        for (Object object : objects()) {
            switch (object) {
                case PEMKeyPair pair -> {
                    return toKey(pair.getPrivateKeyInfo());
                }
                case PrivateKeyInfo key -> {
                    return toKey(key);
                }
                case PEMEncryptedKeyPair encrypted -> throw encrypted();
                case PKCS8EncryptedPrivateKeyInfo encrypted -> throw encrypted();
                default -> {
                    // an EC PARAMETERS block before the key, or a certificate kept in the same file
                }
            }
        }
        throw fault("there is no private key in it. Put the key there in PEM form (BEGIN PRIVATE KEY)");
    }

    /** All certificates in the file, in its order; at least one. */
    List<X509Certificate> certificates() throws TlsException {
        List<X509Certificate> found = new ArrayList<>();
        for (Object object : objects()) {
            if (object instanceof X509CertificateHolder holder) {
                found.add(toCertificate(holder, found.size() + 1));
            }
        }
        if (found.isEmpty()) {
            throw fault("there is no certificate in it. Put the certificate there in PEM form (BEGIN CERTIFICATE)");
        }
        return found;
    }

    TlsException fault(String text) {
        return new TlsException(what, path, text, null);
    }

    TlsException fault(String text, Throwable cause) {
        return new TlsException(what, path, text, cause);
    }

    private List<Object> objects() throws TlsException {
        List<Object> found = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text()))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                found.add(object);
            }
        } catch (IOException | RuntimeException e) { // Bouncy Castle throws unchecked exceptions at some bad encodings
            throw fault("object " + (found.size() + 1) + " in it is damaged. Restore the file from a copy", e);
        }
        return found;
    }

    private TlsException encrypted() {
        return fault("the key is encrypted, and a server has no one to ask for the pass phrase. Decrypt it with"
                + " openssl pkey -in FILE -out NEWFILE, and let nobody else read the file");
    }

    private PrivateKey toKey(PrivateKeyInfo info) throws TlsException {
        ASN1ObjectIdentifier kind = info.getPrivateKeyAlgorithm().getAlgorithm();
        String algorithm;
        if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            algorithm = "RSA";
        } else if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            algorithm = "EC";
        } else {
            throw fault("the key is of a kind (" + kind + ") that existing clients cannot use. Use an RSA key");
        }
        try {
            PrivateKey key =
                    KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
            if (key instanceof ECKey ec && !isCurveOfTls(ec.getParams())) {
                throw new InvalidKeyException("its curve is none of TLS");
            }
            return key;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw fault(
                    "the " + algorithm + " key cannot be used: " + e.getMessage()
                            + ". Restore the file, or use an RSA key or an EC key on P-256, P-384 or P-521",
                    e);
        }
    }

    private static boolean isCurveOfTls(ECParameterSpec found) throws GeneralSecurityException {
        for (String name : CURVES_OF_TLS) {
            AlgorithmParameters known = AlgorithmParameters.getInstance("EC");
            known.init(new ECGenParameterSpec(name));
            ECParameterSpec curve = known.getParameterSpec(ECParameterSpec.class);
            if (curve.getCurve().equals(found.getCurve()) && curve.getOrder().equals(found.getOrder())) {
                return true;
            }
        }
        return false;
    }

    private X509Certificate toCertificate(X509CertificateHolder holder, int number) throws TlsException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw fault("certificate " + number + " in it cannot be used: " + e.getMessage() + ". Restore the file", e);
        }
    }
}

package org.confmail.server.net;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** A fresh private key with its self-signed certificate, for a new home. Holds a secret: {@link #keyPem} is not for logs. */
public final class NewTlsIdentity {
    /**
     * The common name where the operator gives none. Not the host's name: every client sees the certificate, and that of a
     * covert server must not tell on which machine it runs. Nobody looks at the name; the digest is the identity.
     */
    public static final String DEFAULT_NAME = "Confidant Mail server";

    /**
     * The largest size that every existing client takes without a noticeable handshake: 3072 bits cost the server three times
     * as much a connection. The key only proves who the server is; what was said before it could be broken stays secret.
     */
    private static final int RSA_BITS = 2048;

    /** A new certificate would be a new identity that every peer must be told of, so it should not expire. */
    private static final Period VALIDITY = Period.ofYears(20);

    /** Peers' clocks may be late. */
    private static final Duration VALID_BEFORE_NOW = Duration.ofDays(1);

    /** The most that X.509 allows in a common name. */
    private static final int NAME_CHARACTERS_MAX = 64;

    /** RFC 5280 allows 20 bytes with the sign. */
    private static final int SERIAL_BITS = 159;

    private final PrivateKey key;
    private final X509Certificate certificate;

    private NewTlsIdentity(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /**
     * Makes a key and its certificate.
     *
     * @param name the common name, cut where it is longer than X.509 allows
     */
    public static NewTlsIdentity make(String name, Instant now, SecureRandom random) {
        X500Name subject = new X500NameBuilder()
                .addRDN(BCStyle.CN, name.substring(0, Math.min(name.length(), NAME_CHARACTERS_MAX)))
                .build();
        Date from = Date.from(now.minus(VALID_BEFORE_NOW));
        Date until = Date.from(now.atOffset(ZoneOffset.UTC).plus(VALIDITY).toInstant());
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS, random);
            KeyPair pair = generator.generateKeyPair();
            BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
            X509CertificateHolder signed = new JcaX509v3CertificateBuilder(
                            subject, serial, from, until, subject, pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withRSA")
                            .setSecureRandom(random)
                            .build(pair.getPrivate()));
            return new NewTlsIdentity(pair.getPrivate(), new JcaX509CertificateConverter().getCertificate(signed));
        } catch (GeneralSecurityException | OperatorException e) {
            throw new IllegalStateException("this Java platform cannot make an RSA certificate", e);
        }
    }

    public TlsIdentity identity() {
        return new TlsIdentity(key, List.of(certificate));
    }

    /** The key in PKCS#8. */
    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    public String certificatePem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // it has its bytes
        }
    }

    private static String pem(String type, byte[] content) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string takes everything
        }
        return text.toString();
    }
}

package org.confmail.server.net;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What is logged and remembered of a certificate (PROTOCOL section 9). Names are as the certificate's maker wrote them: escape
 * them before logging those of a peer.
 *
 * @param digest SHA-1 over the certificate, {@code AA:BB:…}
 * @param serial the serial number in upper-case hexadecimal digits
 * @param keyBits the size of the public key, 0 when it is of a kind that we do not know
 */
public record CertificateFacts(
        String digest,
        String serial,
        String signatureAlgorithm,
        String keyAlgorithm,
        int keyBits,
        String subject,
        String issuer,
        Instant validFrom,
        Instant validUntil) {

    private static final HexFormat COLON_HEX = HexFormat.ofDelimiter(":").withUpperCase();

    public static CertificateFacts of(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        return new CertificateFacts(
                digest(certificate),
                certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT),
                certificate.getSigAlgName(),
                key.getAlgorithm(),
                bits(key),
                certificate.getSubjectX500Principal().toString(),
                certificate.getIssuerX500Principal().toString(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    private static String digest(X509Certificate certificate) {
        try {
            return COLON_HEX.formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-1, and a parsed certificate has its bytes
        }
    }

    private static int bits(PublicKey key) {
        return switch (key) {
            case RSAKey rsa -> rsa.getModulus().bitLength();
            case ECKey ec -> ec.getParams().getOrder().bitLength();
            case DSAKey dsa
            when dsa.getParams() != null -> dsa.getParams().getP().bitLength();
            default -> 0;
        };
    }
}

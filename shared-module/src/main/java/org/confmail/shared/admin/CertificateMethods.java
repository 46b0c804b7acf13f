package org.confmail.shared.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminMethod.Nothing;

/** Certificates: whom do I trust, and what do I show? */
public final class CertificateMethods {
    public static final AdminMethod<Nothing, OwnCertificate> OWN =
            AdminMethod.of("certificate.own", OwnCertificate.class, "The certificate that this server shows.");

    public static final AdminMethod<Nothing, Renewed> RENEW = AdminMethod.of(
            "certificate.renew",
            Renewed.class,
            "Makes a new key and certificate and shows them to connections from now on. The partner of a pair has to pin the"
                    + " new digest (repl_cert). The old files are kept.");

    public static final AdminMethod<ConnectionMethods.Page, Remembered> LIST = AdminMethod.of(
            "certificates.list",
            new ConnectionMethods.Page(Optional.empty(), Optional.of(100)),
            Remembered.class,
            "The certificates that other servers have shown to this one.");

    public static final AdminMethod<Server, Forgotten> FORGET = AdminMethod.of(
            "certificates.forget",
            new Server("node2.example.com:8081"),
            Forgotten.class,
            "Forgets what a server has shown, so that its next certificate is remembered without a warning.");

    private CertificateMethods() {}

    /** Result of {@link #OWN}. */
    public record OwnCertificate(
            @Doc("SHA-1, AA:BB:…: what the partner writes into repl_cert")
            String digest,

            @Doc("its subject") String subject,
            @Doc("the kind and size of its key") String key,
            @Doc("how it is signed") String signature,
            @Doc("from when it is valid") Instant validFrom,
            @Doc("until when it is valid") Instant validUntil) {}

    /** Result of {@link #RENEW}. */
    public record Renewed(
            @Doc("the new one") OwnCertificate certificate,
            @Doc("the digest of the old one") String oldDigest,

            @Doc("where the old key and certificate are kept")
            List<String> kept) {}

    /** Result of {@link #LIST}. */
    public record Remembered(
            @Doc("the certificates") List<Certificate> certificates,
            @Doc("how many there are in all") int total,
            @Doc("names the next page, if there is one") Optional<String> next) {}

    /** A certificate of another server. */
    public record Certificate(
            @Doc("the server, host:port") String server,
            @Doc("SHA-1, AA:BB:…") String digest,
            @Doc("when it was seen first, if that is known") Optional<Instant> firstSeen,
            @Doc("when it was seen last, if that is known") Optional<Instant> lastSeen,
            @Doc("until when it is valid, if that is known") Optional<Instant> validUntil,
            @Doc("whether repl_cert pins it") boolean pinned) {}

    /** Parameters of {@link #FORGET}. */
    public record Server(@Doc("the server, host:port") String server) {}

    /** Result of {@link #FORGET}. */
    public record Forgotten(
            @Doc("how many certificates were forgotten") int count) {}
}

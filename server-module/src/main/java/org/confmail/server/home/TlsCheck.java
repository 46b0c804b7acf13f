package org.confmail.server.home;

import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.confmail.server.net.CertificateFacts;
import org.confmail.server.net.DhParameters;
import org.confmail.server.net.TlsException;
import org.confmail.server.net.TlsIdentity;

/** Whether key, certificate and DH parameters are usable and sound. */
final class TlsCheck {
    private static final int RSA_BITS_SOUND = 2048;
    private static final String NEW_IDENTITY =
            "Clients take it nevertheless. A new one is a new identity: tell the replication partner (repl_cert) first.";

    private TlsCheck() {}

    static List<Finding> of(Home home, Instant now) {
        List<Finding> findings = new ArrayList<>();
        identity(home, now, findings);
        dhParameters(home, findings);
        return findings;
    }

    private static void identity(Home home, Instant now, List<Finding> findings) {
        CertificateFacts facts;
        try {
            facts = TlsIdentity.load(home.tlsKey(), home.tlsCertificate()).facts();
        } catch (TlsException e) {
            findings.add(Finding.error(e.file(), e.problem(), ""));
            return;
        }
        if (facts.validUntil().isBefore(now)) {
            findings.add(Finding.warning(
                    home.tlsCertificate(), "the certificate expired on " + facts.validUntil() + ".", NEW_IDENTITY));
        }
        if (facts.validFrom().isAfter(now)) {
            findings.add(Finding.warning(
                    home.tlsCertificate(),
                    "the certificate is not valid before " + facts.validFrom() + ".",
                    "See that this machine's clock is right."));
        }
        if (facts.keyAlgorithm().equals("RSA") && facts.keyBits() < RSA_BITS_SOUND) {
            findings.add(Finding.warning(
                    home.tlsKey(),
                    "a key of " + facts.keyBits() + " bits can be broken by those who spend enough.",
                    NEW_IDENTITY));
        }
    }

    private static void dhParameters(Home home, List<Finding> findings) {
        if (Files.notExists(home.dhParameters())) {
            findings.add(Finding.note(home.dhParameters(), "is not there; the built-in group is used.", ""));
            return;
        }
        DhParameters group;
        try {
            group = DhParameters.read(home.dhParameters());
        } catch (TlsException e) {
            findings.add(Finding.warning(e.file(), e.problem(), "The built-in group is used."));
            return;
        }
        String remedy = "Delete the file to use the built-in group.";
        if (group.bits() < DhParameters.BITS_SOUND) {
            findings.add(Finding.warning(
                    home.dhParameters(),
                    "a group of " + group.bits()
                            + " bits is weak; connections by DHE can be read by those who spend enough.",
                    remedy));
        }
        if (!group.isSafePrime()) {
            findings.add(Finding.warning(home.dhParameters(), "its prime is not a safe prime.", remedy));
        }
    }
}

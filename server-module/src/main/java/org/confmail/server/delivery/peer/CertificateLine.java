package org.confmail.server.delivery.peer;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.confmail.server.log.LogText;
import org.confmail.server.net.CertificateFacts;
import org.confmail.shared.config.HostPort;

/** The line of one server in the file of remembered certificates: fields with tabs between, for operators to read. */
final class CertificateLine {
    static final String TITLE =
            "# server\tSHA-1 digest\tserial\tsignature\tkey\tbits\tvalid from\tvalid until\tsubject\tissuer\tfirst seen";
    private static final String SEPARATOR = "\t";
    /** Lines of older versions end before the time of the first meeting. */
    private static final int FIELDS_OLD = 10;

    private static final int FIELDS = 11;

    private CertificateLine() {}

    static String write(RememberedCertificate remembered) {
        CertificateFacts facts = remembered.certificate();
        return String.join(
                SEPARATOR,
                remembered.server().toString(),
                facts.digest(),
                facts.serial(),
                facts.signatureAlgorithm(),
                facts.keyAlgorithm(),
                Integer.toString(facts.keyBits()),
                facts.validFrom().toString(),
                facts.validUntil().toString(),
                facts.subject(),
                facts.issuer(),
                remembered.firstSeen().map(Instant::toString).orElse(""));
    }

    /** Empty where the line is none that we write. */
    static Optional<RememberedCertificate> read(String line) {
        String[] fields = line.split(SEPARATOR, -1);
        Optional<HostPort> server = HostPort.parse(fields[0]);
        if ((fields.length != FIELDS && fields.length != FIELDS_OLD) || server.isEmpty()) {
            return Optional.empty();
        }
        try {
            CertificateFacts facts = new CertificateFacts(
                    fields[1],
                    fields[2],
                    fields[3],
                    fields[4],
                    Integer.parseInt(fields[5]),
                    fields[8],
                    fields[9],
                    Instant.parse(fields[6]),
                    Instant.parse(fields[7]));
            boolean isDated = fields.length == FIELDS && !fields[FIELDS - 1].isEmpty();
            Optional<Instant> firstSeen = isDated ? Optional.of(Instant.parse(fields[FIELDS - 1])) : Optional.empty();
            return Optional.of(new RememberedCertificate(server.get(), facts, firstSeen, Optional.empty()));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The facts with all text that the certificate's maker chose made fit for a log line and for a field. */
    static CertificateFacts shown(CertificateFacts facts) {
        return new CertificateFacts(
                facts.digest(),
                LogText.quote(facts.serial()).replace("\"", ""),
                LogText.quote(facts.signatureAlgorithm()).replace("\"", ""),
                LogText.quote(facts.keyAlgorithm()).replace("\"", ""),
                facts.keyBits(),
                LogText.quote(facts.subject()),
                LogText.quote(facts.issuer()),
                facts.validFrom(),
                facts.validUntil());
    }
}

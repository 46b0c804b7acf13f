package org.confmail.server.delivery.peer;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.delivery.peer.Steps.Step;
import org.confmail.server.log.LogText;
import org.confmail.server.net.CertificateFacts;
import org.confmail.shared.config.CertificatePins;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a new connection has to go through before it may be used (PROTOCOL sections 2 and 8). Belongs to one thread. */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger("peer");
    private static final String READY = "CONFIDANT MAIL SERVER PROTOCOL 1 READY";
    private static final String BUSY = "CONFIDANT MAIL SERVER PROTOCOL 1 BUSY";

    private final Destination destination;
    private final HostPort server;
    private final Wire wire;
    private final Duration timeout;
    private final StepClock steps;
    private final CertificateWatch certificates;

    Opening(Destination destination, Wire wire, Duration timeout, StepClock steps, CertificateWatch certificates) {
        this.destination = destination;
        this.server = destination.server();
        this.wire = wire;
        this.timeout = timeout;
        this.steps = steps;
        this.certificates = certificates;
    }

    void run() throws PeerFailure {
        greeting();
        certificate(encrypt());
        if (destination instanceof Destination.Partner partner
                && partner.authKey().isPresent()) {
            logIn(partner.authKey().get());
        }
    }

    private void greeting() throws PeerFailure {
        steps.begin(Step.GREETING);
        wire.deadline().in(timeout);
        String greeting;
        try {
            greeting = wire.answer();
        } catch (IOException e) {
            throw wire.failure(e, "the greeting", timeout);
        }
        if (greeting.equals(BUSY)) {
            throw new PeerFailure(
                    Kind.BUSY,
                    server + ": it has as many connections as it allows. If that repeats, its operator may raise"
                            + " max_connections there.");
        }
        if (!greeting.equals(READY)) {
            throw new PeerFailure(
                    Kind.PROTOCOL,
                    server + ": it greets with " + LogText.quote(greeting)
                            + ". Is that a Confidant Mail server, and is the port right?");
        }
        steps.done(Step.GREETING, greeting);
    }

    private X509Certificate encrypt() throws PeerFailure {
        steps.begin(Step.TLS);
        String answer;
        try {
            answer = wire.ask("STARTTLS", timeout);
        } catch (IOException e) {
            throw wire.failure(e, "STARTTLS", timeout);
        }
        expect("PROCEED", answer, "STARTTLS");
        X509Certificate certificate;
        try {
            wire.deadline().in(timeout);
            certificate = wire.encrypt();
            answer = wire.answer();
        } catch (IOException e) {
            throw wire.failure(e, "the TLS handshake", timeout);
        }
        expect("ENCRYPTED", answer, "the TLS handshake");
        steps.done(Step.TLS, "encrypted");
        return certificate;
    }

    private void expect(String expected, String answer, String what) throws PeerFailure {
        if (!answer.equals(expected)) {
            throw new PeerFailure(
                    Kind.TLS,
                    server + ": it answered " + LogText.quote(answer) + " to " + what + " instead of " + expected
                            + ". Nothing was sent; without encryption nothing may be.");
        }
    }

    private void certificate(X509Certificate certificate) throws PeerFailure {
        steps.begin(Step.CERTIFICATE);
        CertificateFacts facts = CertificateFacts.of(certificate);
        Optional<CertificatePins> pins =
                destination instanceof Destination.Partner partner ? partner.pins() : Optional.empty();
        if (pins.isPresent() && !pins.get().match(facts.digest())) {
            String reason = server + ": its certificate is " + facts.digest() + ", and repl_cert in config.txt allows "
                    + allowed(pins.get()) + " only. The connection was not used. If the partner's operator has changed"
                    + " the certificate, put the new digest there; if not, somebody stands between the two servers.";
            LOG.error("{}", reason);
            throw new PeerFailure(Kind.CERTIFICATE, reason);
        }
        certificates.seen(server, facts);
        wire.event("certificate " + facts.digest());
        steps.done(Step.CERTIFICATE, facts.digest() + (pins.isPresent() ? ", as pinned" : ", not pinned"));
    }

    private static String allowed(CertificatePins pins) {
        return pins.digests().isEmpty()
                ? "no certificate at all"
                : String.join(" or ", pins.digests().stream().sorted().toList());
    }

    private void logIn(Secret key) throws PeerFailure {
        steps.begin(Step.LOGIN);
        String answer;
        try {
            answer = wire.ask("LOGIN replication " + key.reveal(), timeout);
        } catch (IOException e) {
            throw wire.failure(e, "LOGIN", timeout);
        }
        if (!answer.equals("DONE")) {
            throw new PeerFailure(
                    Kind.LOGIN,
                    server + ": it answered " + LogText.quote(answer)
                            + " to the login as replication. Is repl_authkey in"
                            + " config.txt the key behind the word replication in its auth.txt?");
        }
        steps.done(Step.LOGIN, "logged in as replication");
    }
}

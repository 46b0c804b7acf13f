package org.confmail.server.notify;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient.AUTH_METHOD;
import org.apache.commons.net.smtp.SMTPReply;
import org.confmail.server.log.LogText;
import org.confmail.server.net.DeadlineWatch;
import org.confmail.server.net.NameLookup;
import org.confmail.shared.config.Secret;

/** Sends by SMTP, encrypted where the server offers it (STARTTLS, or port 465), logged in where notify.txt says so. */
public final class SmtpMailer implements Mailer {
    private static final String TEXT = "You have new Confidant Mail";
    /** By RFC 8314 TLS starts at once on this port. */
    private static final int TLS_PORT = 465;
    /** Mail servers greet late on purpose, to tell robots; a minute is what a mail as a whole gets. */
    private static final Duration STEP = Duration.ofSeconds(30);

    private static final Duration WHOLE = Duration.ofSeconds(60);
    /** Not our real name, which a hidden server would give away. */
    private static final String OWN_NAME = "localhost";

    private final NameLookup names;
    private final DeadlineWatch watch;
    private final InstantSource clock;

    public SmtpMailer(NameLookup names, DeadlineWatch watch, InstantSource clock) {
        this.names = names;
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    public void send(NotifyList list, String address) throws IOException {
        InetAddress server = names.addresses(list.server().host(), STEP).getFirst();
        AuthenticatingSMTPClient client =
                new AuthenticatingSMTPClient("TLS", list.server().port() == TLS_PORT);
        client.setSocketFactory(new BoundedSockets());
        client.setConnectTimeout((int) STEP.toMillis());
        client.setDefaultTimeout((int) STEP.toMillis());
        try (DeadlineWatch.Deadline deadline = watch.watch(client::disconnect)) {
            deadline.in(WHOLE);
            try {
                client.connect(server, list.server().port());
                converse(client, list, address);
            } catch (IOException | RuntimeException e) {
                // Closed under its hands the client may fail in any way.
                if (deadline.expired()) {
                    throw new IOException("it took longer than " + WHOLE.toSeconds() + " s", e);
                }
                throw e;
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java platform lacks what the login needs: " + e.getMessage(), e);
        } finally {
            client.disconnect();
        }
    }

    private void converse(AuthenticatingSMTPClient client, NotifyList list, String address)
            throws IOException, GeneralSecurityException {
        String from = list.from().orElseThrow();
        expect(client, SMTPReply.isPositiveCompletion(client.getReplyCode()), "the connection");
        greet(client);
        if (client.getReplyString().contains("STARTTLS")) {
            expect(client, client.execTLS(), "STARTTLS");
            greet(client);
        }
        if (list.user().isPresent()) {
            AUTH_METHOD method = client.getReplyString().contains("PLAIN") ? AUTH_METHOD.PLAIN : AUTH_METHOD.LOGIN;
            String password = list.password().map(Secret::reveal).orElse("");
            expect(client, client.auth(method, list.user().get(), password), "the login");
        }
        expect(client, client.setSender(from), "the sender " + from);
        expect(client, client.addRecipient(address), "the recipient");
        expect(client, client.sendShortMessageData(message(from, address)), "the mail");
        client.logout();
    }

    private static void greet(AuthenticatingSMTPClient client) throws IOException {
        if (!SMTPReply.isPositiveCompletion(client.ehlo(OWN_NAME))) {
            expect(client, SMTPReply.isPositiveCompletion(client.helo(OWN_NAME)), "the greeting");
        }
    }

    private String message(String from, String address) {
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
        return String.join(
                "\r\n", "From: " + from, "To: " + address, "Subject: " + TEXT, "Date: " + date, "", TEXT, "");
    }

    private static void expect(AuthenticatingSMTPClient client, boolean good, String what) throws IOException {
        if (!good) {
            throw new IOException("it refused " + what + ": "
                    + LogText.quote(String.valueOf(client.getReplyString()).strip()));
        }
    }
}

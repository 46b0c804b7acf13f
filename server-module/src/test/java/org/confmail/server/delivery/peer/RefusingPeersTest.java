package org.confmail.server.delivery.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.session.LogLines;
import org.confmail.shared.config.CertificatePins;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that cannot be reached, or are not what they should be. */
class RefusingPeersTest extends PeersFixture {
    @ParameterizedTest
    @CsvSource({
        "ec-p256.key,       ec-p256.crt",
        "rsa2048-pkcs1.key, rsa2048-chain.crt",
        "rsa1024.key,       rsa1024-v1-sha1-expired.crt",
        "rsa1024.key,       rsa1024-md5.crt",
    })
    void certificateOfAnyAgeAndKindWillDo(String key, String certificate) throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.playing(key, certificate, ScriptedPeer.Conversation::agree);
                PeerSession session = open(peer)) {
            assertEquals("DONE", session.ask("PING"));
        }
    }

    @Test
    void greetingsAreToldApart() throws Exception {
        assertEquals(
                Kind.BUSY,
                refused(with -> with.say("CONFIDANT MAIL SERVER PROTOCOL 1 BUSY"))
                        .kind());
        PeerFailure other = refused(with -> with.say("220 mail.example.com ESMTP"));
        assertEquals(Kind.PROTOCOL, other.kind());
        assertTrue(other.reason().contains("\"220 mail.example.com ESMTP\""), other.reason());
        assertEquals(
                Kind.PROTOCOL, refused(with -> with.say("x".repeat(20_000))).kind());
        assertEquals(Kind.CLOSED, refused(with -> {}).kind());
    }

    @Test
    void nothingIsSaidWithoutEncryption() throws Exception {
        assertEquals(
                Kind.TLS,
                refused(with -> {
                            with.say(ScriptedPeer.GREETING);
                            with.hear();
                            with.say("INVALID COMMAND");
                        })
                        .kind());
        assertEquals(
                Kind.TLS,
                refused(with -> {
                            with.say(ScriptedPeer.GREETING);
                            with.hear();
                            with.say("PROCEED\r\nENCRYPTED");
                            with.hang();
                        })
                        .kind());
        assertEquals(
                Kind.TLS,
                refused(with -> {
                            with.say(ScriptedPeer.GREETING);
                            with.hear();
                            with.say("PROCEED");
                            with.say("this is no TLS");
                            with.hang();
                        })
                        .kind());
    }

    @Test
    void pinnedCertificateIsTheOnlyOneThatIsUsed() throws Exception {
        String other = "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33";
        try (ScriptedPeer peer = ScriptedPeer.agreeing();
                LogLines log = LogLines.record()) {
            under.peers
                    .open(pinned(peer, new CertificatePins(Set.of(other, ScriptedPeer.digest()))))
                    .close();
            assertTrue(log.messages(Level.ERROR).isEmpty());

            PeerFailure failure = refused(pinned(peer, new CertificatePins(Set.of(other))));
            assertEquals(Kind.CERTIFICATE, failure.kind());
            String error = log.messages(Level.ERROR).getFirst();
            assertTrue(error.contains(other) && error.contains(ScriptedPeer.digest()), error);
            assertEquals(
                    Kind.CERTIFICATE,
                    refused(pinned(peer, CertificatePins.NONE)).kind());
            assertEquals(1, under.seen.size());
            assertEquals(
                    1,
                    peer.lines().stream()
                            .filter(line -> line.startsWith("LOGIN"))
                            .count());
        }
    }

    private static Destination pinned(ScriptedPeer peer, CertificatePins pins) {
        return new Destination.Partner(peer.address(), Optional.of(new Secret(KEY)), Optional.of(pins));
    }

    @Test
    void refusedLoginSaysWhatToLookAt() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.playing(with -> {
            with.greetAndEncrypt();
            with.say("FAILED " + with.hear());
        })) {
            PeerFailure failure = refused(partner(peer));
            assertEquals(Kind.LOGIN, failure.kind());
            assertTrue(failure.reason().contains("repl_authkey"), failure.reason());
            assertFalse(failure.reason().contains(KEY), failure.reason());
        }
    }

    @Test
    void keysStayOutOfTheTrafficLogEvenWhenThePeerSendsThemBack() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.playing(with -> {
                    with.greetAndEncrypt();
                    with.hear();
                    with.say("DONE");
                    with.say("FAILED " + with.hear() + " partnerkey01");
                    with.hear();
                    with.say("GOODBYE");
                });
                LogLines log = LogLines.record()) {
            try (PeerSession session = under.peers.open(partner(peer))) {
                assertEquals("FAILED REPLOGIN u **** ****", session.ask("REPLOGIN u NewKey000001"));
            }
            List<String> messages = log.messages();
            assertTrue(messages.contains("S> LOGIN replication ****"), messages::toString);
            assertTrue(messages.contains("S< GOODBYE"), messages::toString);
            assertTrue(
                    messages.stream().anyMatch(line -> line.startsWith("SC encrypted with TLSv1.")),
                    messages::toString);
            assertFalse(messages.toString().contains("NewKey000001"));
            assertFalse(messages.toString().contains(KEY));
        }
    }

    @Test
    void addressesAreTriedInTurn() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.agreeing()) {
            // Nobody listens on the first; the peer listens on 127.0.0.1 alone.
            under.hosts.put(
                    "two.example.com",
                    new InetAddress[] {InetAddress.ofLiteral("127.0.0.9"), InetAddress.ofLiteral("127.0.0.1")});
            under.peers
                    .open(new Destination.Open(new HostPort("two.example.com", peer.port())))
                    .close();
            assertEquals(1, peer.connections());
        }
    }

    @Test
    void failuresToConnectAreToldApart() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertEquals(
                Kind.REFUSED,
                refused(new Destination.Open(new HostPort("127.0.0.1", closed))).kind());
        assertEquals(
                Kind.UNKNOWN_NAME,
                refused(new Destination.Open(new HostPort("nobody.example.com", closed)))
                        .kind());
    }

    @Test
    void stepsAreHeardInTheirOrderAndTheFailedOneIsTheLast() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.playing(with -> {
            with.greetAndEncrypt();
            with.hear();
            with.say("FAILED");
        })) {
            List<String> heard = new ArrayList<>();
            Steps steps = new Steps() {
                @Override
                public void began(Step step) {
                    heard.add(step.toString());
                }

                @Override
                public void done(Step step, Duration took, String detail) {
                    assertFalse(took.isNegative());
                    heard.add(step + " done");
                }
            };
            assertThrows(PeerFailure.class, () -> under.peers.open(partner(peer), steps));
            assertEquals(
                    List.of(
                            "CONNECT",
                            "CONNECT done",
                            "GREETING",
                            "GREETING done",
                            "TLS",
                            "TLS done",
                            "CERTIFICATE",
                            "CERTIFICATE done",
                            "LOGIN"),
                    heard);
        }
    }
}

package org.confmail.server.delivery.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.session.Await;
import org.confmail.server.session.LogLines;
import org.confmail.shared.config.CertificatePins;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutgoingPeersTest {
    private static final String KEY = "PartnerKey01";
    private static final String BLOCK = "7F3A000000000000000000000000000000000000";

    private final PeersUnderTest under = new PeersUnderTest();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        under.close();
    }

    private static Destination partner(ScriptedPeer peer) {
        return new Destination.Partner(peer.address(), Optional.of(new Secret(KEY)), Optional.empty());
    }

    private static Destination pinned(ScriptedPeer peer, CertificatePins pins) {
        return new Destination.Partner(peer.address(), Optional.of(new Secret(KEY)), Optional.of(pins));
    }

    private PeerSession open(ScriptedPeer peer) throws PeerFailure {
        return under.peers.open(new Destination.Open(peer.address()));
    }

    private PeerFailure refused(Destination destination) {
        PeerFailure failure = assertThrows(PeerFailure.class, () -> under.peers.open(destination));
        assertTrue(failure.reason().startsWith(destination.server() + ": "), failure.reason());
        return failure;
    }

    private PeerFailure refused(ScriptedPeer.Script script) throws IOException {
        try (ScriptedPeer peer = ScriptedPeer.playing(script)) {
            return refused(new Destination.Open(peer.address()));
        }
    }

    @Test
    void sessionRunsThroughAllItsSteps() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.agreeing()) {
            try (PeerSession session = under.peers.open(partner(peer))) {
                OutgoingBlock text = new OutgoingBlock.Text(bytes("Type: acknowledgment\nDate: x\n"));
                assertEquals("DONE", session.send("REPLICATE " + BLOCK + " none", text));
                assertEquals("DONE", session.ask("REPLOGIN " + BLOCK + " NewKey000001"));
            }
            assertEquals(
                    List.of(
                            "STARTTLS",
                            "LOGIN replication " + KEY,
                            "REPLICATE " + BLOCK + " none",
                            "Type: acknowledgment",
                            "Date: x",
                            "EndBlock",
                            "REPLOGIN " + BLOCK + " NewKey000001",
                            "QUIT"),
                    peer.lines());
            assertEquals(peer.address(), under.seen.getFirst().server());
            assertEquals(
                    ScriptedPeer.digest(), under.seen.getFirst().certificate().digest());
        }
    }

    @Test
    void openServerIsNotLoggedInAtAndGetsNoName() throws Exception {
        CompletableFuture<Integer> names = new CompletableFuture<>();
        try (ScriptedPeer peer = ScriptedPeer.playing(with -> {
            with.greetAndEncrypt();
            names.complete(with.serverNames());
            with.hear();
            with.say("GOODBYE");
        })) {
            under.hosts.put("mail.example.com", new InetAddress[] {InetAddress.getLoopbackAddress()});
            under.peers
                    .open(new Destination.Open(new HostPort("mail.example.com", peer.port())))
                    .close();
            assertEquals(List.of("STARTTLS", "QUIT"), peer.lines());
            assertEquals(0, names.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void answerThatNobodyAskedForIsNotTakenForTheNext() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.playing(with -> {
            with.greetAndEncrypt();
            with.hear();
            with.say("DONE\r\nDONE");
            with.hang();
        })) {
            try (PeerSession session = open(peer)) {
                assertEquals("DONE", session.ask("REPLOGIN " + BLOCK + " NewKey000001"));
                OutgoingBlock text = new OutgoingBlock.Text(bytes("Type: acknowledgment\n"));
                PeerFailure failure =
                        assertThrows(PeerFailure.class, () -> session.send("REPLICATE " + BLOCK + " none", text));
                assertEquals(Kind.PROTOCOL, failure.kind());
                assertEquals(
                        peer.address() + ": it sent a line that nobody had asked for before REPLICATE. Is that a"
                                + " Confidant Mail server?",
                        failure.reason());
            }
        }
    }

    @Test
    void dataStreamsFromItsPlaceInTheFile() throws Exception {
        byte[] data = new byte[100_001];
        new Random(7).nextBytes(data);
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        try (ScriptedPeer peer = ScriptedPeer.playing(with -> {
            with.greetAndEncrypt();
            while (!with.hear().equals("Data: 100001")) {
                // the header
            }
            received.complete(with.hearBytes(data.length));
            with.say("DONE");
            with.hear();
        })) {
            Path file = directory.resolve("block");
            Files.write(file, bytes("front"));
            Files.write(file, data, java.nio.file.StandardOpenOption.APPEND);
            try (PeerSession session = open(peer);
                    FileChannel channel = FileChannel.open(file)) {
                OutgoingBlock block = new OutgoingBlock.Data(bytes("Type: data\n"), channel, 5, data.length);
                assertEquals("DONE", session.send("STORE SERVER " + BLOCK, block));
                assertArrayEquals(data, received.get(10, TimeUnit.SECONDS));
                assertEquals(List.of("STARTTLS", "STORE SERVER " + BLOCK, "Type: data", "Data: 100001"), peer.lines());
            }
        }
    }

    @Test
    void fileThatIsTooShortEndsTheSessionButIsNotThePeersFault() throws Exception {
        Path file = Files.write(directory.resolve("block"), new byte[10]);
        try (ScriptedPeer peer = ScriptedPeer.agreeing()) {
            try (PeerSession session = open(peer);
                    FileChannel channel = FileChannel.open(file)) {
                OutgoingBlock block = new OutgoingBlock.Data(bytes("Type: data\n"), channel, 0, 11);
                assertThrows(IOException.class, () -> session.send("STORE SERVER " + BLOCK, block));
            }
            assertFalse(peer.lines().contains("QUIT"));
        }
    }

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
    void everyStepIsBounded() throws Exception {
        List<ScriptedPeer.Script> scripts = List.of(
                with -> with.hang(),
                with -> {
                    with.say(ScriptedPeer.GREETING);
                    with.hang();
                },
                with -> {
                    with.say(ScriptedPeer.GREETING);
                    with.hear();
                    with.say("PROCEED");
                    with.hang();
                },
                with -> {
                    with.greetAndEncrypt();
                    with.hang();
                });
        for (ScriptedPeer.Script script : scripts) {
            try (ScriptedPeer peer = ScriptedPeer.playing(script)) {
                CompletableFuture<PeerFailure> failure = new CompletableFuture<>();
                Thread.startVirtualThread(() -> failure.complete(refused(partner(peer))));
                Await.until("the time-out", () -> {
                    under.time.advance(Duration.ofSeconds(1));
                    return failure.isDone();
                });
                assertEquals(
                        Kind.TIME_OUT, failure.join().kind(), failure.join().reason());
            }
        }
    }

    @Test
    void peerThatTakesNothingIsLeftAfterTheTimeout() throws Exception {
        Path file = Files.write(directory.resolve("block"), new byte[8 << 20]);
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedPeer peer = ScriptedPeer.playing(with -> {
                    with.greetAndEncrypt();
                    with.hear();
                    awaitQuietly(over);
                });
                PeerSession session = open(peer);
                FileChannel channel = FileChannel.open(file)) {
            CompletableFuture<PeerFailure> failure = new CompletableFuture<>();
            OutgoingBlock block = new OutgoingBlock.Data(bytes("Type: data\n"), channel, 0, 8 << 20);
            Thread.startVirtualThread(() -> failure.complete(
                    assertThrows(PeerFailure.class, () -> session.send("STORE SERVER " + BLOCK, block))));
            Await.until("the time-out", () -> {
                under.time.advance(Duration.ofMinutes(1));
                return failure.isDone();
            });
            over.countDown();
            assertEquals(Kind.TIME_OUT, failure.join().kind());
        }
    }

    @Test
    void sessionThatIsCutSaysNoQuit() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.playing(ScriptedPeer.Conversation::greetAndEncrypt);
                PeerSession session = open(peer)) {
            PeerFailure failure = assertThrows(PeerFailure.class, () -> session.ask("PING"));
            assertEquals(Kind.CLOSED, failure.kind(), failure.reason());
        }
    }

    @Test
    void closingCutsOpenSessionsAndOpensNoMore() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.playing(with -> {
            with.greetAndEncrypt();
            with.hang();
        })) {
            PeerSession session = open(peer);
            CompletableFuture<PeerFailure> failure = new CompletableFuture<>();
            Thread.startVirtualThread(
                    () -> failure.complete(assertThrows(PeerFailure.class, () -> session.ask("PING"))));
            under.peers.close();
            assertEquals(Kind.CLOSED, failure.get(10, TimeUnit.SECONDS).kind());
            assertTrue(refused(partner(peer)).reason().contains("stopping"));
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

    @Test
    void manySessionsRunAtOnce() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.agreeing();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> asking = Collections.nCopies(20, () -> {
                try (PeerSession session = open(peer)) {
                    return session.ask("PING");
                }
            });
            for (Future<String> answer : threads.invokeAll(asking)) {
                assertEquals("DONE", answer.get());
            }
            assertEquals(20, peer.lines().stream().filter("PING"::equals).count());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

package org.confmail.server.delivery.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.session.Await;
import org.confmail.shared.config.HostPort;
import org.junit.jupiter.api.Test;

/** Sessions from their beginning to their end. */
class OutgoingPeersTest extends PeersFixture {
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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
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

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
}

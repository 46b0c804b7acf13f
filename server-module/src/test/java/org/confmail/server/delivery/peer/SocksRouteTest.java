package org.confmail.server.delivery.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.confmail.server.config.Settings;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.delivery.peer.RecordingSocks.Manner;
import org.confmail.server.delivery.peer.RecordingSocks.Request;
import org.confmail.server.session.Await;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.PreferredConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocksRouteTest {
    private static final HostPort ONION = new HostPort("abcdefgh.onion", 8081);
    private static final HostPort NAME = new HostPort("mail.example.com", 8082);

    private static Settings.Routes tor(HostPort proxy) {
        return new Settings.Routes(
                Optional.of(proxy), Optional.empty(), Optional.empty(), true, PreferredConnection.TOR);
    }

    private static Settings.Routes plain(HostPort proxy) {
        return new Settings.Routes(
                Optional.empty(), Optional.of(proxy), Optional.of(proxy), false, PreferredConnection.DIRECT);
    }

    private static PeerFailure refused(PeersUnderTest under, HostPort server) {
        PeerFailure failure = assertThrows(PeerFailure.class, () -> under.peers.open(new Destination.Open(server)));
        assertTrue(failure.reason().startsWith(server + ": "), failure.reason());
        return failure;
    }

    @Test
    void proxyGetsNamesAsTheyAreAndNobodyElseDoes() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.agreeing();
                RecordingSocks socks = new RecordingSocks(peer.port(), Manner.WITHOUT_LOGINS);
                PeersUnderTest under = new PeersUnderTest(plain(socks.address()))) {
            for (String host : List.of("mail.example.com", "abc.b32.i2p", "192.0.2.7", "2001:db8::7")) {
                under.peers.open(new Destination.Open(new HostPort(host, 8081))).close();
            }
            assertEquals(
                    List.of(
                            new Request(3, "mail.example.com", 8081, ""),
                            new Request(3, "abc.b32.i2p", 8081, ""),
                            new Request(1, "192.0.2.7", 8081, ""),
                            new Request(4, "2001:db8:0:0:0:0:0:7", 8081, "")),
                    socks.requests());
            assertEquals(List.of(), under.lookedUp);
        }
    }

    @Test
    void eachServerHasItsOwnCircuitOnTor() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.agreeing();
                RecordingSocks socks = new RecordingSocks(peer.port(), Manner.TOR);
                PeersUnderTest under = new PeersUnderTest(tor(socks.address()))) {
            under.peers.open(new Destination.Open(ONION)).close();
            under.peers.open(new Destination.Open(NAME)).close();
            assertEquals(
                    List.of("confmail " + ONION, "confmail " + NAME),
                    socks.requests().stream().map(Request::login).toList());
            assertEquals(List.of(), under.lookedUp);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void proxyThatTakesNoLoginIsUsedWithoutOne(boolean refusing) throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.agreeing();
                RecordingSocks socks =
                        new RecordingSocks(peer.port(), refusing ? Manner.REFUSING_LOGINS : Manner.WITHOUT_LOGINS);
                PeersUnderTest under = new PeersUnderTest(tor(socks.address()))) {
            under.peers.open(new Destination.Open(ONION)).close();
            assertEquals(List.of(new Request(3, ONION.host(), ONION.port(), "")), socks.requests());
        }
    }

    @Test
    void proxyThatDemandsALoginIsNotUsed() throws Exception {
        try (RecordingSocks socks = new RecordingSocks(1, Manner.DEMANDING_LOGINS);
                PeersUnderTest under = new PeersUnderTest(plain(socks.address()))) {
            assertEquals(Kind.PROXY, refused(under, NAME).kind());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1,   PROXY,       general failure",
        "2,   PROXY,       not allowed",
        "3,   UNREACHABLE, network unreachable",
        "4,   UNREACHABLE, host unreachable",
        "5,   REFUSED,     refused",
        "6,   TTL_EXPIRED, TTL expired",
        "7,   PROXY,       no connections",
        "8,   PROXY,       addresses of this type",
        "77,  PROXY,       failure 77",
        "240, UNREACHABLE, hidden service is unknown",
        "247, TIME_OUT,    introduction timed out",
    })
    void failuresOfTheProxyAreToldApart(int reply, Kind kind, String words) throws Exception {
        try (RecordingSocks socks = new RecordingSocks(1, Manner.replying(reply));
                PeersUnderTest under = new PeersUnderTest(tor(socks.address()))) {
            PeerFailure failure = refused(under, ONION);
            assertEquals(kind, failure.kind(), failure.reason());
            assertTrue(failure.reason().contains(words), failure.reason());
            assertTrue(failure.reason().contains("tor_proxy " + socks.address()), failure.reason());
        }
    }

    @Test
    void hiddenNameWithoutItsProxyGoesNowhere() {
        try (PeersUnderTest under = new PeersUnderTest()) {
            assertEquals(Kind.NO_ROUTE, refused(under, ONION).kind());
            assertEquals(Kind.NO_ROUTE, refused(under, new HostPort("x.i2p", 1)).kind());
            assertEquals(List.of(), under.lookedUp);
        }
    }

    @Test
    void proxyThatIsDownIsTheProxysFault() throws Exception {
        HostPort down;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            down = new HostPort("127.0.0.1", socket.getLocalPort());
        }
        try (PeersUnderTest under = new PeersUnderTest(tor(down))) {
            PeerFailure failure = refused(under, ONION);
            assertEquals(Kind.PROXY, failure.kind());
            assertTrue(failure.reason().contains("tor_proxy"), failure.reason());
            assertEquals(List.of(), under.lookedUp);
        }
    }

    @Test
    void silentProxyHasTwiceTheTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PeersUnderTest under = new PeersUnderTest(tor(new HostPort("127.0.0.1", silent.getLocalPort())))) {
            CompletableFuture<PeerFailure> failure = new CompletableFuture<>();
            Thread.startVirtualThread(() -> failure.complete(refused(under, ONION)));
            try (Socket accepted = silent.accept()) {
                accepted.getInputStream().read(); // the deadline of the answer is set before that
                under.time.advance(PeersUnderTest.TIMEOUT.multipliedBy(2).minusSeconds(1));
                assertTrue(accepted.isConnected() && !failure.isDone());
                Await.until("the time-out", () -> {
                    under.time.advance(Duration.ofSeconds(2));
                    return failure.isDone();
                });
                assertEquals(Kind.TIME_OUT, failure.join().kind());
            }
        }
    }

    @Test
    void whatAProxyMaySendBesidesSocksIsHarmless() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] answer = new byte[random.nextInt(600)];
            random.nextBytes(answer);
            for (int j = 0; j < Math.min(answer.length, random.nextInt(8)); j++) {
                answer[j] = new byte[] {5, 0, 5, 0, 0, 3, (byte) 255, 0}[j];
            }
            try (ServerSocket hostile = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    PeersUnderTest under =
                            new PeersUnderTest(plain(new HostPort("127.0.0.1", hostile.getLocalPort())))) {
                Thread.startVirtualThread(() -> answer(hostile, answer));
                PeerFailure failure = refused(under, NAME);
                assertTrue(failure.reason().length() < 2000, () -> "seed " + seed);
            }
        }
    }

    private static void answer(ServerSocket listener, byte[] answer) {
        try (Socket socket = listener.accept()) {
            socket.getOutputStream().write(answer);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // the client has had enough
        }
    }
}

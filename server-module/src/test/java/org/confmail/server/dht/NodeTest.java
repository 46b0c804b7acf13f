package org.confmail.server.dht;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.confmail.server.block.Key;
import org.confmail.server.dht.SimulatedNetwork.Weather;
import org.confmail.server.dht.wire.Contact;
import org.confmail.server.dht.wire.Message;
import org.confmail.server.dht.wire.Query;
import org.confmail.server.dht.wire.Result;
import org.junit.jupiter.api.Test;

/** One node among others whose words a test chooses. */
class NodeTest {
    private static final InetSocketAddress PEER = SimulatedNet.address(500);
    private static final InetSocketAddress OTHER = SimulatedNet.address(501);

    private final SimulatedNet net = new SimulatedNet(1, Weather.GOOD);
    private final SimulatedNet.Member member = net.joinOne();
    private final Key peerId = net.randomKey();
    private final List<Message> heard = new ArrayList<>();

    private Message.Request send(Query query) {
        Message.Request request = new Message.Request(net.randomKey(), peerId, query);
        net.network.send(request, PEER, member.contact().address());
        net.loop.run(Duration.ofMillis(500));
        return request;
    }

    private void listen(boolean answeringPings) {
        net.network.attach(PEER, (message, from) -> {
            heard.add(message);
            if (answeringPings && message instanceof Message.Request(Key id, var _, Query.Ping())) {
                net.network.send(new Message.Response(id, peerId, Result.PONG), PEER, from);
            }
        });
    }

    private boolean isKnown() {
        return member.node().table().find(peerId).isPresent();
    }

    private Result answer(Message.Request request) {
        return heard.stream()
                .filter(message -> message.messageId().equals(request.messageId()))
                .map(message ->
                        assertInstanceOf(Message.Response.class, message).result())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyMethodIsAnswered() {
        listen(true);
        assertEquals(Result.PONG, answer(send(new Query.Ping())));
        Key key = SimulatedHeld.key("name");
        byte[] value = SimulatedHeld.value("name", 1);
        assertInstanceOf(Result.Contacts.class, answer(send(new Query.FindValue(key))));
        assertEquals(Result.OK, answer(send(new Query.Store(key, value, Optional.empty(), Duration.ofSeconds(7)))));
        assertTrue(member.held().holds(key));
        assertInstanceOf(Result.Value.class, answer(send(new Query.FindValue(key))));
        assertEquals(new Result.Contacts(List.of()), answer(send(new Query.FindNode(key))), "never the asking node");
        assertEquals(new Result.Contacts(List.of()), answer(send(new Query.Delete(key))));
        assertTrue(member.held().holds(key));
        Message.Request unknown = send(new Query.Unknown("shutdown"));
        assertEquals(
                new Message.Failure(
                        unknown.messageId(),
                        member.contact().id(),
                        "exceptions.AttributeError",
                        "Invalid method: shutdown"),
                heard.getLast());
    }

    @Test
    void valueIsReadOnlyForOneWhoMayHaveIt() {
        listen(true);
        Key key = SimulatedHeld.key("name");
        byte[] value = SimulatedHeld.value("name", 1);
        send(new Query.Store(key, value, Optional.empty(), Duration.ZERO));
        heard.clear();

        net.network.leave = Transport.Leave.REFUSED;
        for (int i = 0; i < 100; i++) {
            send(new Query.FindValue(key));
        }
        assertFalse(wasPinged());
        net.network.leave = Transport.Leave.PROOF_WANTED;
        send(new Query.FindValue(key));
        assertTrue(wasPinged());
        assertTrue(heard.stream().noneMatch(Message.Response.class::isInstance));
        assertEquals(0, member.held().finds());

        net.network.leave = Transport.Leave.GRANTED;
        assertInstanceOf(Result.Value.class, answer(send(new Query.FindValue(key))));
        assertEquals(1, member.held().finds());
    }

    private boolean wasPinged() {
        return heard.stream()
                .anyMatch(
                        message -> message instanceof Message.Request request && request.query() instanceof Query.Ping);
    }

    @Test
    void whoAsksEntersTheTableOnlyWhenHeAnswers() {
        listen(false);
        send(new Query.Ping());
        net.loop.run(Duration.ofSeconds(10));
        assertFalse(isKnown());
        listen(true);
        send(new Query.Ping());
        assertTrue(isKnown());
    }

    @Test
    void answerFromAnotherAddressCountsForNothing() {
        net.network.attach(PEER, (message, from) -> {
            if (message instanceof Message.Request(Key id, var _, Query.Ping())) {
                net.network.send(new Message.Response(id, peerId, Result.PONG), OTHER, from);
                net.network.send(new Message.Response(net.randomKey(), peerId, Result.PONG), PEER, from);
            }
        });
        send(new Query.Ping());
        net.loop.run(Duration.ofSeconds(10));
        assertFalse(isKnown());
        assertTrue(net.counters.answersSpoofed().value() > 0);
        assertTrue(net.counters.answersUnasked().value() > 0);
    }

    @Test
    void strangersMakeTheNodePingOnlySoOften() {
        listen(false);
        long before = net.counters.requestsSent().value();
        for (int i = 0; i < 1000; i++) {
            net.network.send(
                    new Message.Request(net.randomKey(), net.randomKey(), new Query.Ping()),
                    SimulatedNet.address(1000 + i),
                    member.contact().address());
        }
        net.loop.run(Duration.ofSeconds(1));
        assertTrue(net.counters.requestsSent().value() - before <= 40);
    }

    @Test
    void knownNodeMovesOnlyWhenItsOldAddressIsDead() {
        listen(true);
        send(new Query.Ping());
        assertTrue(isKnown());
        // Somebody else claims the id while its owner is there.
        Contact claimed = new Contact(peerId, OTHER);
        Liveness liveness = new Liveness(member.node().table(), net.loop);
        liveness.askBy(member.node().lookups().rpc());
        liveness.answered(claimed);
        net.loop.run(Duration.ofSeconds(20));
        assertEquals(PEER, address());
        net.network.detach(PEER);
        for (int i = 0; i < 2; i++) {
            liveness.answered(claimed);
            net.loop.run(Duration.ofSeconds(20));
        }
        assertEquals(OTHER, address());
    }

    private InetSocketAddress address() {
        return member.node().table().find(peerId).orElseThrow().contact().address();
    }

    @Test
    void roundTripsDecideHowLongToWait() {
        RoundTrips trips = new RoundTrips();
        Duration unknown = trips.patience(PEER);
        for (int i = 0; i < 50; i++) {
            trips.measured(PEER, Duration.ofMillis(300), true);
            trips.measured(OTHER, Duration.ofMillis(i % 2 == 0 ? 20 : 600), true);
        }
        assertTrue(trips.patience(PEER).compareTo(unknown) < 0);
        assertTrue(trips.patience(PEER).compareTo(Duration.ofMillis(300)) >= 0);
        assertTrue(trips.patience(OTHER).compareTo(Duration.ofMillis(600)) > 0, "one that varies is waited for");
    }

    @Test
    void distancesAreThoseOfTheMetric() {
        SplittableRandom random = new SplittableRandom(3);
        Key key = net.randomKey();
        for (int bits = 0; bits < Distance.BITS; bits++) {
            Key other = Distance.randomSharing(key, bits, random);
            assertEquals(bits, Distance.sharedBits(key, other));
            assertEquals(bits, Distance.sharedBits(key, Distance.flip(key, bits)));
            double log2 = Distance.log2(key, other);
            assertTrue(log2 >= Distance.BITS - bits - 1 && log2 <= Distance.BITS - bits, () -> "2^" + log2);
        }
        assertTrue(Distance.isCloser(key, key, net.randomKey()));
    }
}

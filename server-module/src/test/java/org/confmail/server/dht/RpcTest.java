package org.confmail.server.dht;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;
import org.confmail.server.dht.wire.Message;
import org.confmail.server.dht.wire.Query;
import org.confmail.server.dht.wire.Result;
import org.confmail.server.metrics.Metrics;
import org.junit.jupiter.api.Test;

/** How long requests wait, with a network that a test plays. */
class RpcTest {
    private static final InetSocketAddress PEER = SimulatedNet.address(500);
    private static final Key KEY = SimulatedHeld.key("name");

    private final SimulatedLoop loop = new SimulatedLoop();
    private final List<Message> sent = new ArrayList<>();
    private final List<String> fates = new ArrayList<>();
    private boolean arriving;
    private final Rpc rpc =
            new Rpc(KEY, loop, new Played(), new SplittableRandom(1), new Nobody(), DhtCounters.in(new Metrics()));

    private void ask(Query query) {
        rpc.ask(PEER, query, new Rpc.Fate() {
            @Override
            public void slow() {
                fates.add("slow");
            }

            @Override
            public void answered(Contact by, Result result) {
                fates.add("answered");
            }

            @Override
            public void failed() {
                fates.add("failed");
            }
        });
    }

    private void answer() {
        rpc.received(new Message.Response(sent.getLast().messageId(), KEY, Result.OK), PEER);
    }

    /** So that the peer is known to answer within milliseconds. */
    private void makeQuick() {
        for (int i = 0; i < 20; i++) {
            ask(new Query.Ping());
            loop.run(Duration.ofMillis(5));
            answer();
        }
        sent.clear();
        fates.clear();
    }

    @Test
    void silentPeerIsAskedTwiceAndGivenUpSoon() {
        makeQuick();
        ask(new Query.FindValue(KEY));
        loop.run(Duration.ofMillis(500));
        assertEquals(List.of("slow", "failed"), fates);
        assertEquals(2, sent.size());
    }

    @Test
    void longAnswerThatIsArrivingIsWaitedForAndNotAskedForAgain() {
        makeQuick();
        ask(new Query.FindValue(KEY));
        arriving = true;
        loop.run(Duration.ofSeconds(4));
        assertEquals(List.of("slow"), fates);
        assertEquals(1, sent.size());
        answer();
        assertEquals(List.of("slow", "answered"), fates);
        // What it took is not taken for the peer's usual time.
        arriving = false;
        fates.clear();
        ask(new Query.Ping());
        loop.run(Duration.ofMillis(500));
        assertEquals(List.of("slow", "failed"), fates);
    }

    @Test
    void longAnswerThatStopsOrNeverEndsIsGivenUp() {
        makeQuick();
        arriving = true;
        ask(new Query.FindValue(KEY));
        loop.run(Duration.ofSeconds(2));
        arriving = false;
        loop.run(Duration.ofSeconds(1));
        assertEquals(List.of("slow", "failed"), fates);
        arriving = true;
        ask(new Query.FindValue(KEY));
        loop.run(Duration.ofSeconds(11));
        assertEquals(List.of("slow", "failed", "slow", "failed"), fates);
        assertEquals(0, rpc.pending());
    }

    @Test
    void longStoreHasTheTimeThatItTakesOnTheLine() {
        makeQuick();
        ask(new Query.Store(KEY, new byte[64 << 10], Optional.empty(), Duration.ZERO));
        loop.run(Duration.ofSeconds(2));
        assertEquals(List.of(), fates);
        assertEquals(1, sent.size());
        loop.run(Duration.ofSeconds(3));
        assertEquals(List.of("slow", "failed"), fates);
        assertTrue(sent.size() <= 2);
    }

    private final class Played implements Transport {
        @Override
        public boolean send(Message message, InetSocketAddress to) {
            sent.add(message);
            return true;
        }

        @Override
        public Leave leaveForValue(InetSocketAddress to, long bytes) {
            throw new AssertionError("nothing is answered here");
        }

        @Override
        public void sendValue(Message.Response answer, InetSocketAddress to) {
            throw new AssertionError("nothing is answered here");
        }

        @Override
        public boolean isArriving(InetSocketAddress from, Key messageId) {
            return arriving;
        }

        @Override
        public void answered(InetSocketAddress by) {}

        @Override
        public void givenUp(InetSocketAddress address, Key messageId) {}
    }

    private static final class Nobody implements Rpc.Contacts {
        @Override
        public void answered(Contact contact) {}

        @Override
        public void failed(Contact contact) {}
    }
}

package org.confmail.server.dht.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Budgets.Limits;
import org.confmail.server.dht.wire.Budgets.Pace;
import org.confmail.server.dht.wire.Message.Request;
import org.confmail.server.dht.wire.Message.Response;
import org.confmail.server.dht.wire.Query.Ping;
import org.confmail.server.dht.wire.Result.Value;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.metrics.Metrics.Sample;
import org.confmail.server.time.ManualTime;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.ofLiteral("203.0.113.1"), 4000);
    private static final Key ID = Key.sha1(new byte[] {1});
    private static final Key NODE = Key.sha1(new byte[] {2});
    private static final Request PING = new Request(ID, NODE, new Ping());

    private final ManualTime time = new ManualTime();
    private final Metrics metrics = new Metrics();

    private Intake intake(int requests) {
        Limits limits =
                new Limits(new Pace(requests, 1), new Pace(1_000_000, 1), new Pace(1000, 100), new Pace(50, 10));
        return new Intake(new Reassembly(time, (_, _) -> false), new Budgets(limits, time), metrics);
    }

    private long refused(String reason) {
        return metrics.samples().stream()
                .filter(sample -> sample.name().equals("dht_refused_" + reason + "_total"))
                .mapToLong(Sample::value)
                .findFirst()
                .orElseThrow();
    }

    private long refusedInAll() {
        return metrics.samples().stream()
                .filter(sample -> sample.name().startsWith("dht_refused_"))
                .mapToLong(Sample::value)
                .sum();
    }

    @Test
    void messageOfOneDatagramIsTaken() {
        assertEquals(Optional.of(PING), intake(1).take(PEER, MessageCodec.encode(PING)));
        assertEquals(0, refusedInAll());
    }

    @Test
    void messageOfFragmentsIsTakenWithItsLastOne() {
        byte[] value = new byte[60_000];
        new Random(1).nextBytes(value);
        Fragments fragments = new Fragments(ID, MessageCodec.encode(new Response(ID, NODE, new Value(NODE, value))));
        Intake intake = intake(1);
        for (int i = 0; i < fragments.count() - 1; i++) {
            assertEquals(Optional.empty(), intake.take(PEER, fragments.datagram(i)));
        }
        Optional<Message> message = intake.take(PEER, fragments.datagram(fragments.count() - 1));
        assertTrue(message.orElseThrow() instanceof Response(var _, var _, Value(var key, var bytes))
                && key.equals(NODE)
                && Arrays.equals(value, bytes));
    }

    @Test
    void garbageIsCountedByItsReason() {
        Intake intake = intake(1);
        assertEquals(Optional.empty(), intake.take(PEER, new byte[0]));
        assertEquals(Optional.empty(), intake.take(PEER, new byte[] {'x'}));
        assertEquals(Optional.empty(), intake.take(PEER, new byte[26]));
        assertEquals(1, refused("cut_off"));
        assertEquals(1, refused("missing_part"));
        assertEquals(1, refused("bad_fragment"));
        assertEquals(3, refusedInAll());
    }

    @Test
    void fragmentsOfAnotherMessagesIdAreRefused() {
        byte[] message = MessageCodec.encode(new Response(ID, NODE, new Value(NODE, new byte[9000])));
        Fragments fragments = new Fragments(NODE, message);
        Intake intake = intake(1);
        intake.take(PEER, fragments.datagram(0));
        assertEquals(Optional.empty(), intake.take(PEER, fragments.datagram(1)));
        assertEquals(1, refused("other_id"));
    }

    @Test
    void requestsAboveTheBudgetAreRefusedAndAnswersAreNot() {
        Intake intake = intake(2);
        byte[] ping = MessageCodec.encode(PING);
        assertTrue(intake.take(PEER, ping).isPresent());
        assertTrue(intake.take(PEER, ping).isPresent());
        assertEquals(Optional.empty(), intake.take(PEER, ping));
        assertEquals(1, refused("over_budget"));
        assertTrue(intake.take(PEER, MessageCodec.encode(new Response(ID, NODE, Result.PONG)))
                .isPresent());
    }

    /** A second's worth of what the fuzzer does for minutes. */
    @Test
    void everyDatagramIsAMessageOrAFragmentOrCounted() {
        long seed = 20_261_122;
        Random random = new Random(seed);
        Intake intake = intake(1_000_000);
        List<byte[]> seeds = MessageFuzzTest.seeds();
        long messages = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] datagram = spoilt(seeds.get(random.nextInt(seeds.size())), random);
            long before = refusedInAll(i);
            boolean taken = intake.take(PEER, datagram).isPresent();
            messages += taken ? 1 : 0;
            if (i % 1000 == 0 && !taken && !Fragments.isFragment(datagram)) {
                assertEquals(before + 1, refusedInAll(), "seed " + seed + ", datagram " + i);
            }
        }
        assertTrue(messages > 1000 && messages < 99_000, "messages: " + messages);
    }

    /** Adding all counters takes longer than a datagram: it is done for some only. */
    private long refusedInAll(int datagram) {
        return datagram % 1000 == 0 ? refusedInAll() : 0;
    }

    private static byte[] spoilt(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(Math.min(bytes.length, 200));
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "dlife0123456789:-.".charAt(random.nextInt(18));
                case 2 -> bytes = Arrays.copyOf(bytes, bytes.length - random.nextInt(Math.min(50, bytes.length)));
                default -> System.arraycopy(bytes, at, bytes, at / 2, Math.min(30, bytes.length - at));
            }
        }
        return bytes;
    }

    @Test
    void fuzzedDatagramsAreTheRealOnes() {
        assertArrayEquals(
                Datagrams.asked("delete").getFirst(), MessageFuzzTest.seeds().getFirst());
    }
}

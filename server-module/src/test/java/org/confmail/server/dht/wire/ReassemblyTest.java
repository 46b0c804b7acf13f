package org.confmail.server.dht.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Reassembly.Refusal;
import org.confmail.server.dht.wire.Reassembly.Waiting;
import org.confmail.server.dht.wire.Reassembly.Whole;
import org.confmail.server.time.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReassemblyTest {
    private static final Key ID = id(0);
    private static final InetSocketAddress PEER = peer(1);

    private final ManualTime time = new ManualTime();
    private final Set<Key> expected = new HashSet<>();
    private final Reassembly reassembly = new Reassembly(time, (_, id) -> expected.contains(id));

    private static Key id(int number) {
        return Key.sha1(ByteBuffer.allocate(4).putInt(number).array());
    }

    private static InetSocketAddress peer(int number) {
        byte[] address = ByteBuffer.allocate(4).putInt(0x0a000000 + number).array();
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), 4000);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] fragment(Key id, int count, int number, int bytes) {
        return ByteBuffer.allocate(Fragments.HEADER_BYTES + bytes)
                .put((byte) 0)
                .putShort((short) count)
                .putShort((short) number)
                .put(id.bytes())
                .array();
    }

    private static byte[] full(Key id, int count, int number) {
        return fragment(id, count, number, Fragments.PIECE_BYTES_MAX);
    }

    @Test
    void fragmentsComeInAnyOrderAndTwice() {
        byte[] message = new byte[100_000];
        new Random(1).nextBytes(message);
        Fragments fragments = new Fragments(ID, message);
        for (int seed = 0; seed < 20; seed++) {
            List<byte[]> datagrams = new ArrayList<>();
            for (int i = 0; i < fragments.count(); i++) {
                datagrams.add(fragments.datagram(i));
            }
            Collections.shuffle(datagrams, new Random(seed));
            for (byte[] datagram : datagrams.subList(0, datagrams.size() - 1)) {
                assertEquals(Waiting.WAITING, reassembly.add(PEER, datagram));
                assertEquals(Refusal.REPEATED_FRAGMENT, reassembly.add(PEER, datagram));
            }
            Whole whole = assertInstanceOf(Whole.class, reassembly.add(PEER, datagrams.getLast()), "seed " + seed);
            assertEquals(ID, whole.messageId());
            assertArrayEquals(message, whole.message());
            assertEquals(0, reassembly.heldBytes());
        }
    }

    @Test
    void expectedMessageArrivesAsLongAsNewFragmentsCome() {
        expected.add(ID);
        assertFalse(reassembly.isArriving(PEER, ID));
        reassembly.add(PEER, full(ID, 3, 0));
        assertFalse(reassembly.isArriving(peer(2), ID));
        time.advance(Reassembly.ARRIVING);
        assertTrue(reassembly.isArriving(PEER, ID));
        reassembly.add(PEER, full(ID, 3, 1));
        time.advance(Reassembly.ARRIVING);
        reassembly.add(PEER, full(ID, 3, 1)); // not a new one
        assertTrue(reassembly.isArriving(PEER, ID));
        time.advance(Duration.ofMillis(1));
        assertFalse(reassembly.isArriving(PEER, ID));
        reassembly.add(PEER, fragment(ID, 3, 2, 1));
        assertFalse(reassembly.isArriving(PEER, ID), "it is complete");
    }

    @Test
    void nobodyAddsToTheMessageOfAnother() {
        assertEquals(Waiting.WAITING, reassembly.add(PEER, full(ID, 2, 0)));
        assertEquals(Waiting.WAITING, reassembly.add(peer(2), fragment(ID, 2, 1, 1)));
        InetSocketAddress otherPort = new InetSocketAddress(PEER.getAddress(), PEER.getPort() + 1);
        assertEquals(Waiting.WAITING, reassembly.add(otherPort, fragment(ID, 2, 1, 1)));
        assertInstanceOf(Whole.class, reassembly.add(PEER, fragment(ID, 2, 1, 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,8166",
        "0,0,0",
        "1,0,10",
        "2,2,8166",
        "2,2,1",
        "2,0,8165",
        "2,0,8167",
        "2,1,0",
        "2,1,8167",
        "3,1,1",
        "65535,65535,8166"
    })
    void fragmentThatNoSenderMakesIsRefused(int count, int number, int bytes) {
        assertEquals(Refusal.BAD_FRAGMENT, reassembly.add(PEER, fragment(ID, count, number, bytes)));
        assertEquals(0, reassembly.heldBytes());
    }

    @Test
    void otherCountIsRefusedAndTheMessageStillBecomesWhole() {
        assertEquals(Waiting.WAITING, reassembly.add(PEER, full(ID, 3, 0)));
        assertEquals(Refusal.OTHER_COUNT, reassembly.add(PEER, full(ID, 4, 1)));
        assertEquals(Refusal.OTHER_COUNT, reassembly.add(PEER, fragment(ID, 2, 1, 1)));
        assertEquals(Waiting.WAITING, reassembly.add(PEER, full(ID, 3, 1)));
        assertInstanceOf(Whole.class, reassembly.add(PEER, fragment(ID, 3, 2, 1)));
    }

    @Test
    void largestMailboxComesInOnlyWhenItWasAskedFor() {
        int count = Math.ceilDiv(Reassembly.MESSAGE_BYTES_MAX, Fragments.PIECE_BYTES_MAX);
        assertEquals(Refusal.MESSAGE_TOO_LONG, reassembly.add(PEER, full(ID, count, 0)));
        expected.add(ID);
        assertEquals(Refusal.MESSAGE_TOO_LONG, reassembly.add(PEER, full(ID, count + 1, 0)));
        for (int i = 0; i < count - 1; i++) {
            assertEquals(Waiting.WAITING, reassembly.add(PEER, full(ID, count, i)));
        }
        Whole whole = assertInstanceOf(Whole.class, reassembly.add(PEER, fragment(ID, count, count - 1, 5)));
        assertEquals((count - 1) * Fragments.PIECE_BYTES_MAX + 5, whole.message().length);
    }

    @Test
    void silenceEndsAMessage() {
        reassembly.add(PEER, full(ID, 3, 0));
        time.advance(ReassemblyPool.SILENCE_MAX);
        reassembly.add(PEER, full(ID, 3, 1));
        time.advance(ReassemblyPool.SILENCE_MAX.plusNanos(1));
        reassembly.expire();
        assertEquals(0, reassembly.heldBytes());
        assertEquals(1, reassembly.dropped());
        assertEquals(Waiting.WAITING, reassembly.add(PEER, fragment(ID, 3, 2, 1)));
    }

    @Test
    void refusedFragmentsDontKeepAMessage() {
        reassembly.add(PEER, full(ID, 3, 0));
        reassembly.add(peer(2), full(ID, 3, 0));
        time.advance(ReassemblyPool.SILENCE_MAX);
        assertEquals(Refusal.REPEATED_FRAGMENT, reassembly.add(PEER, full(ID, 3, 0)));
        time.advance(Duration.ofNanos(1));
        reassembly.expire();
        assertEquals(0, reassembly.heldBytes());
    }

    @Test
    void drippingEndsAfterAMinute() {
        for (int i = 0; i < 20; i++) {
            assertEquals(Waiting.WAITING, reassembly.add(PEER, full(ID, 400, i)));
            time.advance(Duration.ofSeconds(3));
        }
        time.advance(Duration.ofSeconds(1));
        assertEquals(Refusal.TOO_SLOW, reassembly.add(PEER, full(ID, 400, 20)));
        assertEquals(0, reassembly.heldBytes());
    }

    @Test
    void oneAddressHasItsShareOnly() {
        int added = 0;
        while (reassembly.add(PEER, full(id(added), 2, 0)) == Waiting.WAITING) {
            added++;
        }
        assertEquals(1024, added);
        assertEquals(Refusal.TOO_MUCH_UNDER_WAY, reassembly.add(PEER, full(id(added), 2, 0)));
        assertEquals(Waiting.WAITING, reassembly.add(peer(2), full(id(added), 2, 0)));
        assertInstanceOf(Whole.class, reassembly.add(PEER, fragment(id(7), 2, 1, 1)));
        assertEquals(Waiting.WAITING, reassembly.add(PEER, full(id(added), 2, 0)));
    }

    @Test
    void oneAddressHasItsBytesOnly() {
        int added = 0;
        while (reassembly.add(PEER, full(id(added / 500), 501, added % 500)) == Waiting.WAITING) {
            added++;
        }
        assertTrue(added > 1500 && added < 2500, () -> "fragments held: " + reassembly.heldBytes());
        assertTrue(reassembly.heldBytes() <= 16 << 20);
    }

    @Test
    void unaskedFloodIsBoundedAndLeavesAnswersAlone() {
        expected.add(ID);
        assertEquals(Waiting.WAITING, reassembly.add(PEER, full(ID, 2, 0)));
        byte[] shared = full(id(1), 2, 0);
        for (int i = 0; i < 20_000; i++) {
            assertEquals(Waiting.WAITING, reassembly.add(peer(i), shared));
            assertTrue(reassembly.heldBytes() < 65L << 20);
        }
        assertTrue(reassembly.dropped() > 10_000);
        assertInstanceOf(Whole.class, reassembly.add(PEER, fragment(ID, 2, 1, 1)));
        assertInstanceOf(Whole.class, reassembly.add(peer(19_999), fragment(id(1), 2, 1, 1)));
    }

    @Test
    void emptyFragmentsOfLongMessagesCountTheirPlaces() {
        byte[] last = fragment(id(1), 500, 499, 1);
        for (int i = 0; i < 20_000; i++) {
            reassembly.add(peer(i), last);
        }
        assertTrue(reassembly.heldBytes() > 8L << 20);
        assertTrue(reassembly.heldBytes() <= 64L << 20);
    }

    @Test
    void answerThatIsNoLongerWaitedForIsForgotten() {
        expected.add(ID);
        reassembly.add(PEER, full(ID, 2, 0));
        assertTrue(reassembly.heldBytes() > 0);
        reassembly.forget(PEER, ID);
        reassembly.forget(PEER, ID);
        assertEquals(0, reassembly.heldBytes());
    }
}

package org.confmail.server.dht.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.confmail.server.block.Key;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.metrics.Metrics.Sample;
import org.confmail.server.net.DatagramLink;
import org.confmail.server.time.ManualTime;
import org.junit.jupiter.api.Test;

class MessageSenderTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000);
    private static final Key ID = Key.sha1(new byte[] {1});

    private final ManualTime time = new ManualTime();
    private final Metrics metrics = new Metrics();
    private final List<byte[]> sent = new ArrayList<>();
    private final MessageSender sender = new MessageSender(
            new DatagramLink() {
                @Override
                public void start(Receiver receiver) {}

                @Override
                public void send(InetSocketAddress to, byte[] datagram) {
                    sent.add(datagram);
                }

                @Override
                public InetSocketAddress localAddress() {
                    return PEER;
                }

                @Override
                public void close() {}
            },
            time,
            metrics);

    private long metric(String name) {
        return metrics.samples().stream()
                .filter(sample -> sample.name().equals(name))
                .mapToLong(Sample::value)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shortMessageIsSentAtOnce() {
        byte[] message = {'d', 'e'};
        sender.send(PEER, new Fragments(ID, message));
        assertEquals(1, sent.size());
        assertArrayEquals(message, sent.getFirst());
    }

    @Test
    void fragmentsAreSentOneAMillisecond() {
        Fragments fragments = new Fragments(ID, new byte[3 * Fragments.PIECE_BYTES_MAX]);
        sender.send(PEER, fragments);
        assertEquals(1, sent.size());
        assertEquals(fragments.bytes(), metric("dht_sending_bytes"));
        time.advance(Fragments.SPACING);
        assertEquals(2, sent.size());
        time.advance(Fragments.SPACING);
        assertEquals(3, sent.size());
        time.advance(Fragments.SPACING);
        assertEquals(3, sent.size());
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(fragments.datagram(i), sent.get(i));
        }
        assertEquals(0, metric("dht_sending_bytes"));
    }

    @Test
    void whatWaitsIsBounded() {
        byte[] message = new byte[Reassembly.MESSAGE_BYTES_MAX];
        for (int i = 0; i < 4; i++) {
            sender.send(PEER, new Fragments(ID, message));
        }
        assertEquals(2, sent.size());
        assertEquals(2, metric("dht_messages_not_sent_total"));
        sender.send(PEER, new Fragments(ID, new byte[10]));
        assertEquals(3, sent.size());
    }

    @Test
    void closedSenderSendsNoMoreFragments() {
        sender.send(PEER, new Fragments(ID, new byte[9000]));
        sender.send(PEER, new Fragments(ID, new byte[19000]));
        sender.close();
        time.advance(Fragments.SPACING);
        int atClose = sent.size();
        time.advance(Fragments.SPACING);
        assertEquals(atClose, sent.size());
        assertEquals(0, metric("dht_sending_bytes"));
    }
}

package org.confmail.server.dht.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Message.Request;
import org.confmail.server.dht.wire.Message.Response;
import org.confmail.server.dht.wire.Query.Store;
import org.confmail.server.dht.wire.Reassembly.Whole;
import org.confmail.server.dht.wire.Result.Value;
import org.confmail.server.time.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentsTest {
    private static final Key ID = Key.sha1(new byte[] {1});
    private static final InetSocketAddress FROM = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

    private static byte[] together(List<byte[]> datagrams) {
        Reassembly reassembly = new Reassembly(new ManualTime(), (_, _) -> false);
        datagrams
                .subList(0, datagrams.size() - 1)
                .forEach(datagram -> assertSame(Reassembly.Waiting.WAITING, reassembly.add(FROM, datagram)));
        return assertInstanceOf(Whole.class, reassembly.add(FROM, datagrams.getLast()))
                .message();
    }

    private static byte[] random(int bytes) {
        byte[] message = new byte[bytes];
        new Random(bytes).nextBytes(message);
        return message;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "8166,1", "8167,2", "16332,2", "16333,3"})
    void onlyAMessageLongerThanADatagramIsCut(int bytes, int datagrams) {
        byte[] message = random(bytes);
        Fragments fragments = new Fragments(ID, message);
        assertEquals(datagrams, fragments.count());
        long sum = 0;
        for (int i = 0; i < datagrams; i++) {
            sum += fragments.datagram(i).length;
            assertTrue(fragments.datagram(i).length <= 8192);
        }
        assertEquals(sum, fragments.bytes());
        if (datagrams > 1) {
            List<byte[]> all =
                    IntStream.range(0, datagrams).mapToObj(fragments::datagram).toList();
            assertArrayEquals(message, together(all));
        }
    }

    @Test
    void existingNodesRequestIsPutTogetherAndCutTheSame() throws Exception {
        Request request = assertInstanceOf(Request.class, repeated(Datagrams.asked("store-fragmented")));
        Store store = assertInstanceOf(Store.class, request.query());
        assertEquals(20_097, store.value().length);
    }

    @Test
    void existingNodesAnswerIsPutTogetherAndCutTheSame() throws Exception {
        Response response = assertInstanceOf(Response.class, repeated(Datagrams.answered("find-value-fragmented")));
        Value value = assertInstanceOf(Value.class, response.result());
        assertEquals(20_097, value.bytes().length);
        assertEquals("49727F7A76B25E2509A8AD7463A2AB71C7565D77", value.key().toString());
    }

    private static Message repeated(List<byte[]> datagrams) throws MalformedMessageException {
        Message message = MessageCodec.decode(together(datagrams));
        Fragments fragments = new Fragments(message.messageId(), MessageCodec.encode(message));
        assertEquals(datagrams.size(), fragments.count());
        for (int i = 0; i < fragments.count(); i++) {
            assertArrayEquals(datagrams.get(i), fragments.datagram(i));
        }
        return message;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 25})
    void datagramIsAFragmentByItsTwoMarks(int mark) {
        byte[] datagram = new Fragments(ID, random(9000)).datagram(1);
        assertTrue(Fragments.isFragment(datagram));
        datagram[mark] = 'd';
        assertFalse(Fragments.isFragment(datagram));
        assertFalse(Fragments.isFragment(new byte[25]));
        assertTrue(Fragments.isFragment(new byte[26]));
    }

    @Test
    void messageThatFragmentsCantCountIsRefused() {
        int longest = Fragments.FRAGMENTS_MAX * Fragments.PIECE_BYTES_MAX;
        assertEquals(Fragments.FRAGMENTS_MAX, Fragments.countFor(longest));
        assertThrows(IllegalArgumentException.class, () -> Fragments.countFor(longest + 1));
    }
}

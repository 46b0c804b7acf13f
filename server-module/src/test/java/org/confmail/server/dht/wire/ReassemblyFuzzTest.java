package org.confmail.server.dht.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Reassembly.Whole;
import org.confmail.server.time.ManualTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever fragments come in whatever order from whomever: a message that becomes whole has the pieces of its own address and
 * id in the right order, and what is held stays within bounds. Here with seeds; for minutes with {@code mvn -Pfuzz}.
 */
public class ReassemblyFuzzTest {
    private static final int BYTES_A_STEP = 4;
    private static final long HELD_BYTES_MAX = 144L << 20;

    private final ManualTime time = new ManualTime();
    private final Reassembly reassembly = new Reassembly(time, (from, _) -> from.getPort() % 2 == 0);

    static List<byte[]> seeds() {
        return IntStream.range(0, 50)
                .mapToObj(seed -> {
                    byte[] steps = new byte[400];
                    new Random(seed).nextBytes(steps);
                    return steps;
                })
                .toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void messagesBecomeWholeOrNotAtAll(byte[] steps) {
        fuzzerTestOneInput(steps);
    }

    /** What the fuzzer calls: four bytes make a step. */
    public static void fuzzerTestOneInput(byte[] steps) {
        new ReassemblyFuzzTest().all(steps);
    }

    private void all(byte[] steps) {
        ByteBuffer in = ByteBuffer.wrap(steps);
        while (in.remaining() >= BYTES_A_STEP) {
            step(in.get(), Byte.toUnsignedInt(in.get()), Byte.toUnsignedInt(in.get()), Byte.toUnsignedInt(in.get()));
            assertTrue(reassembly.heldBytes() >= 0 && reassembly.heldBytes() <= HELD_BYTES_MAX);
        }
        time.advance(Duration.ofMinutes(1));
        reassembly.expire();
        assertEquals(0, reassembly.heldBytes());
    }

    private void step(byte who, int count, int number, int kind) {
        if (kind > 250) {
            time.advance(Duration.ofSeconds(kind - 250));
        }
        if (kind == 250) {
            // Bytes as they come.
            reassembly.add(from(who), Arrays.copyOf(new byte[] {0, who, who, (byte) number}, 26 + count));
            return;
        }
        int of = count % 6 + (kind > 240 ? 60_000 : 0);
        int index = number % 7;
        int length = kind > 230 ? kind * 40 : index == of - 1 ? kind + 1 : Fragments.PIECE_BYTES_MAX;
        Key id = Key.sha1(new byte[] {(byte) (who >> 2 & 1)});
        byte[] fragment = new byte[Fragments.HEADER_BYTES + length];
        Arrays.fill(fragment, mark(who, index));
        ByteBuffer.wrap(fragment)
                .put((byte) 0)
                .putShort((short) of)
                .putShort((short) index)
                .put(id.bytes())
                .put((byte) 0);
        if (reassembly.add(from(who), fragment) instanceof Whole(var wholeId, var message)) {
            assertEquals(id, wholeId);
            for (int at = 0; at < message.length; at++) {
                assertEquals(mark(who, at / Fragments.PIECE_BYTES_MAX), message[at]);
            }
        }
    }

    /** What the pieces of this number consist of. */
    private static byte mark(byte who, int number) {
        return (byte) ((who & 7) * 16 + number);
    }

    private static InetSocketAddress from(byte who) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1000 + (who & 3));
    }
}

package org.confmail.server.dht.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes, there is a message or a reason; a message that was read is written and read again the same. Here with
 * the seeds; for minutes and with all that can be made of them with {@code mvn -Pfuzz}.
 */
public class MessageFuzzTest {

    static List<byte[]> seeds() {
        return Datagrams.names().stream()
                .flatMap(name -> Stream.concat(Datagrams.asked(name).stream(), Datagrams.answered(name).stream()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bytesAreAMessageOrRefused(byte[] bytes) throws Exception {
        fuzzerTestOneInput(bytes);
    }

    /** What the fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] bytes) throws Exception {
        Message message;
        try {
            message = MessageCodec.decode(bytes);
        } catch (MalformedMessageException e) {
            assertNotNull(e.reason());
            return;
        }
        byte[] written = MessageCodec.encode(message);
        assertArrayEquals(written, MessageCodec.encode(MessageCodec.decode(written)));
    }
}

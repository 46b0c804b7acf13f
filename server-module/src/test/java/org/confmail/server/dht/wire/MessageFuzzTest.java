package org.confmail.server.dht.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever the bytes, there is a message or a reason; a message that was read is written and read again the same. */
class MessageFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void bytesAreAMessageOrRefused(byte[] bytes) throws Exception {
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

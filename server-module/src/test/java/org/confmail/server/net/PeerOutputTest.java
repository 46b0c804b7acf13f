package org.confmail.server.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeerOutputTest {
    /** What was written, and in which pieces. */
    private static final class Pieces extends ByteArrayOutputStream {
        final List<Integer> sizes = new ArrayList<>();

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            sizes.add(length);
            super.write(bytes, offset, length);
        }
    }

    @Test
    void oneAnswerIsOnePiece() throws IOException {
        Pieces pieces = new Pieces();
        PeerOutput out = new PeerOutput(pieces);
        out.line("PASS");
        out.line("EndBlock");
        assertEquals(List.of(), pieces.sizes);
        out.flush();
        assertEquals(List.of(16), pieces.sizes);
        assertEquals("PASS\r\nEndBlock\r\n", pieces.toString(StandardCharsets.ISO_8859_1));
    }

    @Test
    void textAndBytesInAnyMeasureComeOutWhole() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Pieces pieces = new Pieces();
        PeerOutput out = new PeerOutput(pieces);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < 400; i++) {
            byte[] bytes = new byte[random.nextInt(random.nextInt(8) == 0 ? 40_000 : 300)];
            random.nextBytes(bytes);
            int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            String part = new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
            switch (random.nextInt(4)) {
                case 0 -> {
                    out.line(part);
                    expected.writeBytes((part + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                }
                case 1 -> {
                    out.text(bytes, from, bytes.length - from);
                    expected.writeBytes(part.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                }
                case 2 -> {
                    out.write(bytes, from, bytes.length - from);
                    expected.write(bytes, from, bytes.length - from);
                }
                default -> {
                    out.flush();
                    out.idle();
                }
            }
        }
        out.flush();
        assertArrayEquals(expected.toByteArray(), pieces.toByteArray(), "seed " + seed);
    }
}

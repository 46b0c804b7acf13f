package org.confmail.server.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes through is what was there, in fewer readings. */
@Timeout(10)
class ReadAheadTest {
    private static final long SEED = 42;

    private final Random random = new Random(SEED);
    private int readings;

    private ReadAhead ahead(byte[] bytes, int mostAtOnce) {
        return new ReadAhead(new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                readings++;
                return super.read(into, offset, Math.min(length, mostAtOnce));
            }
        });
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void headerAndRecordTakeOneReading() throws Exception {
        byte[] record = bytes(80);
        InputStream in = ahead(record, Integer.MAX_VALUE);
        byte[] read = new byte[80];
        assertEquals(5, in.read(read, 0, 5));
        assertEquals(75, in.available());
        assertEquals(75, in.read(read, 5, 75));
        assertArrayEquals(record, read);
        assertEquals(1, readings);
        assertEquals(-1, in.read(read, 0, 5));
        assertEquals(-1, in.read());
    }

    @Test
    void whatIsThereIsNotWaitedBeyond() throws Exception {
        InputStream in = ahead(bytes(2), Integer.MAX_VALUE);
        assertEquals(0, in.read(new byte[5], 0, 0));
        assertEquals(0, readings);
        assertEquals(2, in.read(new byte[5], 0, 5));
    }

    @Test
    void anyBytesReadInAnyPiecesAreTheSame() throws Exception {
        for (int round = 0; round < 200; round++) {
            byte[] bytes = bytes(random.nextInt(3_000));
            InputStream in = ahead(bytes, 1 + random.nextInt(1_500));
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            byte[] piece = new byte[1_200];
            while (true) {
                if (random.nextInt(10) == 0) {
                    int one = in.read();
                    if (one < 0) {
                        break;
                    }
                    read.write(one);
                } else {
                    int offset = random.nextInt(100);
                    int count = in.read(piece, offset, 1 + random.nextInt(piece.length - offset));
                    if (count < 0) {
                        break;
                    }
                    read.write(piece, offset, count);
                }
            }
            assertArrayEquals(bytes, read.toByteArray(), "round " + round + " of seed " + SEED);
        }
    }
}

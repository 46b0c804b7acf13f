package org.confmail.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogOutputTest {
    private final List<Target> targets = new ArrayList<>();
    private boolean openingFails;

    private LogOutput output() throws IOException {
        return new LogOutput(
                () -> {
                    if (openingFails) {
                        throw new IOException("no such directory");
                    }
                    Target target = new Target();
                    targets.add(target);
                    return target;
                },
                lost -> (lost + " lost\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void line(LogOutput output, String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        output.write(bytes, 0, bytes.length);
    }

    @Test
    void lossIsToldOnceWhenWritingWorksAgain() throws IOException {
        LogOutput output = output();
        line(output, "one");
        targets.getFirst().full = true;
        line(output, "two");
        line(output, "three");
        targets.getFirst().full = false;
        line(output, "four");
        line(output, "five");
        assertEquals("one\n\n2 lost\nfour\nfive\n", targets.getFirst().text());
    }

    @Test
    void reopenedOutputGoesOnInTheNewTarget() throws IOException {
        LogOutput output = output();
        line(output, "one");
        output.reopen();
        line(output, "two");
        assertEquals("one\n", targets.get(0).text());
        assertEquals("two\n", targets.get(1).text());
        assertEquals(List.of(true, false), targets.stream().map(t -> t.closed).toList());
    }

    @Test
    void failedReopeningLeavesTheOldTarget() throws IOException {
        LogOutput output = output();
        openingFails = true;
        assertThrows(IOException.class, output::reopen);
        line(output, "one");
        assertEquals("one\n", targets.getFirst().text());
    }

    /** A file on a disk that may be full. */
    private static final class Target extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean full;
        private boolean closed;

        @Override
        public void write(int b) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            bytes.write(b);
        }

        @Override
        public void close() {
            closed = true;
        }

        private String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}

package org.confmail.server.admin.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminMessage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class OutboxTest {
    @Test
    void nothingOfASubscriptionComesBeforeItsOwnAnswer() throws Exception {
        List<String> lines = new ArrayList<>();
        Outbox[] outbox = new Outbox[1];
        outbox[0] = new Outbox(new Channel(lines) {
            @Override
            void wrote() {
                if (lines.size() == 1) {
                    // Another request is answered while the first answer is being written: it began a subscription.
                    outbox[0].answer(answer(2), () -> {});
                    outbox[0].open(7, new OneEvent());
                } else if (lines.size() == 3) {
                    outbox[0].close();
                }
            }
        });
        outbox[0].answer(answer(1), () -> {});
        outbox[0].writeAll();
        assertTrue(lines.get(0).contains("\"id\":1"), lines.toString());
        assertTrue(lines.get(1).contains("\"id\":2"), lines.toString());
        assertTrue(lines.get(2).contains("first.event"), lines.toString());
        assertEquals(3, lines.size());
    }

    @Test
    void answersBehindOneThatCannotBeWrittenAreGivenUpToo() {
        Outbox outbox = new Outbox(new Channel(new ArrayList<>()) {
            @Override
            void wrote() throws IOException {
                throw new IOException("hung up");
            }
        });
        List<Integer> ended = new ArrayList<>();
        for (int id : new int[] {1, 2, 3}) {
            outbox.answer(answer(id), () -> ended.add(id));
        }
        assertThrows(IOException.class, outbox::writeAll);
        assertEquals(List.of(1, 2, 3), ended);
    }

    private static AdminMessage answer(int id) {
        return new AdminMessage.Result(JsonNodeFactory.instance.numberNode(id), JsonNodeFactory.instance.objectNode());
    }

    /** Has one event, at once. */
    private static final class OneEvent implements Feed {
        private boolean told;

        @Override
        public Optional<AdminMessage.Notification> next(long subscription) {
            if (told) {
                return Optional.empty();
            }
            told = true;
            return Optional.of(new AdminMessage.Notification("first.event", JsonNodeFactory.instance.objectNode()));
        }

        @Override
        public void close() {}
    }

    /** Keeps the lines that are written. */
    private abstract static class Channel implements WritableByteChannel {
        private final List<String> lines;

        Channel(List<String> lines) {
            this.lines = lines;
        }

        abstract void wrote() throws IOException;

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int count = bytes.remaining();
            lines.add(StandardCharsets.UTF_8.decode(bytes).toString());
            wrote();
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}

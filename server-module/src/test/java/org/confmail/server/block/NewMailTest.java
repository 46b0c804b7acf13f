package org.confmail.server.block;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewMailTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String RECIPIENT = "1111111111111111111111111111111111111111";
    private static final Key MAILBOX = Blocks.mailbox(RECIPIENT, "0");
    private static final Optional<Key> TOLD = Key.parse(RECIPIENT);

    private static String announcement(String message) {
        return Blocks.announcement(RECIPIENT, "0", Blocks.hash(message), NOW, List.of(Blocks.hash("data")));
    }

    private static Optional<Key> newMailFor(String posted) {
        return Blocks.valid(MAILBOX, posted, NOW).newMailFor();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "ServerNotify: False,false",
                "  ServerNotify: False,false",
                "servernotify:false ,false",
                "ServerNotify: True,true",
                "ServerNotify: Falsehood,true",
                "X-ServerNotify: False,true",
            })
    void senderMayAskForSilence(String line, boolean told) {
        assertEquals(told ? TOLD : Optional.empty(), newMailFor(announcement("m") + line + "\n"));
    }

    @Test
    void oneAnnouncementThatMayBeToldOfIsEnough() {
        String silent = announcement("one") + "ServerNotify: False\n";
        assertEquals(TOLD, newMailFor(announcement("one")));
        assertEquals(TOLD, newMailFor(silent + "NextMessage\n" + announcement("two")));
        assertEquals(
                Optional.empty(), newMailFor(silent + "NextMessage\n" + announcement("two") + "ServerNotify: False\n"));
    }

    @Test
    void otherBlocksAreNoMail() {
        String hash = Blocks.hash("ack");
        Key key = Key.sha1(java.util.HexFormat.of().parseHex(hash));
        assertEquals(
                Optional.empty(),
                Blocks.valid(key, Blocks.acknowledgment(hash, NOW), NOW).newMailFor());
    }
}

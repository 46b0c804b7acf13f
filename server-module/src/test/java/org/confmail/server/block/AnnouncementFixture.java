package org.confmail.server.block;

import static org.confmail.server.block.Blocks.announcement;
import static org.confmail.server.block.Blocks.hash;
import static org.confmail.server.block.Blocks.merged;
import static org.confmail.server.block.Blocks.valid;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Announcements of messages, and a mailbox for them. */
abstract class AnnouncementFixture {
    static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
    static final Duration AGE = Duration.ofDays(10);
    static final String RECIPIENT = hash("recipient");
    static final Key MAILBOX = Blocks.mailbox(RECIPIENT, "box");
    static final String SEPARATOR = "NextMessage\n";
    static final List<String> PARTS = List.of(hash("part 1"), hash("part 2"));
    static final String GOOD = make("message", NOW);

    static String make(String message, Instant date) {
        return announcement(RECIPIENT, "box", hash(message), date, PARTS);
    }

    static String stored(String posted) {
        return merged(valid(MAILBOX, posted, NOW), null, NOW);
    }
}

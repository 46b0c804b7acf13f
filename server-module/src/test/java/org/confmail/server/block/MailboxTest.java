package org.confmail.server.block;

import static org.confmail.server.block.Blocks.announcement;
import static org.confmail.server.block.Blocks.bytes;
import static org.confmail.server.block.Blocks.hash;
import static org.confmail.server.block.Blocks.merged;
import static org.confmail.server.block.Blocks.text;
import static org.confmail.server.block.Blocks.valid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a mailbox when announcements are posted to it, and what is read of it. */
class MailboxTest extends AnnouncementFixture {
    @Test
    void lastOfEqualHashesInOnePostCountsThoughItIsOlder() {
        String older = make("message", NOW.minusSeconds(60));
        assertEquals(older, stored(GOOD + SEPARATOR + older));
        assertEquals(GOOD, stored(older + SEPARATOR + GOOD));
        // and as the older one it then loses against what is held
        TextBlock both = valid(MAILBOX, GOOD + SEPARATOR + older, NOW);
        assertInstanceOf(Merged.Unchanged.class, both.merge(bytes(make("message", NOW.minusSeconds(30))), NOW));
    }

    @Test
    void lastValidOneOfEqualHashesCounts() {
        String invalid = GOOD.replace("bd,", "bd,0,1,2,3,");
        assertEquals(GOOD, stored(GOOD + SEPARATOR + invalid));
    }

    @Test
    void newerReplacesAndOthersAreKept() {
        String old = make("message", NOW.minusSeconds(60));
        String one = make("one", NOW.minusSeconds(10));
        String two = make("two", NOW.minusSeconds(20));
        assertEquals(
                GOOD + SEPARATOR + one + SEPARATOR + two,
                merged(valid(MAILBOX, GOOD, NOW), one + SEPARATOR + old + SEPARATOR + two, NOW));
    }

    @Test
    void olderAnnouncementDoesNotReplaceNewer() {
        String old = make("message", NOW.minusSeconds(60));
        assertInstanceOf(Merged.Unchanged.class, valid(MAILBOX, old, NOW).merge(bytes(GOOD), NOW));
    }

    @Test
    void equalDateLeavesTheOldOne() {
        assertInstanceOf(
                Merged.Unchanged.class,
                valid(MAILBOX, GOOD + "X-Other: line\n", NOW).merge(bytes(GOOD), NOW));
    }

    @Test
    void expiredAndInvalidOldOnesDropOut() {
        String expired = make("expired", NOW.minus(AGE).minusSeconds(1));
        String future = make("future", NOW.plus(Duration.ofDays(2)));
        String foreign = announcement(RECIPIENT, "other", hash("foreign"), NOW, PARTS);
        String weak = make("weak", NOW).replace("bd,", "bd,0,1,2,3,");
        String torn = make("torn", NOW).substring(0, 100);
        String kept = make("kept", NOW);
        assertEquals(
                GOOD + SEPARATOR + kept,
                merged(
                        valid(MAILBOX, GOOD, NOW),
                        String.join(SEPARATOR, expired, future, foreign, weak, kept, torn),
                        NOW));
    }

    @Test
    void nothingIsWrittenOnlyToDropExpiredOnes() {
        String held = GOOD + SEPARATOR + make("expired", NOW.minus(AGE).minusSeconds(1));
        assertInstanceOf(Merged.Unchanged.class, valid(MAILBOX, GOOD, NOW).merge(bytes(held), NOW));
    }

    @Test
    void expiredHeldOneOfTheSameHashIsNoRival() {
        String held = make("message", NOW.plus(Duration.ofDays(2)));
        assertEquals(GOOD, merged(valid(MAILBOX, GOOD, NOW), held, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Type: acknowledgment\nDate: 2026-11-22T14:00:00Z\n",
                "Type: address-claim\nDate: 2026-11-22T14:00:00Z\n",
                "Type: data\nDate: 2026-11-22T14:00:00Z\nData: 3\nabc",
                "Type: data\nDate: 2026-11-22T14:00:00Z\nData: 300\nabc",
                "Type: message-announcement\nDate: 20",
                "",
                "\0\0\0\0",
                "garbage"
            })
    void otherTypesAndGarbageAreReplaced(String held) {
        assertEquals(GOOD, merged(valid(MAILBOX, GOOD, NOW), held, NOW));
    }

    @Test
    void whatIsLeftOfATornMailboxIsKept() {
        String kept = make("kept", NOW);
        assertEquals(
                GOOD + SEPARATOR + kept, merged(valid(MAILBOX, GOOD, NOW), "tings: xyz\n" + SEPARATOR + kept, NOW));
    }

    @Test
    void certificateRecordsStay() {
        String record = "Server: H port P\nDigest: AA:BB\nType: sha1 2048 bits\n";
        assertInstanceOf(Merged.Refused.class, valid(MAILBOX, GOOD, NOW).merge(bytes(record), NOW));
    }

    @Test
    void mailboxThatBeginsWithAServerLineIsStillAMailbox() {
        String disguised = "Server: H port P\n" + make("disguised", NOW);
        String held = merged(valid(MAILBOX, disguised, NOW), GOOD, NOW);
        assertInstanceOf(StoredHead.Text.class, StoredHead.read(bytes(held), held.length()));
        assertEquals(
                make("other", NOW) + SEPARATOR + disguised + SEPARATOR + GOOD,
                merged(valid(MAILBOX, make("other", NOW), NOW), held, NOW));
    }

    @Test
    void mailboxHasABound() {
        String filler = ("X: " + "x".repeat(16_000) + "\n").repeat(2_000);
        String large = make("large", NOW) + filler;
        String held = merged(valid(MAILBOX, large, NOW), null, NOW);
        assertEquals(large, held);
        Merged merged = valid(MAILBOX, make("message", NOW) + filler.substring(0, 16_004 * 200), NOW)
                .merge(bytes(held), NOW);
        String reason = assertInstanceOf(Merged.Refused.class, merged).reason();
        assertTrue(reason.startsWith("mailbox would have 3"), reason);
    }

    @Test
    void sinceKeepsWhatIsDatedThenOrLater() {
        String older = make("older", NOW.minusSeconds(1));
        String newer = make("newer", NOW.plusSeconds(1));
        String mailbox = String.join(SEPARATOR, older, GOOD, newer);
        assertEquals(GOOD + SEPARATOR + newer, since(mailbox, NOW));
        assertEquals(newer, since(mailbox, NOW.plusSeconds(1)));
        assertEquals(mailbox, since(mailbox, NOW.minusSeconds(1)));
        assertEquals(Optional.empty(), Announcements.since(bytes(mailbox), NOW.plusSeconds(2)));
    }

    @Test
    void sinceKeepsWhatHasNoDate() {
        String undated = "Type: message-announcement\nX: y\n";
        String odd = "Date: yesterday\n";
        assertEquals(undated + SEPARATOR + odd, since(String.join(SEPARATOR, GOOD, undated, odd), NOW.plusSeconds(1)));
    }

    @Test
    void sinceOfNothingIsEmpty() {
        assertEquals(Optional.empty(), Announcements.since(bytes(""), NOW));
        assertEquals(Optional.empty(), Announcements.since(bytes("\nNextMessage\n\n"), NOW));
    }

    private static String since(String mailbox, Instant since) {
        return text(Announcements.since(bytes(mailbox), since).orElseThrow());
    }
}

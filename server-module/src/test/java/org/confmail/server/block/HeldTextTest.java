package org.confmail.server.block;

import static org.confmail.server.block.Blocks.bytes;
import static org.confmail.server.block.Blocks.hash;
import static org.confmail.server.block.Blocks.text;
import static org.confmail.server.block.Blocks.valid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Posts that are merged one after another, and with what is known already of what is held. */
class HeldTextTest extends AnnouncementFixture {
    private static final String ONE = make("one", NOW.minusSeconds(10));
    private static final String TWO = make("two", NOW.minusSeconds(20));

    private static HeldText after(HeldText held, String post, Instant now) {
        Merged merged = valid(MAILBOX, post, now).merge(held, now);
        return assertInstanceOf(Merged.Replace.class, merged, merged::toString).text();
    }

    private static HeldText after(HeldText held, String post) {
        return after(held, post, NOW);
    }

    private static HeldText of(String file, HeldText before) {
        return HeldText.of(bytes(file), before);
    }

    @Test
    void postsFollowOneAnotherAsIfEachHadBeenStored() {
        HeldText held = after(after(HeldText.of(null), ONE), TWO);
        assertInstanceOf(Merged.Unchanged.class, valid(MAILBOX, ONE, NOW).merge(held, NOW));
        held = after(held, GOOD);
        assertEquals(GOOD + SEPARATOR + TWO + SEPARATOR + ONE, text(held.bytes()));
        String newer = make("two", NOW.minusSeconds(5));
        assertEquals(
                newer + SEPARATOR + GOOD + SEPARATOR + ONE,
                text(after(held, newer).bytes()));
    }

    @Test
    void aRefusedPostLeavesWhatIsHeldToTheNext() {
        List<String> parts = Collections.nCopies(Announcements.MAILBOX_BYTES_MAX / 80, hash("part"));
        String large = Blocks.announcement(RECIPIENT, "box", hash("large"), NOW, parts);
        String other = Blocks.announcement(RECIPIENT, "box", hash("other"), NOW, parts);
        HeldText held = after(after(HeldText.of(null), ONE), large);
        Merged merged = valid(MAILBOX, other, NOW).merge(held, NOW);
        long bytes = large.length() + other.length() + ONE.length() + 2L * SEPARATOR.length();
        assertEquals(new Merged.Refused("mailbox would have " + bytes + " bytes, allowed are 33554432"), merged);
        assertEquals(
                TWO + SEPARATOR + large + SEPARATOR + ONE, text(after(held, TWO).bytes()));
    }

    @Test
    void textOfAnotherTypeIsReplacedByTheFirstEntryAndJoinedByTheNext() {
        String claim = Blocks.text(
                bytes("-----BEGIN PGP SIGNED MESSAGE-----\n\nType: address-claim\nDate: 2026-11-22T14:00:00Z\n"));
        HeldText held = after(after(of(claim, HeldText.of(null)), ONE), TWO);
        assertEquals(TWO + SEPARATOR + ONE, text(held.bytes()));
        assertEquals(
                BlockType.MESSAGE_ANNOUNCEMENT,
                assertInstanceOf(StoredHead.Text.class, held.head()).type());
    }

    @Test
    void whatIsKnownAndStillThereIsNotJudgedAgain() {
        // No server could know this of the mailbox: the announcement is somebody else's. Judged again, it would drop
        // out.
        String foreign = Blocks.announcement(hash("somebody"), "box", hash("message"), NOW, List.of(hash("part")));
        Merged.Replace known = assertInstanceOf(
                Merged.Replace.class,
                valid(Blocks.mailbox(hash("somebody"), "box"), foreign, NOW).merge(HeldText.of(null), NOW));
        assertEquals(
                ONE + SEPARATOR + foreign,
                text(after(of(foreign, known.text()), ONE).bytes()));
        assertEquals(
                ONE + SEPARATOR + TWO + SEPARATOR + foreign,
                text(after(of(TWO + SEPARATOR + foreign, known.text()), ONE).bytes()));
        // of a file that is another, nothing is known
        for (String changed : List.of(
                foreign + SEPARATOR + TWO,
                foreign.replace("Version", "version"),
                foreign.substring(1),
                "\n" + foreign)) {
            String stays = changed.endsWith(TWO) ? SEPARATOR + TWO : "";
            assertEquals(ONE + stays, text(after(of(changed, known.text()), ONE).bytes()), changed);
        }
    }

    @Test
    void whatIsKnownExpiresAllTheSame() {
        HeldText known = after(after(HeldText.of(null), TWO), ONE);
        Instant later = NOW.minusSeconds(15).plus(Duration.ofDays(10));
        String post = make("late", later);
        assertEquals(
                post + SEPARATOR + ONE,
                text(after(of(text(known.bytes()), known), post, later).bytes()));
    }

    @Test
    void knownTextAfterSomethingThatIsNotSeparatedFromItIsReadAsAWhole() {
        HeldText known = after(HeldText.of(null), TWO);
        // with a line before it, it has two types and is none
        assertEquals(
                ONE,
                text(after(of("Type: message-announcement\n" + TWO, known), ONE).bytes()));
        assertEquals(
                ONE,
                text(after(of("X-Last: line, and noNextMessage\n" + "Type: data\n" + TWO, known), ONE)
                        .bytes()));
    }

    @Test
    void textIsReadOnceForAllPostsThatLeaveItAsItIs() {
        HeldText.Verbatim held = assertInstanceOf(HeldText.Verbatim.class, HeldText.of(bytes(ONE)));
        Entry one = entry(ONE, "one", NOW.minusSeconds(10));
        AtomicInteger readings = new AtomicInteger();
        for (int post = 0; post < 3; post++) {
            Merged merged = Entries.merge(List.of(one), held, none(), (file, valid) -> {
                readings.incrementAndGet();
                valid.add(one);
            });
            assertInstanceOf(Merged.Unchanged.class, merged);
        }
        assertEquals(1, readings.get());
        Merged merged = Entries.merge(List.of(entry(TWO, "two", NOW)), held, none(), (file, valid) -> {
            throw new AssertionError();
        });
        assertEquals(
                TWO + SEPARATOR + ONE,
                text(assertInstanceOf(Merged.Replace.class, merged).text().bytes()));
    }

    private static Entry entry(String text, String message, Instant date) {
        byte[] source = bytes(text);
        return new Entry(source, 0, source.length, Key.parse(hash(message)).orElseThrow(), date);
    }

    private static Entries none() {
        return new Entries(BlockType.MESSAGE_ANNOUNCEMENT, SEPARATOR);
    }
}

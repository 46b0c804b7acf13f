package org.confmail.server.block;

import static org.confmail.server.block.Blocks.announcement;
import static org.confmail.server.block.Blocks.bytes;
import static org.confmail.server.block.Blocks.hash;
import static org.confmail.server.block.Blocks.merged;
import static org.confmail.server.block.Blocks.refusal;
import static org.confmail.server.block.Blocks.text;
import static org.confmail.server.block.Blocks.valid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which announcements are taken. */
class AnnouncementTest extends AnnouncementFixture {
    @Test
    void goodOneIsStoredToTheLetter() {
        assertEquals(GOOD, stored(GOOD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Other: line\n",
                "Date:2026-01-01T00:00:00Z\n",
                "Dates: many\n",
                " Date: 2026-01-01T00:00:00Z\n",
                "Server: host H port P\n",
                "ServerNotify: False\n",
                "Post-To: server=a.example:8081\n",
                "PADDING: xxxx\n",
                "BypassToken: anything\n",
                "Hash: not of this type\nHash: twice\n",
                "Version: 7\nVersion: 8\n",
                "no header at all\n",
                "EndBlocks\n",
                "NextMessages\n",
                "Embargo:none\n",
                "Data:5\n",
                "\0\0\0\n",
                " \n",
                "é\u00ff\u0080\n"
            })
    void otherLinesAreKept(String line) {
        assertEquals(GOOD + line, stored(GOOD + line));
        assertEquals(line + GOOD, stored(line + GOOD));
    }

    @Test
    void orderIsFree() {
        String reversed = String.join("\n", GOOD.lines().toList().reversed()) + "\n";
        // The proof covers the data blocks in their order.
        assertTrue(refusal(MAILBOX, reversed, NOW).startsWith("proof of work shows"));
        String single = announcement(RECIPIENT, "box", hash("message"), NOW, PARTS.subList(0, 1));
        String singleReversed = String.join("\n", single.lines().toList().reversed()) + "\n";
        assertEquals(singleReversed, stored(singleReversed));
    }

    @Test
    void namesAndHexDigitsAreTakenInAnyCase() {
        String shouted = GOOD.lines()
                .map(line -> line.substring(0, line.indexOf(':')).toUpperCase(Locale.ROOT)
                        + line.substring(line.indexOf(':')))
                .map(line -> line.replace(RECIPIENT, RECIPIENT.toUpperCase(Locale.ROOT)))
                .map(line -> line.replace(hash("message"), hash("message").toUpperCase(Locale.ROOT)))
                .map(line -> line.replace(PARTS.get(0), PARTS.get(0).toUpperCase(Locale.ROOT)))
                .reduce("", (text, line) -> text + line + "\n");
        assertEquals(shouted, stored(shouted));
        assertInstanceOf(Merged.Unchanged.class, valid(MAILBOX, shouted, NOW).merge(bytes(GOOD), NOW));
    }

    @Test
    void anyNumberOfDataBlocksWillDo() {
        String none = announcement(RECIPIENT, "box", hash("message"), NOW, List.of());
        assertEquals(none, stored(none));
        List<String> many = java.util.stream.IntStream.range(0, 2000)
                .mapToObj(i -> hash("part " + i))
                .toList();
        String long2000 = announcement(RECIPIENT, "box", hash("message"), NOW, many);
        assertEquals(long2000, stored(long2000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "a", "inbox/2026", "ü", "x;y", "\0"})
    void mailboxIsAnyWord(String name) {
        String posted = announcement(RECIPIENT, name, hash("message"), NOW, PARTS);
        valid(Blocks.mailbox(RECIPIENT, name), posted, NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", " a", "a ", "a\tb", "a\u000bb", "a\fb"})
    void mailboxHasNoWhiteSpace(String name) {
        String posted = announcement(RECIPIENT, name, hash("message"), NOW, PARTS);
        assertTrue(
                refusal(Blocks.mailbox(RECIPIENT, name), posted, NOW).startsWith("bad Mailbox: '"),
                () -> refusal(Blocks.mailbox(RECIPIENT, name), posted, NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "Type,no Type",
        "Date,no Date",
        "Recipient,no Recipient",
        "Mailbox,no Mailbox",
        "ProofOfWork,no ProofOfWork",
        "MessageHash,no MessageHash"
    })
    void everyDecisiveHeaderIsNeededOnce(String name, String reason) {
        String line = GOOD.lines()
                .filter(candidate -> candidate.startsWith(name + ": "))
                .findFirst()
                .orElseThrow();
        assertEquals(reason, refusal(MAILBOX, GOOD.replace(line + "\n", ""), NOW));
        assertEquals("more than one " + name, refusal(MAILBOX, GOOD + line + "\n", NOW));
        String doubleSpaced = line.replace(": ", ":  ");
        assertTrue(!refusal(MAILBOX, GOOD.replace(line, doubleSpaced), NOW).isEmpty());
        assertTrue(!refusal(MAILBOX, GOOD.replace(line, line + " "), NOW).isEmpty());
        assertEquals(reason, refusal(MAILBOX, GOOD.replace(line, line.replace(": ", ":")), NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EndBlock\n",
                "ENDBLOCK\n",
                "Data: 5\n",
                "data: x\n",
                "StoreType: server\n",
                "storekeyid: 1\n",
                "LOGINUSER: x\n",
                "Embargo: None\n",
                "Replogin-User: x\n",
                "Replogin-Auth: x\n",
                "X: a\rb\n",
                "X: a\r\n",
                "DataBlock: 12\n",
                "DataBlock: \n"
            })
    void linesThatNoStoredBlockMayHaveAreRefused(String line) {
        refusal(MAILBOX, GOOD + line, NOW);
        refusal(MAILBOX, line + GOOD, NOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n\n",
                "NextMessage\n",
                "Type: data\n",
                "Type: key-announcement\n",
                "Type: address-claim\n",
                "Type: Message-Announcement\n",
                "Type: message-announcement",
                "Type: message-announcement\nNextMessage\n",
                "type: \n",
                ": \n",
                "\0",
                "Date: 2026-11-22T14:00:00Z\n"
            })
    void garbageIsRefused(String posted) {
        refusal(MAILBOX, posted, NOW);
    }

    @Test
    void impossibleDateIsRefused() {
        String posted = announcement(RECIPIENT, "box", hash("message"), "2020-13-45T00:00:00Z", PARTS);
        assertEquals("bad Date: '2020-13-45T00:00:00Z'", refusal(MAILBOX, posted, NOW));
    }

    @Test
    void agesRefuseAtMoreThanTheLimit() {
        String posted = make("message", NOW.minus(AGE));
        assertEquals(posted, stored(posted));
        assertEquals("expired: dated 2026-11-12T14:00:00Z", refusal(MAILBOX, posted, NOW.plusSeconds(1)));
    }

    @Test
    void datesAreRefusedAtMoreThanADayAhead() {
        String posted = make("message", NOW.plus(Duration.ofDays(1)));
        assertEquals(posted, stored(posted));
        assertEquals(
                "dated more than 24 hours ahead: 2026-11-23T14:00:00Z", refusal(MAILBOX, posted, NOW.minusSeconds(1)));
    }

    @Test
    void reasonsCiteShortAndEscaped() {
        String reason = refusal(
                MAILBOX,
                GOOD.replaceFirst("Recipient: .*", "Recipient: \u001b[31m'\\\\" + "\u00e9" + "x".repeat(9000)),
                NOW);
        assertTrue(reason.startsWith("bad Recipient: '\\x1b[31m\\x27\\x5c\\xe9xxx"), reason);
        assertTrue(reason.length() < 100, reason);
    }

    @Test
    void typeBehindTheHeadOfAFileIsRefused() {
        String filler = ("X: " + "x".repeat(16_000) + "\n").repeat(5);
        assertTrue(refusal(MAILBOX, filler + GOOD, NOW).startsWith("Type comes after"));
        assertEquals(GOOD + filler, stored(GOOD + filler));
    }

    @Test
    void linesAreBounded() {
        String longest = "x".repeat(16_384) + "\n";
        assertEquals(GOOD + longest, stored(GOOD + longest));
        assertEquals("line of 16385 bytes", refusal(MAILBOX, GOOD + "x" + longest, NOW));
    }

    @Test
    void blankLinesDropOut() {
        String spaced = "\n\n" + GOOD.replace("\n", "\n\n\n");
        assertEquals(GOOD, stored(spaced));
        String other = make("other", NOW);
        assertEquals(other + SEPARATOR + GOOD, merged(valid(MAILBOX, "\n" + other, NOW), spaced, NOW));
    }

    @Test
    void lastLineMayLackItsEnd() {
        assertEquals(GOOD, stored(GOOD.substring(0, GOOD.length() - 1)));
        String other = make("other", NOW);
        assertEquals(
                other + SEPARATOR + GOOD,
                merged(valid(MAILBOX, other, NOW), GOOD.substring(0, GOOD.length() - 1), NOW));
    }

    @Test
    void separatorsAreTakenInAnyCaseAndNumber() {
        String other = make("other", NOW);
        assertEquals(
                GOOD + SEPARATOR + other,
                stored("nextmessage\nNextMessage\n" + GOOD + "NEXTMESSAGE\n\nNextMessage\n" + other + "NextMessage"));
    }
}

package org.confmail.server.block;

import static org.confmail.server.block.Blocks.acknowledgment;
import static org.confmail.server.block.Blocks.bytes;
import static org.confmail.server.block.Blocks.hash;
import static org.confmail.server.block.Blocks.merged;
import static org.confmail.server.block.Blocks.refusal;
import static org.confmail.server.block.Blocks.valid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcknowledgmentTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
    private static final String HASH = hash("message");
    private static final Key KEY = Key.sha1(HexFormat.of().parseHex(HASH));
    private static final String GOOD = acknowledgment(HASH, NOW);

    @ParameterizedTest
    @ValueSource(strings = {"", "X: y\n", "\n", "\n\nX: y\n\n", "NextMessage\n", "Recipient: x\nRecipient: x\n"})
    void isStoredVerbatim(String more) {
        assertEquals(GOOD + more, merged(valid(KEY, GOOD + more, NOW), null, NOW));
    }

    @Test
    void isSpelledInTwoWays() {
        String posted = GOOD.replace("acknowledgment", "acknowledgement");
        assertEquals(posted, merged(valid(KEY, posted, NOW), null, NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Type", "Date", "ProofOfWork", "Hash"})
    void everyDecisiveHeaderIsNeededOnce(String name) {
        String line = GOOD.lines()
                .filter(candidate -> candidate.startsWith(name + ": "))
                .findFirst()
                .orElseThrow();
        assertEquals("no " + name, refusal(KEY, GOOD.replace(line + "\n", ""), NOW));
        assertEquals("more than one " + name, refusal(KEY, GOOD + line + "\n", NOW));
    }

    @Test
    void ofAnotherHashIsRefused() {
        assertEquals("hash does not hash to the key", refusal(Key.sha1(bytes("x")), GOOD, NOW));
    }

    @Test
    void twoInOnePostAreRefused() {
        assertEquals("more than one Type", refusal(KEY, GOOD + "NextMessage\n" + GOOD, NOW));
    }

    @Test
    void agesAndFutureAreBounded() {
        valid(KEY, GOOD, NOW.plus(Duration.ofDays(10)));
        assertTrue(
                refusal(KEY, GOOD, NOW.plus(Duration.ofDays(10)).plusSeconds(1)).startsWith("expired"));
        valid(KEY, GOOD, NOW.minus(Duration.ofDays(1)));
        assertTrue(refusal(KEY, GOOD, NOW.minus(Duration.ofDays(1)).minusSeconds(1))
                .startsWith("dated more than 24 hours ahead"));
    }

    @Test
    void largerThanAHeadIsRefused() {
        String filler = ("X: " + "x".repeat(16_000) + "\n").repeat(5);
        assertTrue(refusal(KEY, GOOD + filler, NOW).startsWith("acknowledgment of"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Data: 5\n", "EndBlock\n", "storetype: x\n", "X: \r\n"})
    void linesThatNoStoredBlockMayHaveAreRefused(String line) {
        refusal(KEY, GOOD + line, NOW);
    }

    @Test
    void replacesOnlyWhatIsOlder() {
        TextBlock block = valid(KEY, GOOD, NOW);
        assertEquals(GOOD, merged(block, acknowledgment(HASH, NOW.minusSeconds(1)), NOW));
        assertInstanceOf(Merged.Unchanged.class, block.merge(bytes(GOOD), NOW));
        assertInstanceOf(Merged.Unchanged.class, block.merge(bytes(acknowledgment(HASH, NOW.plusSeconds(1))), NOW));
    }

    @Test
    void replacesOlderData() {
        TextBlock block = valid(KEY, GOOD, NOW);
        assertEquals(GOOD, merged(block, "Type: data\nDate: 2026-11-22T13:59:59Z\nData: 3\nabc", NOW));
        assertInstanceOf(
                Merged.Unchanged.class,
                block.merge(bytes("Type: data\nDate: 2026-11-22T14:00:00Z\nData: 3\nabc"), NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "Type: acknowledgment\n",
                "Type: acknowledgment\nDate: 2020-13-45T00:00:00Z\n",
                "Type: acknowledgment\nDate: 2099-01-01T00:00:00Z\n",
                "Type: data\nDate: 2026-11-22T14:00:00Z\nData: 300\ntorn",
                "Type: data\nDate: 2026-11-22T14:00:00Z\n",
                "Type: something\nDate: 2026-11-22T14:00:00Z\n"
            })
    void replacesWhatIsDamagedUndatedOrFromTheFuture(String held) {
        assertEquals(GOOD, merged(valid(KEY, GOOD, NOW), held, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Type: message-announcement\nDate: 2020-01-01T00:00:00Z\n",
                "X: y\ntype: message-announcement\n",
                "Type: address-claim\nDate: 2020-01-01T00:00:00Z\n",
                "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nType: key-announcement\n",
                "Server: H port P\nDigest: AA\nType: sha1 2048 bits\n",
                "Server: "
            })
    void neverReplacesAMailboxAClaimAKeyOrACertificateRecord(String held) {
        assertInstanceOf(Merged.Refused.class, valid(KEY, GOOD, NOW).merge(bytes(held), NOW));
    }
}

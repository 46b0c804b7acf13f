package org.confmail.server.block;

import static org.confmail.server.block.Blocks.bytes;
import static org.confmail.server.block.Blocks.merged;
import static org.confmail.server.block.SignedBlocks.NOW;
import static org.confmail.server.block.SignedBlocks.keyAnnouncement;
import static org.confmail.server.block.SignedBlocks.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.confmail.server.openpgp.ClearSigned;
import org.confmail.server.openpgp.Fixtures;
import org.confmail.server.openpgp.PublicKey;
import org.confmail.server.openpgp.TestKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyAnnouncementTest {
    private static final TestKey OWNER = TestKey.named("owner");
    private static final Key KEY = SignedBlocks.key(OWNER);
    private static final String STAMP = Stamp.format(NOW);
    private static final String LINES = lines(OWNER, STAMP);
    private static final String GOOD = keyAnnouncement(OWNER, NOW);
    private static final Poster OWNER_POSTS = Poster.user(OWNER.fingerprint());

    private static Judgment judge(String posted, Poster poster, Instant now) {
        return TextRules.judge(KEY, bytes(posted), Limits.server(Map.of()), now, poster, KnownKeys.NONE);
    }

    private static TextBlock valid(String posted) {
        Judgment judgment = judge(posted, OWNER_POSTS, NOW);
        return assertInstanceOf(Judgment.Valid.class, judgment, judgment::toString)
                .block();
    }

    private static String refusal(String posted) {
        return refusal(posted, OWNER_POSTS, NOW);
    }

    private static String refusal(String posted, Poster poster, Instant now) {
        return assertInstanceOf(Judgment.Invalid.class, judge(posted, poster, now), posted)
                .reason();
    }

    @Test
    void isStoredVerbatim() {
        assertEquals(GOOD, merged(valid(GOOD), null, NOW));
        assertEquals("\n\n" + GOOD + "\n\n", merged(valid("\n\n" + GOOD + "\n\n"), null, NOW));
        assertEquals(BlockType.KEY_ANNOUNCEMENT, valid(GOOD).type());
    }

    static List<String> announcementsOfGnuPg() {
        return Fixtures.names(".key-announcement");
    }

    /** The same that {@code GnuPgTest} says of the signatures alone. */
    @ParameterizedTest
    @MethodSource("announcementsOfGnuPg")
    void announcementOfGnuPgIsAsGoodAsItsSignature(String name) throws Exception {
        byte[] posted = Fixtures.bytes(name + ".key-announcement");
        boolean expired = name.matches("key-e.*|key-sh.*") && !name.equals("key-extended");
        boolean bad = expired
                || List.of(
                                "key-revoked",
                                "subkey-expired",
                                "subkey-revoked-signs",
                                "signature-expires",
                                "signed-by-another",
                                "digest-sha1",
                                "digest-ripemd160",
                                "two-primary-keys",
                                "two-signatures")
                        .contains(name);
        Key key = name.startsWith("two-") ? KEY : fingerprint(posted);
        Judgment judgment = TextRules.judge(
                key, posted, Limits.server(Map.of()), Fixtures.NOW, Poster.user(key.toString()), KnownKeys.NONE);
        assertEquals(!bad, judgment instanceof Judgment.Valid, judgment::toString);
    }

    private static Key fingerprint(byte[] posted) throws Exception {
        return Key.of(PublicKey.in(ClearSigned.parse(posted, 0, posted.length)).fingerprint());
    }

    static Stream<Arguments> others() {
        String date = "Date: " + STAMP + "\n";
        TestKey other = TestKey.named("other");
        String twoKeys = OWNER.armored() + other.armored();
        return Stream.of(
                Arguments.of("no Date", LINES.replace(date, "")),
                Arguments.of("no Date", LINES.replace(date, "date: " + STAMP + "\n")),
                Arguments.of("bad Date: 'yesterday'", LINES.replace(STAMP, "yesterday")),
                Arguments.of("bad Date: '2026-11-31T00:00:00Z'", LINES.replace(STAMP, "2026-11-31T00:00:00Z")),
                Arguments.of("no Expires", LINES.replaceFirst("Expires: .*\n", "")),
                Arguments.of("no Expires", LINES.replace("Expires", "EXPIRES")),
                Arguments.of("bad Expires: 'never'", LINES.replaceFirst("Expires: .*", "Expires: never")),
                Arguments.of(
                        "expired: Expires is 2026-11-22T13:59:59Z",
                        LINES.replaceFirst("Expires: .*", "Expires: 2026-11-22T13:59:59Z")),
                Arguments.of(
                        "expired: Expires is 2026-11-22T13:59:59Z",
                        LINES.replaceFirst("Expires: ", "Expires: 2026-11-22T13:59:59Z\nExpires: ")),
                Arguments.of("expired: dated 2026-10-22T14:00:00Z", LINES.replace(STAMP, "2026-10-22T14:00:00Z")),
                Arguments.of(
                        "dated more than 24 hours ahead: 2026-11-23T14:00:01Z",
                        LINES.replace(STAMP, "2026-11-23T14:00:01Z")),
                Arguments.of("no Type", LINES.replaceFirst("Type: .*\n", "")),
                Arguments.of("unknown type 'Key-Announcement'", LINES.replace("key-ann", "Key-Ann")),
                Arguments.of(
                        "Type or Date is there again in another spelling, or comes late",
                        LINES.replace(date, "DATE: 2026-11-20T00:00:00Z\n" + date)),
                Arguments.of(
                        "Type or Date is there again in another spelling, or comes late",
                        LINES.replace(date, "X: y\n".repeat(15_000) + date)),
                Arguments.of("Data line where none may be: 'Data: 5'", LINES + "Data: 5\n"),
                Arguments.of("EndBlock inside a block", LINES + "endblock\n"),
                Arguments.of("forbidden header: 'Embargo: None'", LINES + "Embargo: None\n"),
                Arguments.of("line of 16388 bytes", LINES + "X: " + "x".repeat(16_385) + "\n"),
                Arguments.of("no PUBLIC KEY BLOCK", LINES.replaceFirst("(?s)-----.*-----\n", "")),
                Arguments.of("more than one PUBLIC KEY BLOCK", LINES.replace(OWNER.armored(), twoKeys)),
                Arguments.of("fingerprint is not the key", lines(other, STAMP)));
    }

    @ParameterizedTest
    @MethodSource("others")
    void isRefused(String reason, String lines) {
        assertEquals(reason, refusal(keyAnnouncement(OWNER, lines)));
    }

    static Stream<Arguments> unusual() {
        String date = "Date: " + STAMP + "\n";
        return Stream.of(
                Arguments.of(
                        "the first of two Dates counts", LINES.replace(date, date + "Date: 2001-01-01T00:00:00Z\n")),
                Arguments.of("the first of two Expires counts", LINES + "Expires: 2001-01-01T00:00:00Z\n"),
                Arguments.of("Expires now", LINES.replaceFirst("Expires: .*", "Expires: " + STAMP)),
                Arguments.of("a day ahead", LINES.replace(STAMP, "2026-11-23T14:00:00Z")),
                Arguments.of("almost 31 days old", LINES.replace(STAMP, "2026-10-22T14:00:01Z")),
                Arguments.of("lines that begin with dashes", LINES + "-x\n- y\n--\n"),
                Arguments.of("blanks at the end of lines", LINES + "X: y  \n\t\n"),
                Arguments.of("a name in UTF-8", LINES.replace("A. B.", "J\u00c3\u00bcrgen")));
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void isTaken(String what, String lines) {
        // The proof covers the dash escapes, but for those of the key's armour.
        String proof = Blocks.proof(
                bytes(lines.replaceAll("(?m)^-(?!----(BEGIN|END) PGP PUBLIC)", "- -")
                        .replace("\n", "")),
                24);
        String posted = OWNER.clearSign("ProofOfWork: " + proof + "\n" + lines);
        assertEquals(posted, merged(valid(posted), null, NOW), what);
    }

    @Test
    void needsItsProofInTheFirstLine() {
        String second = OWNER.clearSign(LINES + "ProofOfWork: bd,1,2\n");
        assertEquals("first signed line is no ProofOfWork", refusal(second));
        assertEquals(
                "first signed line is no ProofOfWork",
                refusal(OWNER.clearSign(
                        "proofofwork: " + Blocks.proof(bytes(LINES.replace("\n", "")), 24) + "\n" + LINES)));
        String weak = Blocks.proof(bytes(LINES.replace("\n", "")), 16);
        assertTrue(
                refusal(OWNER.clearSign("ProofOfWork: " + weak + "\n" + LINES)).startsWith("proof of work shows"));
        assertTrue(refusal(OWNER.clearSign("ProofOfWork: nonsense\n" + LINES)).startsWith("bad ProofOfWork"));
    }

    @Test
    void isSignedByTheKeyItself() {
        assertEquals("signed by another key", refusal(keyAnnouncement(TestKey.named("other"), LINES)));
        assertEquals(
                "bad signature: signature does not match the text",
                refusal(GOOD.replace("\n\n-----BEGIN PGP SIG", "\n-----BEGIN PGP SIG")));
    }

    @Test
    void isPostedByItsOwnerOnly() {
        String someoneElses = "key-announcement posted by somebody else than the key's owner";
        assertEquals(someoneElses, refusal(GOOD, Poster.NONE, NOW));
        assertEquals(someoneElses, refusal(GOOD, Poster.user("replication"), NOW));
        assertEquals(someoneElses, refusal(GOOD, Poster.user(Blocks.hash("x").toUpperCase(Locale.ROOT)), NOW));
        // User names compare byte for byte.
        assertEquals(someoneElses, refusal(GOOD, Poster.user(OWNER.fingerprint().toLowerCase(Locale.ROOT)), NOW));
        assertInstanceOf(Judgment.Valid.class, judge(GOOD, Poster.ANYONE, NOW));
    }

    @Test
    void expiresAtItsAgeLimitAndByItsOwnWord() {
        Instant week = NOW.plus(Duration.ofDays(7));
        assertInstanceOf(Judgment.Valid.class, judge(GOOD, OWNER_POSTS, week));
        assertEquals("expired: Expires is 2026-11-29T14:00:00Z", refusal(GOOD, OWNER_POSTS, week.plusSeconds(1)));
    }

    @Test
    void replacesOnlyAnOlderOne() {
        TextBlock block = valid(GOOD);
        String older = keyAnnouncement(OWNER, NOW.minusSeconds(1));
        String newer = keyAnnouncement(OWNER, NOW.plusSeconds(1));
        assertEquals(GOOD, merged(block, older, NOW));
        assertInstanceOf(Merged.Unchanged.class, block.merge(bytes(GOOD), NOW));
        assertInstanceOf(Merged.Unchanged.class, block.merge(bytes(newer), NOW));
        assertEquals(GOOD, merged(block, keyAnnouncement(OWNER, NOW.plus(Duration.ofDays(2))), NOW));
        assertEquals(GOOD, merged(block, "torn", NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Type: data\nDate: 2020-01-01T00:00:00Z\nData: 3\nabc",
                "Type: message-announcement\nDate: 2020-01-01T00:00:00Z\n",
                "Type: address-claim\nDate: 2020-01-01T00:00:00Z\n",
                "Type: acknowledgment\nDate: 2020-01-01T00:00:00Z\n",
                "Server: H port P\nDigest: AA\nType: sha1 2048 bits\n"
            })
    void replacesNoOtherType(String held) {
        assertInstanceOf(Merged.Refused.class, valid(GOOD).merge(bytes(held), NOW));
    }

    @Test
    void everySpoiltOneIsJudgedAndNoSpoiltSignedByteIsTaken() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, Integer> reasons = new HashMap<>();
        int textFrom = GOOD.indexOf("ProofOfWork");
        int textTo = GOOD.indexOf("\n-----BEGIN PGP SIGNATURE");
        for (int i = 0; i < 3_000; i++) {
            byte[] spoilt = bytes(GOOD);
            int at = random.nextInt(spoilt.length);
            spoilt[at] ^= (byte) (1 << random.nextInt(8));
            String posted = Blocks.text(spoilt);
            Judgment judgment =
                    assertTimeout(Duration.ofSeconds(2), () -> judge(posted, OWNER_POSTS, NOW), () -> "seed " + seed);
            switch (judgment) {
                case Judgment.Invalid(String reason) -> reasons.merge(reason, 1, Integer::sum);
                case Judgment.Valid _ ->
                    assertTrue(at < textFrom || at >= textTo, () -> "seed " + seed + "\n" + posted);
            }
        }
        assertTrue(reasons.size() > 10, reasons::toString);
    }

    @Test
    void largeOneIsRefusedBeforeItIsRead() {
        String filler = ("X: " + "x".repeat(16_000) + "\n").repeat(33);
        assertTrue(refusal(GOOD + filler).matches("key-announcement of 5\\d{5} bytes"));
    }
}

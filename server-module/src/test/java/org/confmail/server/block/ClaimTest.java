package org.confmail.server.block;

import static org.confmail.server.block.Blocks.bytes;
import static org.confmail.server.block.Blocks.merged;
import static org.confmail.server.block.Blocks.text;
import static org.confmail.server.block.SignedBlocks.NOW;
import static org.confmail.server.block.SignedBlocks.claim;
import static org.confmail.server.block.SignedBlocks.claimLines;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.confmail.server.openpgp.Fixtures;
import org.confmail.server.openpgp.TestKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimTest {
    private static final TestKey OWNER = TestKey.named("owner");
    private static final TestKey OTHER = TestKey.named("other");
    private static final String ADDRESS = "a@example.test";
    private static final Key KEY = SignedBlocks.claimKey(ADDRESS);
    private static final String STAMP = Stamp.format(NOW);
    private static final String LINES = claimLines(OWNER.fingerprint(), ADDRESS, STAMP);
    private static final String GOOD = OWNER.clearSign(LINES);
    private static final String OTHERS = claim(OTHER, ADDRESS, NOW.minusSeconds(5));
    private static final Poster OWNER_POSTS = Poster.user(OWNER.fingerprint());

    private static Judgment judge(Key key, String posted, Poster poster, KnownKeys known) {
        return TextRules.judge(key, bytes(posted), Limits.server(Map.of()), NOW, poster, known);
    }

    private static TextBlock valid(String posted, Poster poster, KnownKeys known) {
        Judgment judgment = judge(KEY, posted, poster, known);
        return assertInstanceOf(Judgment.Valid.class, judgment, judgment::toString)
                .block();
    }

    private static TextBlock valid(String posted) {
        return valid(posted, OWNER_POSTS, KnownKeys.NONE);
    }

    private static String refusal(Key key, String posted, Poster poster, KnownKeys known) {
        return assertInstanceOf(Judgment.Invalid.class, judge(key, posted, poster, known), posted)
                .reason();
    }

    private static String refusal(String posted) {
        return refusal(KEY, posted, OWNER_POSTS, KnownKeys.NONE);
    }

    /** A lookup that knows these texts. */
    private static KnownKeys known(Map<Key, byte[]> texts) {
        return fingerprint -> Optional.ofNullable(texts.get(fingerprint));
    }

    private static KnownKeys known(TestKey... owners) {
        return known(Stream.of(owners)
                .collect(
                        Collectors.toMap(SignedBlocks::key, owner -> bytes(SignedBlocks.keyAnnouncement(owner, NOW)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "\n\n%s", "%s\n\n\n", "\nNextClaim\n\nnextclaim\n%s\nNEXTCLAIM\n\n"})
    void isStoredWithoutTheBlankLinesAroundIt(String around) {
        String posted = around.replace("%s", GOOD);
        assertEquals(GOOD, merged(valid(posted), null, NOW));
        assertEquals(BlockType.ADDRESS_CLAIM, valid(posted).type());
        assertEquals(Optional.empty(), valid(posted).remark());
    }

    @Test
    void blankLinesInsideAreKeptToTheLetter() {
        String posted = OWNER.clearSign("\n\n" + LINES.replace("Keyid", "\n\nKeyid") + "\n\n\n");
        assertEquals(posted, merged(valid(posted, OWNER_POSTS, known(OWNER)), null, NOW));
    }

    static Stream<Arguments> others() {
        String weak = Blocks.proof(bytes("something else"), 8);
        return Stream.of(
                Arguments.of("no Date", LINES.replaceFirst("Date: .*\n", "")),
                Arguments.of("bad Date: 'yesterday'", LINES.replace(STAMP, "yesterday")),
                Arguments.of("more than one Date", LINES + "date: 2026-11-21T14:00:00Z\n"),
                Arguments.of("no Keyid", LINES.replaceFirst("Keyid: .*\n", "")),
                Arguments.of("bad Keyid: '12AB'", LINES.replaceFirst("Keyid: .*", "Keyid: 12AB")),
                Arguments.of("more than one Keyid", LINES + "Keyid: " + OTHER.fingerprint() + "\n"),
                Arguments.of("no Address", LINES.replaceFirst("Address: .*\n", "")),
                Arguments.of("more than one Address", LINES + "Address: b@example.test\n"),
                Arguments.of("more than one Type", LINES + "Type: key-announcement\n"),
                Arguments.of("address does not hash to the key", LINES.replace(ADDRESS, "b@example.test")),
                Arguments.of("address does not hash to the key", LINES.replace(ADDRESS, "A@example.test")),
                Arguments.of("proof of work shows ", LINES.replaceFirst("bd,.*", weak)),
                Arguments.of("bad ProofOfWork: 'none'", LINES.replaceFirst("bd,.*", "none")),
                Arguments.of(
                        "expired: dated 2026-11-12T13:59:59Z",
                        claimLines(OWNER.fingerprint(), ADDRESS, "2026-11-12T13:59:59Z")),
                Arguments.of(
                        "dated more than 24 hours ahead: 2026-11-23T14:00:01Z",
                        claimLines(OWNER.fingerprint(), ADDRESS, "2026-11-23T14:00:01Z")),
                Arguments.of("Data line where none may be: 'Data: 5'", LINES + "Data: 5\n"),
                Arguments.of("EndBlock inside a block", LINES + "EndBlock\n"),
                Arguments.of("claim of ", LINES + ("X: " + "x".repeat(1_000) + "\n").repeat(16)));
    }

    @ParameterizedTest
    @MethodSource("others")
    void isRefused(String reason, String lines) {
        String refusal = refusal(OWNER.clearSign(lines));
        assertTrue(refusal.startsWith(reason), refusal);
    }

    @Test
    void needsToBeClearSigned() {
        assertEquals("no clear-signed text", refusal(LINES));
        assertEquals("no clear-signed text", refusal("X: y\n" + GOOD));
        assertEquals("something follows the signature", refusal(GOOD + "X: y\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "@", "a@", "@b", "a b@c", "a@b\t", "a@\u00ff\u00fe", "\u0099@\u0001b", "a@b\u007f"})
    void addressThatIsNoneIsRefused(String address) {
        // Bytes of any kind could be made to hash to the key of a mailbox, or to a fingerprint.
        Key key = SignedBlocks.claimKey(address);
        String posted = claim(OWNER, address, NOW);
        assertTrue(refusal(key, posted, OWNER_POSTS, KnownKeys.NONE).startsWith("bad Address"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "A@B", "a@b@c", "j\u00c3\u00bcrgen@m\u00c3\u00bcller.test"})
    void addressIsHashedExactlyAsWritten(String address) {
        Judgment judgment =
                judge(SignedBlocks.claimKey(address), claim(OWNER, address, NOW), OWNER_POSTS, KnownKeys.NONE);
        assertInstanceOf(Judgment.Valid.class, judgment, judgment::toString);
    }

    @Test
    void isPostedByItsKeyidOnly() {
        String someoneElses = "claim posted by somebody else than its Keyid";
        assertEquals(someoneElses, refusal(KEY, GOOD, Poster.NONE, KnownKeys.NONE));
        assertEquals(someoneElses, refusal(KEY, GOOD, Poster.user(OTHER.fingerprint()), KnownKeys.NONE));
        assertEquals(
                someoneElses,
                refusal(KEY, GOOD, Poster.user(OWNER.fingerprint().toLowerCase(Locale.ROOT)), KnownKeys.NONE));
        String lowerCase = OWNER.clearSign(claimLines(OWNER.fingerprint().toLowerCase(Locale.ROOT), ADDRESS, STAMP));
        assertEquals(lowerCase, merged(valid(lowerCase), null, NOW));
    }

    @Test
    void anothersClaimInAPostIsLeftOut() {
        TextBlock block = valid(OTHERS + "NextClaim\n" + GOOD);
        assertEquals(GOOD, merged(block, null, NOW));
        assertEquals(Optional.of("1 claim left out: claim posted by somebody else than its Keyid"), block.remark());
        TextBlock both = valid(OTHERS + "NextClaim\n" + GOOD, Poster.ANYONE, KnownKeys.NONE);
        assertEquals(OTHERS + "NextClaim\n" + GOOD, merged(both, null, NOW));
    }

    @Test
    void signatureIsProvenWhereTheKeyIsKnown() {
        assertEquals(GOOD, merged(valid(GOOD, OWNER_POSTS, known(OWNER)), null, NOW));
        String forged = OTHER.clearSign(LINES);
        String altered = GOOD.replace("Version: 1", "Version: 2");
        assertEquals(altered, merged(valid(altered, OWNER_POSTS, known(OTHER)), null, NOW));
        assertEquals(
                "bad signature: signature does not match the text", refusal(KEY, altered, OWNER_POSTS, known(OWNER)));
        // By a subkey that the known key does not have, for all that can be told.
        assertEquals(forged, merged(valid(forged, OWNER_POSTS, known(OWNER)), null, NOW));
    }

    @Test
    void keyThatIsStoredUnderAnotherFingerprintIsNotKnown() {
        String altered = GOOD.replace("Version: 1", "Version: 2");
        KnownKeys confused = known(Map.of(SignedBlocks.key(OWNER), bytes(SignedBlocks.keyAnnouncement(OTHER, NOW))));
        assertEquals(altered, merged(valid(altered, OWNER_POSTS, confused), null, NOW));
        KnownKeys damaged = known(Map.of(SignedBlocks.key(OWNER), bytes("Type: key-announcement\n")));
        assertEquals(altered, merged(valid(altered, OWNER_POSTS, damaged), null, NOW));
    }

    /** Which key-announcement is stored, which claim is posted, and what is wrong with it, if anything. */
    static Stream<Arguments> claimsOfGnuPg() {
        return Stream.of(
                Arguments.of("rsa1024", "rsa1024", ""),
                Arguments.of("rsa2048", "rsa2048", ""),
                Arguments.of("rsa3072", "rsa3072", ""),
                Arguments.of("rsa4096", "rsa4096", ""),
                Arguments.of("ed25519", "ed25519", ""),
                Arguments.of("gnupg1-rsa2048", "gnupg1-rsa2048", ""),
                Arguments.of("key-not-yet-revoked", "key-not-yet-revoked", ""),
                Arguments.of("key-revoked", "key-not-yet-revoked", "signature is not good: key is revoked"),
                Arguments.of("subkey-extended", "subkey-first", ""),
                Arguments.of(
                        "subkey-expired",
                        "subkey-first",
                        "signature is not good: subkey expired at 2026-11-09T12:00:00Z"),
                Arguments.of("subkey-second", "subkey-second", ""),
                Arguments.of("subkey-second", "subkey-first", ""),
                // The subkey is newer than the key that is stored.
                Arguments.of("subkey-extended", "subkey-second", ""),
                Arguments.of("subkey-revoked-other-signs", "subkey-second", ""),
                Arguments.of("subkey-revoked-other-signs", "subkey-first", "signature is not good: subkey is revoked"));
    }

    @ParameterizedTest
    @MethodSource("claimsOfGnuPg")
    void claimOfGnuPgIsAsGoodAsItsSignature(String stored, String posted, String reason) {
        String claim = Fixtures.text(posted + ".address-claim");
        Key owner =
                Key.parse(claim.replaceFirst("(?s).*\nKeyid: (\\w+)\n.*", "$1")).orElseThrow();
        KnownKeys known = known(Map.of(owner, Fixtures.bytes(stored + ".key-announcement")));
        Judgment judgment = TextRules.judge(
                SignedBlocks.claimKey("n@example.test"),
                bytes(claim),
                Limits.server(Map.of()),
                Fixtures.NOW,
                Poster.user(owner.toString()),
                known);
        assertEquals(reason, judgment instanceof Judgment.Invalid(String why) ? why : "");
    }

    @Test
    void fewSignaturesAreCheckedInOnePost() {
        AtomicInteger lookups = new AtomicInteger();
        KnownKeys known = fingerprint -> {
            lookups.incrementAndGet();
            return known(OWNER).announcement(fingerprint);
        };
        String posted = IntStream.range(0, 60).mapToObj(i -> GOOD).collect(Collectors.joining("NextClaim\n"));
        TextBlock block = valid(posted, OWNER_POSTS, known);
        assertEquals(1, lookups.get());
        assertEquals(Optional.of("28 claims left out, the first: too many claims in one post"), block.remark());
    }

    @Test
    void newerOneOfAKeyReplacesAndTheOthersStay() {
        String older = claim(OWNER, ADDRESS, NOW.minusSeconds(10));
        assertEquals(
                GOOD + "NextClaim\n" + OTHERS, merged(valid(GOOD), older + "\n\nNextClaim\n" + OTHERS + "\n\n", NOW));
        assertEquals(GOOD + "NextClaim\n" + OTHERS, merged(valid(GOOD), OTHERS, NOW));
        assertInstanceOf(Merged.Unchanged.class, valid(GOOD).merge(bytes(GOOD), NOW));
        assertInstanceOf(Merged.Unchanged.class, valid(older).merge(bytes(OTHERS + "\nNextClaim\n" + GOOD), NOW));
    }

    @Test
    void lastOfSeveralOfAKeyInOnePostCounts() {
        String older = claim(OWNER, ADDRESS, NOW.minusSeconds(10));
        assertEquals(older, merged(valid(GOOD + "NextClaim\n" + older), null, NOW));
    }

    @Test
    void neverGrowsWhenStoredAgain() {
        String stored = merged(valid(GOOD), OTHERS, NOW);
        for (int i = 1; i < 20; i++) {
            String next = claim(OWNER, ADDRESS, NOW.plusSeconds(i)) + "\n";
            stored = merged(valid("\n" + next + "\n"), stored, NOW);
            assertEquals(next.stripTrailing() + "\nNextClaim\n" + OTHERS, stored);
        }
    }

    @Test
    void invalidAndExpiredHeldOnesDropOut() {
        String expired = claim(OTHER, ADDRESS, NOW.minus(Duration.ofDays(10)).minusSeconds(1));
        String foreign = claim(OTHER, "b@example.test", NOW);
        for (String held :
                List.of(expired, foreign, OTHERS.replace("Version", "Date: x\nVersion"), "rubbish\n", "\n\n")) {
            assertEquals(GOOD, merged(valid(GOOD), held, NOW), held);
            assertEquals(GOOD, merged(valid(GOOD), held + "NextClaim\n" + held, NOW), held);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Type: data\nDate: 2026-11-22T14:00:00Z\nData: 3\nabc",
                "Type: message-announcement\nDate: 2026-11-22T14:00:00Z\n",
                "Type: acknowledgment\nDate: 2026-11-22T14:00:00Z\n",
                "Type: key-announcement\nDate: 2026-11-22T14:00:00Z\n",
                "torn"
            })
    void replacesABlockOfAnotherType(String held) {
        assertEquals(GOOD, merged(valid(GOOD), held, NOW));
    }

    @Test
    void neverReplacesACertificateRecord() {
        assertInstanceOf(
                Merged.Refused.class,
                valid(GOOD).merge(bytes("Server: H port P\nDigest: AA\nType: sha1 2048 bits\n"), NOW));
    }

    @Test
    void hugePostsAndFilesAreJudgedSoon() {
        List<String> posts = new ArrayList<>();
        for (String part : List.of(
                "NextClaim\n",
                "\n",
                "-----BEGIN PGP SIGNED MESSAGE-----\n",
                "-----BEGIN PGP SIGNED MESSAGE-----\n\nNextClaim\n",
                "-----BEGIN PGP SIGNED MESSAGE-----\n\nType: address-claim\n",
                GOOD + "NextClaim\n",
                OTHERS + "\nNextClaim\n",
                "- \n")) {
            posts.add("Type: address-claim\n" + part.repeat((1 << 20) / part.length()));
            posts.add(GOOD + "\nNextClaim\n" + part.repeat((1 << 20) / part.length()));
        }
        for (String post : posts) {
            assertTimeout(Duration.ofSeconds(5), () -> judge(KEY, post, Poster.ANYONE, known(OWNER, OTHER)));
            assertTimeout(Duration.ofSeconds(5), () -> valid(GOOD).merge(bytes(post), NOW));
        }
    }

    @Test
    void everySpoiltOneIsJudgedAndNoSpoiltSignedByteIsTaken() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        KnownKeys known = known(OWNER);
        int textFrom = GOOD.indexOf("Type");
        int textTo = GOOD.indexOf("\n-----BEGIN PGP SIGNATURE");
        for (int i = 0; i < 3_000; i++) {
            byte[] spoilt = bytes(GOOD);
            int at = random.nextInt(spoilt.length);
            spoilt[at] ^= (byte) (1 << random.nextInt(8));
            Judgment judgment = judge(KEY, text(spoilt), OWNER_POSTS, known);
            if (judgment instanceof Judgment.Valid) {
                assertTrue(at < textFrom || at >= textTo, () -> "seed " + seed + "\n" + text(spoilt));
            }
        }
    }

    @Test
    void ageLimitIsThatOfClaims() {
        Instant oldest = NOW.minus(Duration.ofDays(10));
        String posted = claim(OWNER, ADDRESS, oldest);
        assertEquals(posted, merged(valid(posted), null, NOW));
    }
}

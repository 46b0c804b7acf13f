package org.confmail.server.block;

import static org.confmail.server.block.Blocks.bytes;
import static org.confmail.server.block.Blocks.hash;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hostile poster may send; each post as large as a session takes it. All of it must end soon, and none in an exception. */
class HostileBlocksTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
    private static final int POST_BYTES = 1024 * 1024;
    /** Some 100 times what they take; something quadratic takes minutes. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final String RECIPIENT = hash("recipient");
    private static final Key MAILBOX = Blocks.mailbox(RECIPIENT, "box");
    private static final String GOOD =
            Blocks.announcement(RECIPIENT, "box", hash("message"), NOW, List.of(hash("part")));

    private static String fill(String part) {
        return part.repeat(POST_BYTES / part.length());
    }

    static List<String> posts() {
        String sixteen =
                IntStream.range(0, 16).mapToObj(n -> String.format("%032x", n)).collect(Collectors.joining(","));
        String costly = GOOD.replaceFirst("bd,.*", "bd," + sixteen);
        String thousands =
                IntStream.range(0, 1_800).mapToObj(n -> "%08x".formatted(n)).collect(Collectors.joining(","));
        return List.of(
                fill("NextMessage\n"),
                fill("\n"),
                fill("\nNextMessage\n"),
                fill("x"),
                fill("\0"),
                fill("\0\n"),
                fill("Type: message-announcement\n"),
                fill("Type: message-announcement\nNextMessage\n"),
                fill("Type: message-announcement\n\nNextMessage\n"),
                fill("Type: acknowledgment\n"),
                fill("x".repeat(16_384) + "\n"),
                GOOD + fill("x".repeat(16_384) + "\n"),
                GOOD + fill("DataBlock: " + hash("part") + "\n"),
                GOOD + fill("\nNextMessage\n"),
                fill("\n") + GOOD,
                fill(costly + "NextMessage\n"),
                fill(GOOD + "NextMessage\n"),
                costly + fill("DataBlock: " + hash("part") + "\n"),
                fill(GOOD.replaceFirst("bd,.*", "bd," + thousands) + "NextMessage\n"),
                "Type: acknowledgment\nHash: " + fill("0"),
                "Type: message-announcement\nDate: " + fill("2") + "\n");
    }

    @ParameterizedTest
    @MethodSource("posts")
    void isJudgedSoon(String post) {
        assertTimeout(
                SOON,
                () -> TextRules.judge(MAILBOX, bytes(post), Limits.server(Map.of()), NOW, Poster.NONE, KnownKeys.NONE));
    }

    @ParameterizedTest
    @MethodSource("posts")
    void isMergedSoonWhereItIsHeld(String held) {
        TextBlock block =
                Blocks.valid(MAILBOX, Blocks.announcement(RECIPIENT, "box", hash("other"), NOW, List.of()), NOW);
        assertTimeout(SOON, () -> assertInstanceOf(Merged.Replace.class, block.merge(bytes(held), NOW)));
        assertTimeout(SOON, () -> Announcements.since(bytes(held), NOW));
        assertTimeout(SOON, () -> StoredHead.read(bytes(held), held.length()));
    }

    @ParameterizedTest
    @MethodSource("posts")
    void isNoDataHeader(String lines) {
        assertTimeout(
                SOON,
                () -> assertInstanceOf(
                        DataJudgment.Invalid.class, DataHeader.parse(bytes(lines), 10, Limits.server(Map.of()), NOW)));
    }

    @Test
    void hashesThatCollideInTheirFirstBytesCostNoMore() {
        StringBuilder post = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            String messageHash = "00000000" + hash("message " + i).substring(8);
            post.append(Blocks.announcement(RECIPIENT, "box", messageHash, NOW, List.of()))
                    .append("NextMessage\n");
        }
        TextBlock block = Blocks.valid(MAILBOX, post.toString(), NOW);
        assertTimeout(SOON, () -> assertInstanceOf(Merged.Unchanged.class, block.merge(bytes(post.toString()), NOW)));
    }

    @Test
    void everyPrefixAndEveryFlippedBitOfABlockIsJudged() {
        byte[] good = bytes(GOOD);
        for (int length = 0; length < good.length - 1; length++) {
            Blocks.refusal(MAILBOX, GOOD.substring(0, length), NOW);
        }
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Judgment judgment =
                    TextRules.judge(MAILBOX, bad, Limits.server(Map.of()), NOW, Poster.NONE, KnownKeys.NONE);
            if (judgment instanceof Judgment.Invalid(String reason)) {
                assertEquals(
                        true,
                        reason.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '…'),
                        () -> HexFormat.of().formatHex(bytes(reason)));
            }
        }
    }
}

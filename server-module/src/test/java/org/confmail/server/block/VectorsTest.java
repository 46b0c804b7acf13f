package org.confmail.server.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decides about real blocks as the existing server does. */
class VectorsTest {
    static List<Vectors.Verdict> verdicts() {
        return Vectors.verdicts();
    }

    static List<Vectors.MergeCase> mergeCases() {
        return Vectors.mergeCases();
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void verdictIsThatOfTheExistingServer(Vectors.Verdict verdict) {
        check(verdict, Limits.server(Map.of()), verdict.poster(), verdict.server());
        check(verdict, Limits.DHT, Poster.ANYONE, verdict.dht());
    }

    private static void check(Vectors.Verdict verdict, Limits limits, Poster poster, boolean accepted) {
        String refusal = Vectors.refusal(verdict.key(), verdict.content(), limits, Vectors.BLOCKS_NOW, poster);
        assertEquals(accepted, refusal.isEmpty(), refusal);
    }

    @Test
    void vectorsAreComplete() {
        assertEquals(35, verdicts().size());
        assertEquals(19, mergeCases().size());
    }

    @ParameterizedTest
    @MethodSource("mergeCases")
    void mergeIsThatOfTheExistingServer(Vectors.MergeCase merge) {
        // This one expires at 15:34:55, and the existing server still saw it.
        Instant now = merge.toString().equals("announcement-nearly-expired")
                ? Instant.parse("2026-11-22T15:34:50Z")
                : Vectors.MERGE_NOW;
        byte @Nullable [] stored = null;
        for (int i = 0; i < merge.posts().size(); i++) {
            stored = store(merge.key(), stored, merge.posts().get(i), now, merge.poster(i));
        }
        if (merge.isStored()) {
            assertNotNull(stored);
            assertEquals(sections(merge.stored()), sections(stored));
            if (merge.type() != BlockType.ADDRESS_CLAIM) { // there the existing server adds blank lines
                assertEquals(merge.stored().length, stored.length);
            }
        } else {
            assertNull(stored);
        }
    }

    /** What is stored after a post. */
    private static byte @Nullable [] store(Key key, byte @Nullable [] held, byte[] posted, Instant now, Poster poster) {
        Limits limits = Limits.server(Map.of());
        if (StoredHead.read(posted, posted.length) instanceof StoredHead.Data data) {
            DataHeader header = Vectors.header(posted, data, limits, now);
            StoredHead head = held == null ? null : StoredHead.read(held, held.length);
            return header.replaces(head, now) instanceof Replacement.Replace ? posted : held;
        }
        return switch (TextRules.judge(key, posted, limits, now, poster, KnownKeys.NONE)) {
            case Judgment.Valid(TextBlock block) ->
                block.merge(held, now) instanceof Merged.Replace(HeldText text) ? text.bytes() : held;
            case Judgment.Invalid _ -> held;
        };
    }

    /** The order within a mailbox is not significant, nor are the blank lines around a claim. */
    private static Set<String> sections(byte[] text) {
        return Arrays.stream(Blocks.text(text).split("NextMessage\n|\n+NextClaim\n", -1))
                .map(section -> section.replaceFirst("-\n+$", "-\n").replaceFirst("-$", "-\n"))
                .collect(Collectors.toSet());
    }

    @Test
    void expiredAnnouncementDropsOutWhenAnotherIsStored() {
        Vectors.MergeCase merge = Vectors.mergeCase("announcement-nearly-expired");
        Merged merged = Blocks.valid(merge.key(), merge.posts().get(1), Vectors.MERGE_NOW)
                .merge(merge.posts().get(0), Vectors.MERGE_NOW);
        assertArrayEquals(
                merge.posts().get(1),
                assertInstanceOf(Merged.Replace.class, merged).text().bytes());
    }

    @Test
    void sameBlockAgainChangesNothing() {
        for (Vectors.Verdict verdict : verdicts()) {
            if (verdict.type() == BlockType.MESSAGE_ANNOUNCEMENT && verdict.server()) {
                TextBlock block = Blocks.valid(verdict.key(), verdict.content(), Vectors.BLOCKS_NOW);
                assertInstanceOf(Merged.Unchanged.class, block.merge(verdict.content(), Vectors.BLOCKS_NOW));
            }
        }
    }

    @Test
    void postWithABadPartSaysWhatWasLeftOut() {
        Vectors.MergeCase merge = Vectors.mergeCase("announcement-one-bad-in-post");
        String remark = Blocks.valid(merge.key(), merge.posts().get(0), Vectors.MERGE_NOW)
                .remark()
                .orElseThrow();
        assertTrue(remark.startsWith("1 announcement left out: mailbox and recipient"), remark);
    }
}

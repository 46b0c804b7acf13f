package org.confmail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.HeldText;
import org.confmail.server.block.Key;
import org.confmail.server.block.Merged;
import org.junit.jupiter.api.Test;

class RecentlyMergedTest {
    private static final int LINE_BYTES = 52;

    private final RecentlyMerged recent = new RecentlyMerged();

    private static Key key(int number) {
        return Blocks.mailbox(Posts.RECIPIENT, "" + number);
    }

    /** A mailbox of a little more than so many bytes. */
    private static HeldText text(int number, int bytes) {
        String announcement = Blocks.announcement(
                Posts.RECIPIENT,
                "" + number,
                Blocks.hash("message"),
                Posts.NOW,
                Collections.nCopies(bytes / LINE_BYTES, Blocks.hash("part")));
        Merged merged = Blocks.valid(key(number), announcement, Posts.NOW).merge(HeldText.of(null), Posts.NOW);
        return assertInstanceOf(Merged.Replace.class, merged).text();
    }

    @Test
    void textIsTakenByOneOnly() {
        HeldText text = text(1, 100);
        recent.keep(key(1), text);
        assertSame(text, recent.take(key(1)).orElseThrow());
        assertEquals(Optional.empty(), recent.take(key(1)));
    }

    @Test
    void theFirstGoWhereTheyAreTooMany() {
        int bytes = RecentlyMerged.TEXT_BYTES_MAX / 2;
        int room = RecentlyMerged.BYTES_MAX / RecentlyMerged.COST_FACTOR / bytes;
        for (int number = 0; number < room + 2; number++) {
            recent.keep(key(number), text(number, bytes));
            recent.keep(key(number), text(number, bytes)); // in the place of the same
        }
        List<Integer> there = IntStream.range(0, room + 2)
                .filter(number -> recent.take(key(number)).isPresent())
                .boxed()
                .toList();
        assertEquals(IntStream.range(2, room + 2).boxed().toList(), there);
        recent.keep(key(0), text(0, bytes));
        assertEquals(Optional.empty(), recent.take(key(1)));
    }

    @Test
    void largeTextsAndThoseThatWereNotMergedAreNotKept() {
        recent.keep(key(1), text(1, RecentlyMerged.TEXT_BYTES_MAX));
        recent.keep(key(2), HeldText.of(Blocks.bytes("Type: acknowledgment\n")));
        assertEquals(Optional.empty(), recent.take(key(1)));
        assertEquals(Optional.empty(), recent.take(key(2)));
    }
}

package org.confmail.server.upkeep;

import static org.confmail.server.upkeep.TestStore.NOW;
import static org.confmail.server.upkeep.TestStore.OLD;
import static org.confmail.server.upkeep.TestStore.YOUNG;
import static org.confmail.server.upkeep.TestStore.acknowledgment;
import static org.confmail.server.upkeep.TestStore.announcement;
import static org.confmail.server.upkeep.TestStore.claim;
import static org.confmail.server.upkeep.TestStore.data;
import static org.confmail.server.upkeep.TestStore.held;
import static org.confmail.server.upkeep.TestStore.key;
import static org.confmail.server.upkeep.TestStore.keyAnnouncement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.confmail.server.block.BlockType;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.Limits;
import org.confmail.server.store.Holder;
import org.confmail.server.store.StoreKind;
import org.confmail.server.time.Ticker;
import org.confmail.server.upkeep.PruneCounts.TypeCounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PruneTest {
    private static final Key ALICE = key("alice");
    private static final Path VECTORS = Path.of("src/test/resources/vectors/home");

    @TempDir
    Path home;

    private TestStore store;

    @BeforeEach
    void make() throws IOException {
        store = new TestStore(home);
    }

    private PruneCounts prune() throws IOException {
        return count(store.upkeep().run(TestStore.prune(false), Watch.NOBODY), StoreKind.LOCAL);
    }

    private static PruneCounts count(Result result, StoreKind kind) {
        assertTrue(result.complete());
        return Optional.ofNullable(result.counts().get(kind)).orElseThrow();
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @Test
    void blocksGoWhenTheyAreOlderThanTheLimitOfTheirType() throws IOException {
        Path oldData = store.lay("old data", data(OLD, 5000));
        Path youngData = store.lay("young data", data(YOUNG, 5000));
        Path oldAck = store.lay("old ack", acknowledgment(OLD));
        Path youngAck = store.lay("young ack", acknowledgment(YOUNG));
        Instant keyLimit = NOW.minus(Duration.ofDays(31));
        Path oldKey = store.lay("old key", keyAnnouncement(keyLimit, "A <a@b>"));
        Path youngKey = store.lay("young key", keyAnnouncement(keyLimit.plusSeconds(1), "A <a@b>"));
        long size = Files.size(oldData);

        PruneCounts counts = prune();

        assertEquals(new TypeCounts(2, 1, 0, 0, size), counts.of(BlockType.DATA));
        assertEquals(2, counts.of(BlockType.ACKNOWLEDGMENT).seen());
        assertEquals(1, counts.of(BlockType.KEY_ANNOUNCEMENT).deleted());
        assertEquals(6, counts.total().seen());
        assertTrue(Stream.of(oldData, oldAck, oldKey).noneMatch(Files::exists));
        assertTrue(Stream.of(youngData, youngAck, youngKey).allMatch(Files::exists));
    }

    @Test
    void agesOfConfigCountForTheLocalStoreOnly() throws IOException {
        Path local = store.lay("ack", acknowledgment(NOW.minusSeconds(100)));
        Path distributed = TestStore.lay(store.entangled, key("ack"), held(acknowledgment(NOW.minusSeconds(100))));
        Limits short99 = Limits.server(Map.of(BlockType.ACKNOWLEDGMENT, Duration.ofSeconds(99)));
        store.upkeep(short99, NOW, Ticker.SYSTEM).run(TestStore.prune(false), Watch.NOBODY);
        assertFalse(Files.exists(local));
        assertTrue(Files.exists(distributed));
    }

    @Test
    void blockWithoutADateGoesAndWhatIsNoBlockStays() throws IOException {
        Path undated = store.lay("undated", "Type: acknowledgment\nVersion: 1\n");
        Path impossible = store.lay("impossible", "Type: data\nDate: 2020-13-45T00:00:00Z\nData: 1\nx");
        Path torn = store.lay("torn", data(OLD, 100).substring(0, 90));
        List<Path> alone = List.of(
                store.lay("unknown", "Type: letter\nDate: 2001-01-01T00:00:00Z\n"),
                store.lay("certificate", "Server: H port P\nDigest: AA\nType: rsa 2048 bits\n"),
                store.lay("empty", ""),
                store.lay("ahead", acknowledgment(NOW.plus(Duration.ofDays(4000)))),
                Files.writeString(home.resolve("localstore").resolve("note"), "Type: data\n"),
                Files.writeString(
                        Files.createDirectories(store.local.resolve("6E/6F")).resolve("6E6F64655374617465"), "(dp0"),
                Files.writeString(store.local.resolve("6E/6F/LOCKFILE"), ""));
        PruneCounts counts = prune();
        assertTrue(Stream.of(undated, impossible, torn).noneMatch(Files::exists));
        assertTrue(alone.stream().allMatch(Files::exists));
        assertEquals(3, counts.unknown());
        assertEquals(0, counts.failed());
    }

    @Test
    void largeHeaderInFrontOfTheDateIsReadToItsEnd() throws IOException {
        String odd = "X: y\n".repeat(5000) + acknowledgment(OLD);
        Path old = store.lay("odd", odd);
        prune();
        assertFalse(Files.exists(old));
    }

    @Test
    void mailboxIsTrimmedToTheAnnouncementsThatLive() throws IOException {
        String one = announcement(YOUNG, ALICE, "one");
        String two = announcement(OLD, ALICE, "two");
        String three = announcement(YOUNG, ALICE, "three");
        String four = announcement(YOUNG, ALICE, "four");
        String undated = "Type: message-announcement\nRecipient: " + ALICE + "\n";
        Path file = store.lay("box", String.join("NextMessage\n", one, two, three, four, undated));
        Path tail = store.lay("tail", one + "NextMessage\n" + two);
        Path head = store.lay("head", two + "NextMessage\n" + one);
        Path gone = store.lay("gone", two + "NextMessage\n\n" + two);
        Path whole = store.lay("whole", one + "\nNextMessage\nNextMessage\n" + three);
        long before = Files.size(file);

        PruneCounts counts = prune();

        assertEquals(String.join("NextMessage\n", one, three, four), read(file));
        assertEquals(one, read(tail));
        assertEquals(one, read(head));
        assertFalse(Files.exists(gone));
        assertEquals(one + "\nNextMessage\nNextMessage\n" + three, read(whole));
        TypeCounts mail = counts.of(BlockType.MESSAGE_ANNOUNCEMENT);
        assertEquals(5, mail.seen());
        assertEquals(1, mail.deleted());
        assertEquals(3, mail.trimmed());
        assertEquals(6, mail.entries());
        assertTrue(mail.bytes() > before - Files.size(file));
        assertEquals(new TypeCounts(4, 0, 0, 0, 0), prune().of(BlockType.MESSAGE_ANNOUNCEMENT));
    }

    @Test
    void claimsAreTrimmedWithTheirBlankLines() throws IOException {
        String one = claim(OLD, ALICE, "a@b");
        String two = claim(YOUNG, key("bob"), "a@b");
        Path file = store.lay("claims", one + "NextClaim\n" + two);
        prune();
        assertEquals(two, read(file));
    }

    @Test
    void heldBlockKeepsItsLinesWithTheRightLength() throws IOException {
        String one = announcement(YOUNG, ALICE, "one");
        String both = one + "NextMessage\n" + announcement(OLD, ALICE, "two");
        Path file = TestStore.lay(store.entangled, key("box"), held(both));
        Path stale = TestStore.lay(store.entangled, key("stale"), held(both).replaceFirst("Data: \\d+\n", "Data: 7\n"));
        Path missing = TestStore.lay(store.entangled, key("missing"), held(both).replaceFirst("Data: \\d+\n", ""));
        Path old = TestStore.lay(store.entangled, key("old"), held(data(OLD, 10)));
        Path young = TestStore.lay(store.entangled, key("young"), held(data(YOUNG, 10)));
        Path bare = TestStore.lay(store.entangled, key("bare"), data(OLD, 10));
        PruneCounts counts = count(store.upkeep().run(TestStore.prune(false), Watch.NOBODY), StoreKind.ENTANGLED);
        for (Path each : List.of(file, stale, missing)) {
            assertEquals(held(one), read(each));
        }
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young));
        assertTrue(Files.exists(bare)); // not what a node writes
        assertEquals(1, counts.unknown());
        assertEquals(3, counts.of(BlockType.MESSAGE_ANNOUNCEMENT).trimmed());
    }

    @Test
    void simulationCountsTheSameAndChangesNothing() throws IOException {
        store.lay("a", data(OLD, 100));
        store.lay("b", acknowledgment(YOUNG));
        store.lay("c", announcement(YOUNG, ALICE, "one") + "NextMessage\n" + announcement(OLD, ALICE, "two"));
        Files.writeString(
                TestStore.file(store.local, key("a")).resolveSibling(key("a") + "." + TestStore.OWN_ID + "-1-1.tmp"),
                "x");
        TestStore.lay(store.entangled, key("d"), held(acknowledgment(OLD)));
        Map<String, String> before = TestStore.content(home);
        Map<StoreKind, PruneCounts> simulated =
                store.upkeep().run(TestStore.prune(true), Watch.NOBODY).counts();
        assertEquals(before, TestStore.content(home));
        assertEquals(
                simulated,
                store.upkeep().run(TestStore.prune(false), Watch.NOBODY).counts());
        assertEquals(
                1, simulated.values().stream().mapToLong(PruneCounts::leftOvers).sum());
        assertEquals(2, TestStore.content(home).size());
    }

    @Test
    void leftOversOfOursGoAndThoseOfStrangersWhenTheyAreADayOld() throws IOException {
        Path block = store.lay("b", acknowledgment(YOUNG));
        Path own = Files.writeString(block.resolveSibling(key("b") + "." + TestStore.OWN_ID + "-7-123.tmp"), "x");
        Path fresh = Files.writeString(block.resolveSibling(key("b") + ".99999999-7-123.tmp"), "x");
        Path stale = Files.writeString(block.resolveSibling(key("b") + ".99999999-8-123.tmp"), "x");
        Files.setLastModifiedTime(fresh, FileTime.from(NOW.minus(Duration.ofHours(23))));
        Files.setLastModifiedTime(stale, FileTime.from(NOW.minus(Duration.ofHours(25))));
        assertEquals(2, prune().leftOvers());
        assertTrue(Stream.of(own, stale).noneMatch(Files::exists));
        assertTrue(Stream.of(block, fresh).allMatch(Files::exists));
    }

    @ParameterizedTest
    @EnumSource
    void leafThatAnotherProcessHoldsIsPassedOverUntilTheNextRun(Holder.Language language) throws IOException {
        Path locked = store.lay("old", acknowledgment(OLD));
        Path free = store.lay("old too", acknowledgment(OLD));
        AtomicLong seconds = new AtomicLong();
        Ticker hasty = () -> Duration.ofSeconds(seconds.incrementAndGet()).toNanos();
        Upkeep upkeep = store.upkeep(Limits.server(Map.of()), NOW, hasty);
        Optional<Holder> holder = Holder.start(language, locked.resolveSibling("LOCKFILE"));
        assumeTrue(holder.isPresent());
        try (Holder held = holder.get()) {
            assertEquals(Optional.of("LOCKED"), held.said());
            PruneCounts counts = count(upkeep.run(TestStore.prune(false), Watch.NOBODY), StoreKind.LOCAL);
            assertEquals(1, counts.failed());
            assertTrue(Files.exists(locked));
            assertFalse(Files.exists(free));
        }
        assertEquals(
                0,
                count(upkeep.run(TestStore.prune(false), Watch.NOBODY), StoreKind.LOCAL)
                        .failed());
        assertFalse(Files.exists(locked));
    }

    @Test
    void runEndsWhenItIsToldTo() throws IOException {
        for (int i = 0; i < 40; i++) {
            store.lay("old " + i, acknowledgment(OLD));
        }
        List<Progress> seen = new ArrayList<>();
        Result result = store.upkeep().run(TestStore.prune(false), new Watch() {
            @Override
            public boolean goesOn() {
                return seen.isEmpty() || seen.getLast().deleted() < 10;
            }

            @Override
            public void at(Progress progress) {
                seen.add(progress);
            }
        });
        assertFalse(result.complete());
        assertEquals(30, TestStore.content(store.local).size());
        assertTrue(seen.getLast().percent() < 100);
    }

    @Test
    void storeThatIsMissingIsSaidToBe() {
        TestStore gone = store;
        assertEquals(
                "the directory " + store.entangled + " cannot be read",
                assertThrows(IOException.class, () -> {
                            Files.delete(gone.entangled);
                            gone.upkeep().run(TestStore.prune(false), Watch.NOBODY);
                        })
                        .getMessage());
    }

    @Test
    void homeOfTheOldServerIsPrunedAtItsTime() throws IOException {
        copy(VECTORS.resolve("localstore"), store.local);
        copy(VECTORS.resolve("entangled"), store.entangled);
        Map<String, String> all = TestStore.content(home);
        Limits limits = Limits.server(Map.of());
        Instant made = Instant.parse("2026-11-22T15:35:09Z");
        store.upkeep(limits, made, Ticker.SYSTEM).run(TestStore.prune(false), Watch.NOBODY);
        assertEquals(all, TestStore.content(home));
        store.upkeep(limits, made.plus(Duration.ofDays(32)), Ticker.SYSTEM).run(TestStore.prune(false), Watch.NOBODY);
        assertEquals(
                List.of("entangled/6E/6F/6E6F64655374617465"),
                TestStore.content(home).keySet().stream().toList());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** The naive way to the same end, for mailboxes of any shape. */
    @Test
    void trimmingAgreesWithANaiveModel() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<String> kept = new ArrayList<>();
            List<String> all = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(12); i++) {
                boolean lives = random.nextInt(3) > 0;
                String filler = "Note: " + "n".repeat(random.nextInt(2) * random.nextInt(3000)) + "\n";
                String entry = announcement(lives ? YOUNG : OLD, ALICE, "m" + i) + filler;
                all.add(entry);
                if (lives) {
                    kept.add(entry);
                }
            }
            Path file = store.lay("box " + round, String.join("NextMessage\n", all));
            prune();
            String expected = String.join("NextMessage\n", kept);
            assertEquals(expected, Files.exists(file) ? read(file) : "", "seed " + seed + ", round " + round);
            Files.deleteIfExists(file);
        }
    }

    @Test
    void trimmedMailboxIsWhatAMergeGoesOnWith() throws IOException {
        String recipient = Blocks.hash("recipient");
        Key mailbox = Blocks.mailbox(recipient, "0");
        String live = Blocks.announcement(recipient, "0", Blocks.hash("one"), NOW.minusSeconds(60), List.of());
        String more = Blocks.announcement(recipient, "0", Blocks.hash("two"), NOW.minusSeconds(30), List.of());
        Path file = TestStore.lay(store.local, mailbox, live + "NextMessage\n" + announcement(OLD, ALICE, "x"));
        prune();
        assertEquals(live, read(file));
        assertEquals(more + "NextMessage\n" + live, Blocks.merged(Blocks.valid(mailbox, more, NOW), read(file), NOW));
    }
}

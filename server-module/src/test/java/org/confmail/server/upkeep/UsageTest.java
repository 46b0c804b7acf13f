package org.confmail.server.upkeep;

import static org.confmail.server.upkeep.TestStore.NOW;
import static org.confmail.server.upkeep.TestStore.OLD;
import static org.confmail.server.upkeep.TestStore.YOUNG;
import static org.confmail.server.upkeep.TestStore.acknowledgment;
import static org.confmail.server.upkeep.TestStore.announcement;
import static org.confmail.server.upkeep.TestStore.claim;
import static org.confmail.server.upkeep.TestStore.data;
import static org.confmail.server.upkeep.TestStore.key;
import static org.confmail.server.upkeep.TestStore.keyAnnouncement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.confmail.server.block.Key;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.upkeep.Order.ReportOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
    private static final Path GOLDEN = Path.of("src/test/resources/org/confmail/server/upkeep");
    private static final Key ALICE = key("alice");
    private static final Key BOB = key("bob");
    private static final Key CAROL = key("carol");

    @TempDir
    Path home;

    private TestStore store;

    @BeforeEach
    void make() throws IOException {
        store = new TestStore(home);
    }

    private UsageReport report(boolean prune, long blockSize) throws IOException {
        Order order = new Order(prune, false, false, Duration.ZERO, Optional.of(new ReportOrder(blockSize)));
        return store.upkeep().run(order, Watch.NOBODY).usage().orElseThrow();
    }

    private static UsageRow row(UsageReport report, Key user) {
        return report.users().stream()
                .filter(row -> row.key().equals(user.toString()))
                .findFirst()
                .orElseThrow();
    }

    /** Some of everything. */
    private void fill() throws IOException {
        TestStore.lay(store.local, ALICE, keyAnnouncement(YOUNG, "Alice, \"the\" <b>Great <alice@example.test>"));
        TestStore.lay(store.local, CAROL, keyAnnouncement(YOUNG, "=cmd|' /C calc'!A0"));
        store.lay("claims", claim(YOUNG, BOB, "bob@example.test") + "NextClaim\n" + claim(YOUNG, ALICE, "x@y"));
        store.lay(
                "alice 0",
                announcement(YOUNG, ALICE, "one", "shared", "hers") + "NextMessage\n"
                        + announcement(YOUNG, ALICE, "two", "shared", "missing"));
        store.lay("alice 1", announcement(YOUNG, ALICE, "three", "shared"));
        store.lay(
                "bob 0",
                announcement(YOUNG, BOB, "one", "shared") + "NextMessage\n" + announcement(OLD, BOB, "old", "late"));
        store.lay("dave 0", announcement(YOUNG, key("dave"), "one"));
        store.lay("shared", data(YOUNG, 5001));
        store.lay("hers", data(YOUNG, 100));
        store.lay("late", data(YOUNG, 700));
        store.lay("nobody's", data(YOUNG, 3000));
        store.lay("ack", acknowledgment(YOUNG));
    }

    @Test
    void dataIsDividedAmongThoseToWhomItIsAnnounced() throws IOException {
        fill();
        UsageReport report = report(false, 1);
        UsageRow alice = row(report, ALICE);
        UsageRow bob = row(report, BOB);
        assertEquals("alice@example.test", alice.email());
        assertEquals("bob@example.test", bob.email());
        assertEquals("Unknown", row(report, key("dave")).email());
        long shared = data(YOUNG, 5001).length();
        long hers = data(YOUNG, 100).length();
        long late = data(YOUNG, 700).length();
        assertEquals(2, alice.dataBlocks());
        assertEquals(shared + hers, alice.dataBytes());
        assertEquals(2, alice.mailboxes());
        assertEquals(3, alice.messages());
        assertEquals(2, bob.dataBlocks());
        assertEquals(shared + late, bob.dataBytes());
        assertEquals(shared, alice.dataShare() - hers + bob.dataShare() - late);
        assertTrue(Math.abs((alice.dataShare() - hers) - (bob.dataShare() - late)) <= 1);
        UsageRow unmatched = report.unmatched().orElseThrow();
        assertEquals(1, unmatched.dataBlocks());
        long apportioned =
                report.rows().stream().mapToLong(UsageRow::apportionedBytes).sum();
        assertEquals(apportioned, report.total().apportionedBytes());
        assertEquals(4, report.total().dataBlocks());
        assertEquals(4 + 4 + 2 + 1, report.total().blocks());
    }

    @Test
    void sizesRoundUpToTheDisksBlocks() throws IOException {
        fill();
        report(false, 4096).rows().forEach(row -> {
            assertEquals(0, row.dataBytes() % 4096);
            assertEquals(0, row.mailboxBytes() % 4096);
        });
        assertThrows(IllegalArgumentException.class, () -> new ReportOrder(0));
    }

    @Test
    void afterAPruneWhatIsLeftIsReported() throws IOException {
        fill();
        UsageReport report = report(true, 512);
        UsageRow bob = row(report, BOB);
        assertEquals(1, bob.messages());
        assertEquals(512, bob.mailboxBytes());
        assertEquals(2, report.unmatched().orElseThrow().dataBlocks());
    }

    @Test
    void emptyStoreIsReportedAsEmpty() throws IOException {
        UsageReport report = report(false, 512);
        assertEquals(List.of(), report.rows());
        assertEquals(0, report.total().rawBytes());
        StringWriter page = new StringWriter();
        new HtmlReport("here", NOW, true).write(report, page);
        assertFalse(page.toString().contains("<svg"));
    }

    @Test
    void reportsAreAsTheyWere() throws IOException {
        fill();
        UsageReport report = report(false, 512);
        golden("report.csv", SeparatedReport.csv(true), report);
        golden("report.tab", SeparatedReport.tab(false), report);
        golden("report.html", new HtmlReport("/home/<confmail>/localstore", NOW, true), report);
    }

    private static void golden(String name, ReportFormat format, UsageReport report) throws IOException {
        StringWriter written = new StringWriter();
        format.write(report, written);
        assertEquals(Files.readString(GOLDEN.resolve(name)), written.toString());
    }

    @Test
    void pageNeedsNothingFromElsewhereAndShowsNoMarkOfAUser() throws IOException {
        fill();
        TestStore.lay(store.local, key("eve"), keyAnnouncement(YOUNG, "<script>alert(1)</script>"));
        TestStore.lay(store.local, key("eve 2"), keyAnnouncement(YOUNG, "\" onload=\"x\u0007\u00e9"));
        StringWriter page = new StringWriter();
        new HtmlReport("here", NOW, false).write(report(false, 512), page);
        String html = page.toString();
        assertEquals(1, html.split("<script>", -1).length - 1);
        assertFalse(html.contains("http:") || html.contains("https:") || html.contains("src="), html);
        assertFalse(html.contains("onload=\""), html);
        assertFalse(html.contains("<tfoot>"));
    }

    @Test
    void reportReplacesTheOldOneAsAWhole() throws IOException {
        fill();
        UsageReport report = report(false, 512);
        Path target = home.resolve("report.csv");
        FaultyDisk disk = new FaultyDisk(new FileDisk());
        Files.writeString(target, "old");
        ReportFile file = new ReportFile(target, disk);
        for (int n = 1; ; n++) {
            disk.failAt(n);
            try {
                file.write(SeparatedReport.csv(true), report);
                if (disk.failed().isEmpty()) {
                    assertTrue(n > 5);
                    break;
                }
            } catch (IOException e) {
                String now = Files.readString(target, StandardCharsets.UTF_8);
                assertTrue(now.equals("old") || now.contains("Total"), now);
            }
            disk.heal();
        }
        assertTrue(Files.readString(target).contains("Total"));
        assertFalse(Files.exists(home.resolve("report.csv.tmp")));
    }

    /** Against plain collections, over several growths of the table. */
    @Test
    void dataBlocksAreCountedAsByANaiveModel() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        DataBlocks table = new DataBlocks(random.nextLong());
        Map<Key, Long> sizes = new HashMap<>();
        Map<Key, Set<Integer>> users = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            Key key = key("block " + random.nextInt(8000));
            if (random.nextBoolean()) {
                table.stored(key, i);
                sizes.put(key, (long) i);
            } else {
                int user = random.nextInt(5);
                table.announced(key, user);
                users.computeIfAbsent(key, one -> new HashSet<>()).add(user);
            }
        }
        Map<String, Integer> expected = new TreeMap<>();
        sizes.forEach((key, size) -> expected.merge(
                size + " " + users.getOrDefault(key, Set.of()).stream().sorted().toList(), 1, Integer::sum));
        Map<String, Integer> found = new TreeMap<>();
        table.forEach((size, numbers) ->
                found.merge(size + " " + Arrays.stream(numbers).boxed().toList(), 1, Integer::sum));
        assertEquals(expected, found, "seed " + seed);
    }
}

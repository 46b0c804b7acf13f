package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.Stamp;
import org.confmail.server.disk.Disk.HeldLock;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.home.Home;
import org.confmail.server.home.HomeLock;
import org.confmail.server.store.Holder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageUtilityTest {
    @TempDir
    Path root;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path store;

    @BeforeEach
    void makeHome() throws IOException {
        store = root.resolve("elsewhere");
        Files.createDirectory(root.resolve("entangled"));
        Files.writeString(root.resolve("config.txt"), "alt_localstore: " + store + "\nmax_age_ack: 3600\n");
        lay("old", Duration.ofHours(2));
        lay("young", Duration.ofMinutes(30));
    }

    private Path lay(String name, Duration age) throws IOException {
        Path file = file(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(
                file,
                "Type: acknowledgment\nDate: " + Stamp.format(Instant.now().minus(age)) + "\n");
    }

    private Path file(String name) {
        String digits = Key.sha1(Blocks.bytes(name)).toString();
        return store.resolve(digits.substring(0, 2))
                .resolve(digits.substring(2, 4))
                .resolve(digits);
    }

    private int run(boolean terminal, String... words) {
        List<String> all = Stream.concat(Stream.of("-storutil", "-homedir", root.toString()), Stream.of(words))
                .toList();
        CommandLine.StorageUtility parsed = assertInstanceOf(CommandLine.StorageUtility.class, CommandLine.parse(all));
        return new StorageUtility(
                        parsed.options(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        terminal)
                .run();
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void prunesTheStoreOfTheConfigBesideARunningServer() throws Exception {
        try (HomeLock _ = HomeLock.take(Home.at(root), "host", new FileDisk(), new Random(1))) {
            assertEquals(Main.DONE, run(false, "-prune-localstore", "-prune-entangled"));
        }
        assertFalse(Files.exists(file("old")));
        assertTrue(Files.exists(file("young")));
        assertTrue(said().contains(store + ", pruned\n"), said());
        assertTrue(said().matches("(?s).*acknowledgment +2 +1 +0 +0 +\\d+\n.*"), said());
        assertTrue(said().contains(root.resolve("entangled") + ", pruned\n"), said());
        assertEquals("", complained());
    }

    @Test
    void simulatesAndReportsWhatWouldBeLeft() throws IOException {
        Path csv = root.resolve("usage.csv");
        assertEquals(
                Main.DONE,
                run(
                        true,
                        "-prune-localstore",
                        "-prune-simulate",
                        "-report-csv",
                        csv.toString(),
                        "-report-html",
                        root.resolve("usage.html").toString(),
                        "-report-tab",
                        root.resolve("usage.tab").toString(),
                        "-nototal",
                        "-keeptemp"));
        assertTrue(Files.exists(file("old")));
        assertTrue(said().contains("simulated: nothing was changed"), said());
        assertTrue(said().contains("report written: " + csv), said());
        assertEquals(1, Files.readAllLines(csv).size());
        assertTrue(Files.readString(root.resolve("usage.html")).endsWith("</html>\n"));
        assertTrue(complained().contains("-keeptemp is not needed any more"), complained());
        assertTrue(complained().contains("100 %"), complained());
    }

    @Test
    void secondOneOnTheSameHomeRefusesToStart() throws IOException {
        Path lock = Files.createDirectory(root.resolve("storutil")).resolve("LOCKFILE");
        Optional<Holder> other = Holder.start(Holder.Language.JAVA, lock);
        try (Holder held = other.orElseThrow()) {
            assertEquals(Optional.of("LOCKED"), held.said());
            assertEquals(Main.FAILED, run(false, "-prune-localstore"));
        }
        assertTrue(complained().contains("another storage utility"), complained());
        assertTrue(complained().contains("Nothing was done"), complained());
        assertEquals(1, complained().lines().count());
        assertTrue(Files.exists(file("old")));
        assertEquals(Main.DONE, run(false, "-prune-localstore"));
        assertFalse(Files.exists(file("old")));
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        assertEquals(Main.FAILED, run(false, "-prune-localstore", "-report-csv", root + "/no/where.csv"));
        assertTrue(complained().contains("cannot be written: name a file in a directory that exists"), complained());
        assertTrue(Files.exists(file("old")));
        Files.writeString(root.resolve("config.txt"), "max_age_ack: soon\n");
        assertEquals(Main.FAILED, run(false, "-prune-localstore"));
        assertTrue(complained().contains("max_age_ack"), complained());
        Files.delete(root.resolve("config.txt"));
        assertEquals(Main.FAILED, run(false, "-prune-localstore"));
        assertTrue(complained().contains("Is -homedir the home of a server?"), complained());
    }

    @Test
    void leafThatIsHeldIsToldInTheStatus() throws IOException {
        Path held = file("old").resolveSibling("LOCKFILE");
        FileDisk disk = new FileDisk();
        // Where a directory stands in the place of the lock file, the lock cannot be had.
        Files.createDirectory(held);
        assertEquals(Main.FAILED, run(false, "-prune-localstore"));
        assertTrue(said().contains("passed over, see above: 1. Run it again."), said());
        assertTrue(Files.exists(file("old")));
        try (HeldLock _ = disk.tryLock(root.resolve("storutil/LOCKFILE"), FileDisk.Access.OWNER_ONLY)
                .orElseThrow()) {
            assertTrue(Files.exists(held));
        }
    }

    @Test
    void reportAloneIsToldInTheStatus() throws IOException {
        Path csv = root.resolve("usage.csv");
        assertEquals(Main.DONE, run(false, "-report-csv", csv.toString()));
        assertEquals("report written: " + csv + "\n", said());
        assertTrue(Files.exists(file("old")));

        Files.createDirectory(root.resolve("other.csv.tmp")); // stands where the report is to be written first
        Files.writeString(root.resolve("other.csv.tmp/x"), "x");
        assertEquals(
                Main.FAILED, run(false, "-report-csv", root.resolve("other.csv").toString()));
        assertTrue(
                complained().contains("the report " + root.resolve("other.csv") + " cannot be written"), complained());

        Path directory = file("old").resolveSibling(".");
        Files.createDirectory(directory.resolve(Key.sha1(new byte[0]).toString().replaceFirst("^....", leaf("old"))));
        out.reset();
        assertEquals(Main.FAILED, run(false, "-report-csv", csv.toString()));
        assertTrue(said().contains("passed over, see above: 1."), said());
    }

    private String leaf(String name) {
        return Key.sha1(Blocks.bytes(name)).toString().substring(0, 4);
    }
}

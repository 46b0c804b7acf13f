package org.confmail.server.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.net.NewTlsIdentity;
import org.confmail.server.net.TlsIdentity;
import org.confmail.shared.config.ConfigDocument;
import org.confmail.shared.config.NewConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeMakerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.25Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final NewTlsIdentity IDENTITY = NewTlsIdentity.make("test", NOW, RANDOM);
    private static final ConfigDocument CONFIG = NewConfig.document(18081, 18082);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisabledOnOs(OS.WINDOWS) // no POSIX permissions
    void newHomeHasEverythingAndNobodyElseCanReadIt(boolean placeIsThere) throws Exception {
        Path place = directory.resolve("home");
        if (placeIsThere) {
            Files.createDirectory(
                    place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        NewHome made = new HomeMaker(new FileDisk(), RANDOM, CLOCK).make(place, CONFIG, "mail.example");
        Home home = made.home();

        assertEquals(List.of("home"), names(directory));
        assertEquals(
                List.of("auth.txt", "config.txt", "entangled", "inputqueue", "localstore", "sendqueue", "ssl"),
                names(place));
        assertEquals(CONFIG, ConfigDocument.parse(Files.readAllBytes(home.config())));
        assertTrue(made.administratorKey().matches("[0-9A-F]{40}"));
        assertTrue(made.replicationKey().matches("[0-9A-F]{40}"));
        assertNotEquals(made.administratorKey(), made.replicationKey());
        assertEquals(
                List.of(
                        "administrator " + made.administratorKey() + " 2026-11-22T12:00:00Z",
                        "replication " + made.replicationKey() + " 2026-11-22T12:00:00Z"),
                Files.readAllLines(home.accounts()).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList());
        TlsIdentity identity = TlsIdentity.load(home.tlsKey(), home.tlsCertificate());
        assertEquals(made.certificateDigest(), identity.digest());
        assertEquals("CN=mail.example", identity.facts().subject());
        try (Stream<Path> all = Files.walk(place)) {
            for (Path path : all.toList()) {
                assertEquals(
                        Files.isDirectory(path) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                        path.toString());
            }
        }
        assertFalse(made.toString().contains(made.administratorKey()));
    }

    @Test
    void newHomeHasNothingToFindFaultWith() throws Exception {
        // others may have the ports
        NewHome made = maker(new FileDisk()).make(directory.resolve("home"), CONFIG, "test");
        assertEquals(
                List.of(),
                new HomeCheck(CLOCK)
                        .check(made.home().root()).stream()
                                .filter(finding -> !finding.where().contains(" port "))
                                .toList());
    }

    /** Once as a glitch, and once for good, as a full disk; on a new place, and on an empty directory. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void failureOfAnyOperationLeavesNothingBehind(boolean placeIsThere) throws Exception {
        Path place = directory.resolve("home");
        FaultyDisk disk = new FaultyDisk(new FileDisk());
        prepare(place, placeIsThere);
        maker(disk).make(place, CONFIG, "test");
        int operations = disk.operations().size();
        assertTrue(operations > 20, () -> disk.operations().toString());

        for (int n = 1; n <= operations; n++) {
            prepare(place, placeIsThere);
            disk.failAt(n);
            HomeException e =
                    assertThrows(HomeException.class, () -> maker(disk).make(place, CONFIG, "test"));
            String failed = disk.failed().orElseThrow();
            assertTrue(e.getMessage().contains(FaultyDisk.MESSAGE), e.getMessage());
            assertTrue(e.getMessage().contains("What had been made was removed."), failed + ": " + e.getMessage());
            assertEquals(placeIsThere ? List.of("home") : List.of(), names(directory), failed);
            if (placeIsThere) {
                assertEquals(List.of(), names(place), failed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void diskThatFailsForGoodLeavesNoHalfHomeThatLooksWhole(boolean placeIsThere) throws Exception {
        Path place = directory.resolve("home");
        FaultyDisk disk = new FaultyDisk(new FileDisk());
        prepare(place, placeIsThere);
        maker(disk).make(place, CONFIG, "test");
        List<String> all = disk.operations();

        for (int n = 1; n <= all.size(); n++) {
            prepare(place, placeIsThere);
            disk.failFrom(n);
            HomeException e =
                    assertThrows(HomeException.class, () -> maker(disk).make(place, CONFIG, "test"));
            // Nothing can be removed either; but config.txt is there only when everything else is, too.
            if (Files.exists(Home.at(place).config())) {
                assertEquals(
                        7,
                        names(place).stream()
                                .filter(name -> !name.startsWith("."))
                                .count(),
                        all.get(n - 1));
            }
            assertTrue(n == 1 || e.getMessage().contains("delete it"), e.getMessage());
        }
    }

    @Test
    void refusesWhatIsNotEmptyAndTouchesNothing() throws Exception {
        Path full = Files.createDirectory(directory.resolve("full"));
        Files.writeString(full.resolve("letter"), "dear");
        refused(full, "letter in it");
        assertEquals(List.of("letter"), names(full));

        Path home = directory.resolve("home");
        maker(new FileDisk()).make(home, CONFIG, "test");
        String accounts = Files.readString(Home.at(home).accounts());
        refused(home, "there is a home already");
        assertEquals(accounts, Files.readString(Home.at(home).accounts()));

        refused(Files.writeString(directory.resolve("file"), ""), "there is a file");
        refused(Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nowhere")), "link to nowhere");
        refused(directory.resolve("no/such/parent"), "there is no directory " + directory.resolve("no/such"));
        refused(directory.getRoot(), "not empty");
        assertEquals(List.of("file", "full", "home", "link"), names(directory));
    }

    @Test
    void homeThatAnotherMadeInTheMeantimeIsLeftAlone() throws Exception {
        Path place = directory.resolve("home");
        HomeMaker slow = new HomeMaker(new FileDisk(), RANDOM, CLOCK, name -> {
            try {
                maker(new FileDisk()).make(place, CONFIG, "the other");
            } catch (HomeException e) {
                throw new IllegalStateException(e);
            }
            return IDENTITY;
        });
        assertThrows(HomeException.class, () -> slow.make(place, CONFIG, "test"));
        assertEquals(List.of("home"), names(directory));
        assertEquals(7, names(place).size());
    }

    private void refused(Path place, String why) {
        HomeException e =
                assertThrows(HomeException.class, () -> maker(new FileDisk()).make(place, CONFIG, "test"));
        assertTrue(
                e.getMessage().contains("nothing was touched") && e.getMessage().contains(why), e.getMessage());
    }

    private void prepare(Path place, boolean placeIsThere) throws IOException {
        Removal removal = new Removal(new FileDisk());
        for (String name : names(directory)) {
            removal.remove(directory.resolve(name));
        }
        assertEquals(List.of(), removal.failures());
        if (placeIsThere) {
            Files.createDirectory(place);
        }
    }

    private static HomeMaker maker(Disk disk) {
        return new HomeMaker(disk, RANDOM, CLOCK, name -> IDENTITY);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}

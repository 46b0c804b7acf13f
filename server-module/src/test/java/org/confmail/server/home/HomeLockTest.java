package org.confmail.server.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeLockTest {
    private static final String HOST = "mail.example";

    @TempDir
    Path directory;

    private final FaultyDisk disk = new FaultyDisk(new FileDisk());
    private final Random random = new Random(1);
    private Home home;

    @BeforeEach
    void makeHome() throws IOException {
        home = Home.at(Files.createDirectory(directory.resolve("home")));
    }

    @Test
    void secondLockInThisProcessIsRefusedByWhateverPath() throws Exception {
        Home linked = Home.at(Files.createSymbolicLink(directory.resolve("link"), home.root()));
        try (HomeLock lock = take(home)) {
            HomeException e = assertThrows(HomeException.class, () -> take(linked));
            assertTrue(
                    e.getMessage().contains("home " + linked.root() + ": a server already runs on it"), e.getMessage());
            assertEquals(LockProbe.State.HELD, LockProbe.of(linked));
            // neither the attempt nor the question may have dropped the lock, which POSIX would do silently
            assertEquals("HELD", lockInAnotherProcess(), lock.serverId());
        }
        assertEquals("FREE", lockInAnotherProcess());
        take(linked).close();
    }

    @Test
    void lockOfAnotherProcessIsRespectedAndSeen() throws Exception {
        assertEquals(LockProbe.State.FREE, LockProbe.of(home));
        assertTrue(Files.notExists(home.lockFile()), "asking makes no file");
        Process other = start("hold");
        try {
            assertEquals("HOLDING", other.inputReader().readLine());
            HomeException e = assertThrows(HomeException.class, () -> take(home));
            assertTrue(e.getMessage().contains("a server already runs on it"), e.getMessage());
            assertEquals(LockProbe.State.HELD, LockProbe.of(home));
        } finally {
            other.destroyForcibly().waitFor();
        }
        // released by the operating system, though the process was killed
        assertEquals(LockProbe.State.FREE, LockProbe.of(home));
        take(home).close();
    }

    @Test
    void closingTwiceDoesNotGiveAwayTheLockOfTheNext() throws Exception {
        HomeLock first = take(home);
        first.close();
        try (HomeLock second = take(home)) {
            first.close();
            assertThrows(HomeException.class, () -> take(home), second.serverId());
        }
    }

    @Test
    void idStaysTheSameAndIsAnotherInACopiedHome() throws Exception {
        String id = idOf(home, HOST);
        assertTrue(id.matches("[0-9a-f]{8}"), id);
        assertEquals(id, idOf(home, HOST));

        Home copy = Home.at(Files.createDirectory(directory.resolve("copy")));
        Files.copy(home.idFile(), copy.idFile());
        assertNotEquals(id, idOf(copy, HOST));
        assertNotEquals(id, idOf(home, "other.example"));
        assertEquals(Files.readString(home.idFile()), Files.readString(copy.idFile()), "the seed stays");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456", "0123456789", "0123456g", "ABCDEF01", "01234567\n89"})
    void damagedIdIsReplaced(String damaged) throws Exception {
        Files.writeString(home.idFile(), damaged);
        String id = idOf(home, HOST);
        assertTrue(Files.readString(home.idFile()).matches("[0-9a-f]{8}\n"));
        assertEquals(id, idOf(home, HOST));
    }

    @Test
    void failureOfAnyOperationReleasesTheLockAndLeavesNoDamagedId() throws Exception {
        take(home).close();
        int operations = disk.operations().size();
        for (int n = 1; n <= operations; n++) {
            Files.deleteIfExists(home.idFile());
            disk.failAt(n);
            HomeException e = assertThrows(HomeException.class, () -> take(home));
            assertTrue(e.getMessage().contains(FaultyDisk.MESSAGE), e.getMessage());
            disk.heal();
            take(home).close();
            try (Stream<Path> files = Files.list(home.root())) {
                assertEquals(
                        List.of("server.id", "server.lock"),
                        files.map(file -> file.getFileName().toString())
                                .sorted()
                                .toList());
            }
        }
    }

    @Test
    void missingHomeIsNotMade() {
        Home absent = Home.at(directory.resolve("absent"));
        HomeException e = assertThrows(HomeException.class, () -> take(absent));
        assertTrue(e.getMessage().contains("there is no such directory"), e.getMessage());
        assertFalse(Files.exists(absent.root()));
    }

    private HomeLock take(Home where) throws HomeException {
        return HomeLock.take(where, HOST, disk, random);
    }

    private String idOf(Home where, String host) throws HomeException, IOException {
        try (HomeLock lock = HomeLock.take(where, host, disk, random)) {
            return lock.serverId();
        }
    }

    private String lockInAnotherProcess() throws IOException, InterruptedException {
        Process process = start("try");
        String said = process.inputReader().readLine();
        process.waitFor();
        return said;
    }

    private Process start(String verb) throws IOException {
        String path = String.join(
                File.pathSeparator,
                "target/test-classes",
                "target/classes",
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        path,
                        LockMain.class.getName(),
                        verb,
                        home.root().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}

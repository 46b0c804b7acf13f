package org.confmail.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ServerLogTest {
    private static final Logger STORE = LoggerFactory.getLogger("store");
    private static final Logger CONNECTIONS = LoggerFactory.getLogger(ServerLog.CONNECTION);
    private static final Logger LIBRARY = LoggerFactory.getLogger("org.example.library");

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} ";

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("server.log");
    }

    @AfterEach
    void restore() {
        ServerLog.toStandardError(new ServerLog.Detail(true, false, false));
        new QuietStart().configure((LoggerContext) LoggerFactory.getILoggerFactory());
    }

    private static void everything(TrafficLog traffic) {
        STORE.info("stored");
        STORE.debug("looked");
        CONNECTIONS.info("New connection");
        LIBRARY.info("library talks");
        LIBRARY.warn("library warns");
        traffic.received(7, LineKind.COMMAND, "LOGIN administrator 4FD2A5E5C39129A31718");
    }

    private List<String> messages(ServerLog.Detail detail) throws IOException {
        ServerLog.toFile(file(), detail);
        everything(new TrafficLog());
        return Files.readAllLines(file()).stream()
                .map(line -> line.split(" ", 6)[2] + " " + line.split(" ", 6)[5])
                .toList();
    }

    @Test
    void defaultHasNoDebugAndNoTraffic() throws IOException {
        assertEquals(
                List.of("INFO stored", "INFO New connection", "WARNING library warns"),
                messages(new ServerLog.Detail(false, false, false)));
    }

    @Test
    void quietSilencesConnectionsAndTraffic() throws IOException {
        assertEquals(
                List.of("INFO stored", "WARNING library warns"), messages(new ServerLog.Detail(true, false, true)));
        assertFalse(new TrafficLog().enabled());
    }

    @Test
    void debugIsForOurOwnParts() throws IOException {
        assertEquals(
                List.of("INFO stored", "DEBUG looked", "INFO New connection", "WARNING library warns"),
                messages(new ServerLog.Detail(false, true, false)));
    }

    @Test
    void trafficIsLoggedWithoutKeys() throws IOException {
        assertTrue(messages(new ServerLog.Detail(false, false, true)).contains("INFO C7< LOGIN administrator ****"));
        assertTrue(new TrafficLog().enabled());
    }

    @Test
    void exceptionFollowsItsLine() throws IOException {
        ServerLog.toFile(file(), new ServerLog.Detail(false, false, false));
        STORE.error("went wrong", new IOException("bad\nday", new IllegalStateException("deep")));
        List<String> lines = Files.readAllLines(file());
        assertLinesMatch(
                List.of(
                        TIME + "ERROR store main went wrong",
                        "java\\.io\\.IOException: bad\\\\x0aday",
                        "\tat .*ServerLogTest.*",
                        ">> frames >>",
                        "Caused by: java.lang.IllegalStateException: deep",
                        ">> frames >>"),
                lines);
    }

    @Test
    void missingDirectoryIsAnErrorAtOnce() {
        Path file = directory.resolve("none/server.log");
        assertThrows(IOException.class, () -> ServerLog.toFile(file, new ServerLog.Detail(false, false, false)));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void newFileIsForTheOwnerAndAnOldOneGoesOn() throws IOException {
        ServerLog log = ServerLog.toFile(file(), new ServerLog.Detail(false, false, false));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        STORE.info("one");
        log.reopen();
        STORE.info("two");
        assertEquals(2, Files.readAllLines(file()).size());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void noLineIsLostWhileTheFileIsMovedAwayAndOpenedAnew() throws Exception {
        ServerLog log = ServerLog.toFile(file(), new ServerLog.Detail(false, false, false));
        int writers = 4;
        int lines = 2_000;
        List<Thread> threads = new ArrayList<>();
        AtomicBoolean writing = new AtomicBoolean(true);
        for (int w = 0; w < writers; w++) {
            int writer = w;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < lines; i++) {
                    STORE.info("w{}-{}", writer, i);
                }
            }));
        }
        List<Path> moved = new ArrayList<>();
        Thread rotation = Thread.ofPlatform().start(() -> {
            while (writing.get() && moved.size() < 50) {
                Path old = directory.resolve("server.log." + moved.size());
                try {
                    Files.move(file(), old);
                    log.reopen();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                moved.add(old);
            }
        });
        for (Thread thread : threads) {
            thread.join();
        }
        writing.set(false);
        rotation.join();
        moved.add(file());
        long seen = 0;
        for (Path part : moved) {
            seen += Files.readAllLines(part).stream()
                    .filter(line -> line.matches(TIME + "INFO store \\S+ w\\d-\\d+"))
                    .count();
        }
        assertEquals((long) writers * lines, seen);
    }
}

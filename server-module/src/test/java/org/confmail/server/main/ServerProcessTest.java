package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.confmail.server.net.FreePort;
import org.confmail.server.systemd.NotifyListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command as real processes: what it prints, its exit status, signals, the daemon. */
@EnabledOnOs(OS.LINUX) // looks into /proc
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void leaveNothingBehind() {
        for (ProcessHandle process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly); // a daemon that is not ready yet
            process.destroyForcibly();
        }
    }

    private Path home() throws IOException {
        Path home = directory.resolve("home");
        if (!Files.exists(home)) {
            String port = String.valueOf(FreePort.next());
            Finished made = run("-init", "-homedir", "home", "-sport", port, "-eport", port);
            assertEquals(0, made.status, made.output);
        }
        return home;
    }

    private Process start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=org.confmail.server",
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--module",
                "org.confmail.server/" + Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process.toHandle());
        return process;
    }

    private Finished run(String... arguments) throws IOException {
        return finished(start(arguments));
    }

    private Finished finished(Process process) throws IOException {
        await("end of " + process.pid(), () -> !process.isAlive());
        return new Finished(process.exitValue(), output());
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("output"));
    }

    private record Finished(int status, String output) {}

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited in vain for: " + what);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.exists(file) && Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is started with a signal ignored, as by nohup or in the background of a script, hands that on to what it starts. */
    private static boolean isIgnored(int signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line -> (Long.parseUnsignedLong(
                                                        line.substring("SigIgn:".length())
                                                                .strip(),
                                                        16)
                                                >>> (signal - 1)
                                        & 1)
                                == 1);
    }

    private static void signal(String name, long pid) throws IOException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                        .start()
                        .onExit()
                        .join()
                        .exitValue());
    }

    @Test
    void wrongUseIsStatusTwoAndOneLine() throws IOException {
        Finished finished = run("-homdir", "home");
        assertEquals(2, finished.status);
        assertEquals("confmail-server: there is no option -homdir: did you mean -homedir DIR?\n", finished.output);
    }

    @Test
    void termStopsInAnOrderlyWay() throws Exception {
        home();
        Process server = start("-homedir", "home", "-pidfile", "server.pid");
        await("READY", () -> holds(directory.resolve("output"), " READY: "));
        assertEquals(server.pid() + "\n", Files.readString(directory.resolve("server.pid")));
        signal("TERM", server.pid());
        assertEquals(0, finished(server).status);
        assertFalse(Files.exists(directory.resolve("server.pid")));
    }

    @Test
    void hangUpMovesTheLogOn() throws Exception {
        home();
        Path log = directory.resolve("server.log");
        Process server = start("-homedir", "home", "-logfile", "server.log");
        await("READY", () -> holds(log, " READY: "));
        Files.move(log, directory.resolve("server.log.1"));
        signal("HUP", server.pid());
        await("a new log", () -> holds(log, " log opened: "));
        signal(isIgnored(2) ? "TERM" : "INT", server.pid());
        assertEquals(0, finished(server).status);
        assertTrue(holds(log, " INFO server main stopped\n"));
        assertEquals("", output());
    }

    @Test
    void daemonIsReadyWhenTheCommandReturns() throws Exception {
        home();
        Finished command = run("-homedir", "home", "-daemon", "-logfile", "server.log", "-pidfile", "server.pid");
        assertEquals(new Finished(0, ""), command);
        long pid =
                Long.parseLong(Files.readString(directory.resolve("server.pid")).strip());
        ProcessHandle daemon = ProcessHandle.of(pid).orElseThrow();
        started.add(daemon);
        assertTrue(holds(directory.resolve("server.log"), " READY: "));

        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // After the name: state, parent, process group, session, terminal.
        assertTrue(stat.matches("(?s).*\\) \\S \\d+ \\d+ " + pid + " 0 .*"), stat);
        Path log = directory.resolve("server.log").toRealPath();
        assertEquals(Path.of("/dev/null"), Path.of("/proc/" + pid + "/fd/0").toRealPath());
        assertEquals(log, Path.of("/proc/" + pid + "/fd/1").toRealPath());
        assertEquals(log, Path.of("/proc/" + pid + "/fd/2").toRealPath());

        Files.move(log, directory.resolve("server.log.1"));
        signal("HUP", pid);
        await("a new log", () -> holds(log, " log opened: "));
        assertEquals(log.toRealPath(), Path.of("/proc/" + pid + "/fd/2").toRealPath());

        signal("TERM", pid);
        await("end of the daemon", () -> !daemon.isAlive());
        assertFalse(Files.exists(directory.resolve("server.pid")));
    }

    @Test
    void daemonThatCannotStartTellsTheTerminal() throws Exception {
        Finished command = run("-homedir", "nowhere", "-daemon", "-logfile", "server.log", "-pidfile", "server.pid");
        assertEquals(1, command.status);
        assertTrue(command.output.contains("confmail-server: "), command.output);
        assertTrue(command.output.contains("nowhere"), command.output);
        assertTrue(holds(directory.resolve("server.log"), "nowhere"));
        assertFalse(Files.exists(directory.resolve("server.pid")));
    }

    @Test
    void unwritablePidFileStopsTheStart() throws Exception {
        home();
        Finished command = run("-homedir", "home", "-pidfile", "none/server.pid");
        assertEquals(1, command.status);
        assertTrue(command.output.contains("pid file: cannot write none/server.pid: No such file"), command.output);
    }

    @Test
    void systemdIsToldWhatTheServerDoes() throws Exception {
        assumeTrue(NotifyListener.available(), "python3 plays systemd");
        home();
        String address = directory.resolve("notify").toString();
        try (NotifyListener systemd = NotifyListener.at(address)) {
            Process server = start(Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "2000000"), "-homedir", "home");
            String ready = systemd.next();
            assertTrue(ready.matches("READY=1 STATUS=port \\d+, connections: 0"), ready);
            String alive = systemd.next();
            assertTrue(alive.matches("WATCHDOG=1 STATUS=port \\d+, connections: 0"), alive);
            signal("HUP", server.pid());
            String reloading = systemd.nextButWatchdog();
            assertTrue(reloading.matches("RELOADING=1 MONOTONIC_USEC=\\d+"), reloading);
            assertEquals(ready, systemd.nextButWatchdog());
            signal("TERM", server.pid());
            assertEquals("STOPPING=1 STATUS=stopping", systemd.nextButWatchdog());
            assertEquals(0, finished(server).status);
            assertFalse(output().contains("New connection"), "the watchdog's own connections are not told");
        }
    }

    @Test
    void daemonWhoseLogRotatesWhileItStartsIsReadyAllTheSame() throws Exception {
        Path home = home();
        Files.writeString(home.resolve("config.txt"), "\nlog_rotate_days: 1\n", StandardOpenOption.APPEND);
        String old = "2026-01-02 03:04:05,678 INFO server main of long ago";
        Files.writeString(directory.resolve("server.log"), old + "\n");
        Finished command = run("-homedir", "home", "-daemon", "-logfile", "server.log", "-pidfile", "server.pid");
        assertEquals(new Finished(0, ""), command);
        long pid =
                Long.parseLong(Files.readString(directory.resolve("server.pid")).strip());
        started.add(ProcessHandle.of(pid).orElseThrow());
        Path log = directory.resolve("server.log").toRealPath();
        assertEquals(log, Path.of("/proc/" + pid + "/fd/1").toRealPath());
        assertEquals(log, Path.of("/proc/" + pid + "/fd/2").toRealPath());
        assertTrue(holds(log, " READY: "));
        assertFalse(holds(log, old));
        signal("TERM", pid);
        await(
                "the end of the daemon",
                () -> !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }
}

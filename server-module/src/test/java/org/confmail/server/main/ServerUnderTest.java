package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.confmail.server.net.Fixture;

/** The real server in a process of its own, until it is killed. */
final class ServerUnderTest implements AutoCloseable {
    static final String ADMINISTRATOR_KEY = "ADMINKEY1";

    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final Thread log;

    private ServerUnderTest(Process process, Thread log) {
        this.process = process;
        this.log = log;
    }

    /** Makes a home whose partner can never be reached. */
    static Path home(Path home, int port) throws IOException {
        Files.createDirectories(home.resolve("ssl"));
        Files.writeString(
                home.resolve("config.txt"),
                "sport: " + port + "\neport: " + port + "\nbind_address: 127.0.0.1\ndht: false\n"
                        + "replpeer: 127.0.0.1:1\nrepl_authkey: REPLKEY1\n");
        Files.writeString(home.resolve("auth.txt"), "administrator " + ADMINISTRATOR_KEY + "\n");
        Fixture.copyTo("rsa2048-pkcs8.key", home.resolve("ssl").resolve("server.key"));
        Fixture.copyTo("rsa2048.crt", home.resolve("ssl").resolve("server.crt"));
        return home;
    }

    /** Starts a server on {@code home} and waits until it is ready. */
    static ServerUnderTest start(Path home) throws IOException {
        String path = String.join(
                File.pathSeparator,
                "target/classes",
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        path,
                        "org.confmail.server.main.Main",
                        "-homedir",
                        home.toString()))
                .redirectErrorStream(true)
                .start();
        BufferedReader lines = process.inputReader();
        StringBuilder said = new StringBuilder();
        try {
            for (String line = lines.readLine(); ; line = lines.readLine()) {
                assertTrue(line != null, () -> "the server does not start: " + said);
                said.append(line).append('\n');
                if (line.contains("READY")) {
                    break;
                }
            }
        } catch (IOException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
        return new ServerUnderTest(process, Thread.startVirtualThread(() -> drain(lines)));
    }

    private static void drain(BufferedReader lines) {
        try {
            while (lines.readLine() != null) {
                // a full pipe would stop the server
            }
        } catch (IOException e) {
            // killed
        }
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the server does not die");
            log.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops it in an orderly way. */
    void stop() throws InterruptedException {
        process.destroy();
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the server does not stop");
        assertEquals(0, process.exitValue());
    }

    @Override
    public void close() {
        kill();
    }
}

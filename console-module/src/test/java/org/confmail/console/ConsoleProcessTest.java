package org.confmail.console;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.confmail.console.testing.Await;
import org.confmail.console.testing.RealServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as the desktop starts and ends it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals that ask a program to end")
class ConsoleProcessTest {
    @TempDir
    private Path directory;

    @Test
    void placeOfTheWindowIsRememberedBeforeASignalEndsIt() throws IOException, InterruptedException {
        Path settings = directory.resolve("confmail-console").resolve("settings.json");
        RealServer server = RealServer.fresh();
        Process console = start(server);
        try {
            // What the server tells is taken by the window that is shown, which then stands still.
            Await.until("the server and the place of the window are known", () -> {
                assertTrue(console.isAlive(), () -> text(directory.resolve("output")));
                String remembered = text(settings);
                return remembered.contains(server.logFile().getFileName().toString())
                        && remembered.contains("\"window\"");
            });
            console.destroy();
            assertTrue(console.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS), "it does not end");
        } finally {
            console.destroyForcibly();
            server.close();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private Process start(RealServer server) throws IOException {
        String path = String.join(
                File.pathSeparator, System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dglass.platform=Headless",
                        "-Dprism.order=sw",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        path,
                        "org.confmail.console.Main",
                        "-homedir",
                        server.home().toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        builder.environment().put("XDG_CONFIG_HOME", directory.toString());
        return builder.start();
    }
}

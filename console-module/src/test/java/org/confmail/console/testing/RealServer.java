package org.confmail.console.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.confmail.shared.admin.AdminClient;
import org.confmail.shared.config.ConfigDocument;
import org.confmail.shared.config.ConfigFile;

/**
 * The real server on a home of its own, in a process of its own that ends with the test at the latest. It listens on loopback
 * only, knows no other node, and leaves the log in {@link #logFile()}. A test uses it from one thread.
 */
public final class RealServer implements AutoCloseable {
    private static final String MAIN = "org.confmail.server.main.Main";

    /** For tries of single classes without Maven: the server's class path, when it is not within the test's own. */
    private static final String CLASS_PATH_PROPERTY = "confmail.server.classpath";

    private static final List<String> CONFIG_OF_TESTS =
            List.of("bind_address: 127.0.0.1", "dht: false", "disk_reserve: 0", "prune_interval: 0");

    private final Path home;
    private final int port;
    private final String administratorKey;
    private Optional<Running> running = Optional.empty();

    private RealServer(Path home, int port, String administratorKey) {
        this.home = home;
        this.port = port;
        this.administratorKey = administratorKey;
    }

    /** Makes a home where nothing is yet, sets the options, each {@code name: value}, and starts the server. */
    public static RealServer start(Path home, String... config) throws IOException {
        RealServer server = make(home, config);
        server.start();
        return server;
    }

    /** One on a home where nothing is set: begun ahead, while the test before is still running. */
    public static RealServer fresh() {
        return Spare.take();
    }

    /** The same as {@link #start(Path, String...)}, but does not start it yet. */
    public static RealServer make(Path home, String... config) throws IOException {
        int port = freePort();
        NewHome.copyTo(home);
        List<String> lines = new ArrayList<>(CONFIG_OF_TESTS);
        lines.addAll(List.of("sport: " + port, "eport: " + freePort()));
        lines.addAll(List.of(config));
        ConfigFile file = ConfigFile.load(home.resolve("config.txt"));
        ConfigDocument document = file.document();
        for (String line : lines) {
            String[] parts = line.split(":", 2);
            document = document.set(parts[0].strip(), parts[1].strip());
        }
        file.save(document);
        String administratorKey = Files.readAllLines(home.resolve("auth.txt")).stream()
                .filter(line -> line.startsWith("administrator "))
                .map(line -> line.split(" ", -1)[1])
                .findFirst()
                .orElseThrow();
        return new RealServer(home, port, administratorKey);
    }

    public Path home() {
        return home;
    }

    /** The TCP port. */
    public int port() {
        return port;
    }

    public String administratorKey() {
        return administratorKey;
    }

    /** Where the admin socket is while the server runs. */
    public Path adminSocket() {
        return home.resolve("admin.sock");
    }

    /** Beside the home. All starts append to it. */
    public Path logFile() {
        return home.resolveSibling(home.getFileName() + ".log");
    }

    public boolean isRunning() {
        return running.isPresent();
    }

    /** A new connection to the admin socket. */
    public AdminClient admin() throws IOException {
        return AdminClient.connect(adminSocket());
    }

    /** How many entries the send queue holds. */
    public int queued() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("sendqueue"))) {
            return Math.toIntExact(files.count());
        }
    }

    /** Starts it, and returns when it is ready. */
    public void start() throws IOException {
        assertTrue(running.isEmpty(), "it runs already");
        long before = Files.exists(logFile()) ? Files.size(logFile()) : 0;
        Running started = new Running(
                process(home, "-homedir", home.toString(), "-logfile", logFile().toString()));
        running = Optional.of(started);
        Await.until("READY", () -> {
            if (!started.process.isAlive()) {
                fail("the server does not start: " + text(logFile()) + text(outputFile(home)));
            }
            return Files.exists(logFile())
                    && Files.readString(logFile()).substring((int) before).contains(" READY");
        });
    }

    /** {@code kill -9}. */
    public void kill() {
        running.ifPresent(Running::kill);
        running = Optional.empty();
    }

    /** Stops it in an orderly way. */
    public void stop() {
        Process process = running.orElseThrow().process;
        process.destroy();
        awaitEnd(process);
        kill();
        assertEquals(0, process.exitValue(), () -> text(logFile()));
    }

    /** Kills it if it runs. */
    @Override
    public void close() {
        kill();
    }

    /** A TCP port that is free now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process process(Path home, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                MAIN));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(outputFile(home).toFile())
                .start();
    }

    private static String classPath() {
        String ofTests = String.join(
                File.pathSeparator, System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path"));
        return System.getProperty(CLASS_PATH_PROPERTY, ofTests);
    }

    private static Path outputFile(Path home) {
        return home.resolveSibling(home.getFileName() + ".output");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void awaitEnd(Process process) {
        boolean ended = false;
        try {
            ended = process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
        assertTrue(ended, "process " + process.pid() + " did not end");
    }

    /** A home as {@code -init} makes it, made once: its keys take longer than all the rest. */
    private static final class NewHome {
        private static final Path HOME = make();

        private NewHome() {}

        static void copyTo(Path home) throws IOException {
            try (Stream<Path> files = Files.walk(HOME)) {
                for (Path file : files.toList()) {
                    Files.copy(file, home.resolve(HOME.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }

        private static Path make() {
            try {
                Path home = directory().resolve("home");
                Process init = process(home, "-init", "-homedir", home.toString());
                awaitEnd(init);
                assertEquals(0, init.exitValue(), () -> text(outputFile(home)));
                return home;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A new directory that is there until the tests end. */
        static Path directory() throws IOException {
            Path directory = Files.createTempDirectory("confmail-tests");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            return directory;
        }

        private static void delete(Path directory) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                System.err.println("cannot delete " + directory + ": " + e);
            }
        }
    }

    /** The server that is begun ahead; when it is taken the next one is. */
    private static final class Spare {
        private static CompletableFuture<RealServer> next = begin();

        private Spare() {}

        static synchronized RealServer take() {
            RealServer taken = next.join();
            next = begin();
            return taken;
        }

        private static CompletableFuture<RealServer> begin() {
            CompletableFuture<RealServer> begun = new CompletableFuture<>();
            Thread.ofVirtual().name("next server").start(() -> {
                try {
                    begun.complete(start(NewHome.directory().resolve("home")));
                } catch (IOException | RuntimeException | AssertionError e) {
                    begun.completeExceptionally(e);
                }
            });
            return begun;
        }
    }

    /** A process that does not outlive this one. */
    private static final class Running {
        private final Process process;
        private final Thread atEnd;

        Running(Process process) {
            this.process = process;
            this.atEnd = new Thread(process::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(atEnd);
        }

        void kill() {
            process.destroyForcibly();
            awaitEnd(process);
            Runtime.getRuntime().removeShutdownHook(atEnd);
        }
    }
}

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A step of the build, run as {@code java Train.java IMAGE} from the source: makes the image's launchers executable, and the cache
 * of loaded classes with which a server starts in less than half the time. The cache holds the classes that are loaded while this
 * program exercises the image, so each thing that a server does soon after its start should be done here once.
 */
final class Train {
    private static final int SECONDS_MAX = 120;
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final String MAIN = "org.confmail.server/org.confmail.server.main.Main";

    private final Path image;
    private final Path cache;

    private Train(Path image) {
        this.image = image;
        this.cache = image.resolve("lib/confmail-server.aot");
    }

    public static void main(String[] arguments) throws Exception {
        Train train = new Train(Path.of(arguments[0]).toAbsolutePath());
        train.makeExecutable();
        Path scratch = Files.createTempDirectory("confmail-train");
        try {
            train.exercise(scratch);
        } finally {
            delete(scratch);
        }
    }

    /** The exercise: makes a home, runs a server on it whose start, work and end are recorded, and is its client. */
    private void exercise(Path scratch) throws Exception {
        Path home = scratch.resolve("home");
        int port = freePort();
        finish(start(List.of(), "-init", "-homedir", home.toString(), "-sport", Integer.toString(port)), scratch);
        Path log = scratch.resolve("server.log");
        List<String> arguments = new ArrayList<>(List.of("-homedir", home.toString(), "-logfile", log.toString()));
        if (!WINDOWS) {
            // What the command adds for the process in the background, which does all that others do too.
            arguments.addFirst("-daemon-child");
        }
        Process server = start(recording(), arguments.toArray(String[]::new));
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (server.isAlive() && !(Files.exists(log) && Files.readString(log).contains(" READY"))) {
            if (System.nanoTime() - giveUp > 0) {
                throw new IOException("the server is not ready after " + SECONDS_MAX + " s\n" + text(log));
            }
            Thread.sleep(20);
        }
        try {
            TrainingSession.run(home, port);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "\n" + text(log), e);
        }
        finish(server, scratch);
        if (!Files.exists(cache)) {
            throw new IOException("no cache was made: " + cache);
        }
    }

    private static String text(Path log) throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private List<String> recording() {
        return List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot=error,cds=error");
    }

    /** Starts the image's Java as its launcher does, output to this build's. */
    private Process start(List<String> flags, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(image.resolve("bin/java").toString());
        command.add("@" + image.resolve("conf/confmail-server.vmoptions"));
        command.addAll(flags);
        command.addAll(List.of("-m", MAIN));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // nothing outlives a build that is broken off
        return process;
    }

    private static void finish(Process process, Path scratch) throws IOException, InterruptedException {
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("did not end within " + SECONDS_MAX + " s: " + process.info());
        }
        if (process.exitValue() != 0) {
            Path log = scratch.resolve("server.log");
            throw new IOException("exit status " + process.exitValue() + (Files.exists(log) ? "\n" + Files.readString(log) : ""));
        }
    }

    /** Copying loses the permission. On Windows there is none. */
    private void makeExecutable() throws IOException {
        Path launcher = image.resolve("bin/confmail-server");
        if (!launcher.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make executable: " + launcher);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

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
 * A step of the build, run as {@code java Train.java SERVER-IMAGE CONSOLE-IMAGE} from the source: makes the images' launchers
 * executable, and the caches of loaded classes with which their programs start in less than half the time. A cache holds the classes that are loaded while this
 * program exercises the images, so each thing that a program does soon after its start should be done here once.
 */
final class Train {
    private static final int SECONDS_MAX = 120;
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private final Path image;

    private Train(Path image) {
        this.image = image;
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

    /** The programs of the image, by the names of their launchers. */
    private enum Program {
        SERVER("confmail-server", "org.confmail.server/org.confmail.server.main.Main"),
        ADMIN("confmail-admin", "org.confmail.server/org.confmail.server.command.Main");

        private final String name;
        private final String main;

        Program(String name, String main) {
            this.name = name;
            this.main = main;
        }
    }

    /** The exercise: makes a home, runs a server on it whose start, work and end are recorded, and is its client. */
    private void exercise(Path scratch) throws Exception {
        Path home = scratch.resolve("home");
        int port = freePort();
        finish(start(Program.SERVER, List.of(), "-init", "-homedir", home.toString(), "-sport", Integer.toString(port)), scratch);
        Path log = scratch.resolve("server.log");
        List<String> arguments = new ArrayList<>(List.of("-homedir", home.toString(), "-logfile", log.toString()));
        if (!WINDOWS) {
            // What the command adds for the process in the background, which does all that others do too.
            arguments.addFirst("-daemon-child");
        }
        Process server = start(Program.SERVER, recording(Program.SERVER), arguments.toArray(String[]::new));
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (server.isAlive() && !(Files.exists(log) && Files.readString(log).contains(" READY"))) {
            if (System.nanoTime() - giveUp > 0) {
                throw new IOException("the server is not ready after " + SECONDS_MAX + " s\n" + text(log));
            }
            Thread.sleep(20);
        }
        try {
            administer(home, scratch);
            TrainingSession.run(home, port);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "\n" + text(log), e);
        }
        finish(server, scratch);
        for (Program program : Program.values()) {
            if (!Files.exists(cache(program))) {
                throw new IOException("no cache was made: " + cache(program));
            }
        }
    }

    /** Asks the server for what operators ask most; the first command, whose classes most others need too, is recorded. */
    private void administer(Path home, Path scratch) throws Exception {
        for (String command : List.of("state", "health", "config check", "log", "connections", "accounts", "certificate")) {
            List<String> arguments = new ArrayList<>(List.of("-homedir", home.toString()));
            arguments.addAll(List.of(command.split(" ")));
            List<String> flags = command.equals("state") ? recording(Program.ADMIN) : List.of();
            finish(start(Program.ADMIN, flags, arguments.toArray(String[]::new)), scratch);
        }
    }

    private Path cache(Program program) {
        return image.resolve("lib/" + program.name + ".aot");
    }

    private static String text(Path log) throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private List<String> recording(Program program) {
        return List.of("-XX:AOTCacheOutput=" + cache(program), "-Xlog:aot=error,cds=error");
    }

    /** Starts the image's Java as its launcher does, output to this build's. */
    private Process start(Program program, List<String> flags, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(image.resolve("bin/java").toString());
        command.add("@" + image.resolve("conf/" + program.name + ".vmoptions"));
        command.addAll(flags);
        command.addAll(List.of("-m", program.main));
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
        for (Program program : Program.values()) {
            Path launcher = image.resolve("bin/" + program.name);
            if (!launcher.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make executable: " + launcher);
            }
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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
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
    private static final int STATUS_OF_TERM = 128 + 15;
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    /** For what a console does by itself once it is connected, which nothing tells from outside. */
    private static final int SECONDS_OF_CONSOLE = 3;

    private final Path serverImage;
    private final Path consoleImage;

    private Train(Path serverImage, Path consoleImage) {
        this.serverImage = serverImage;
        this.consoleImage = consoleImage;
    }

    public static void main(String[] arguments) throws Exception {
        Train train = new Train(
                Path.of(arguments[0]).toAbsolutePath(), Path.of(arguments[1]).toAbsolutePath());
        train.makeExecutable();
        Path scratch = Files.createTempDirectory("confmail-train");
        try {
            train.exercise(scratch);
        } finally {
            delete(scratch);
        }
    }

    /** The programs of the images, by the names of their launchers. */
    private enum Program {
        SERVER("confmail-server", "org.confmail.server/org.confmail.server.main.Main"),
        ADMIN("confmail-admin", "org.confmail.server/org.confmail.server.command.Main"),
        CONSOLE("confmail-console", "org.confmail.console/org.confmail.console.Main");

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
        await(log, " READY", server);
        try {
            administer(home, scratch);
            look(home, scratch, log);
            TrainingSession.run(home, port);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "\n" + text(log), e);
        }
        finish(server, scratch);
        for (Program program : Program.values()) {
            if (!Files.exists(cache(program)) && !(WINDOWS && program == Program.CONSOLE)) {
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

    /**
     * Looks at the server with the console, on no screen, and ends it in the way of a system that shuts down. Windows knows no such
     * way: there the console has no cache, and starts without it.
     */
    private void look(Path home, Path scratch, Path log) throws Exception {
        if (WINDOWS) {
            return;
        }
        finish(start(Program.ADMIN, List.of(), "-homedir", home.toString(), "log", "detail", "debug"), scratch);
        List<String> flags = new ArrayList<>(recording(Program.CONSOLE));
        flags.addAll(List.of("-Dglass.platform=Headless", "-Dprism.order=sw", "-Duser.home=" + scratch));
        Process console = start(Program.CONSOLE, flags, "-homedir", home.toString());
        await(log, " hello from ", console); // the first since the log tells of it
        console.waitFor(SECONDS_OF_CONSOLE, TimeUnit.SECONDS);
        console.destroy();
        if (!console.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || console.exitValue() != STATUS_OF_TERM) {
            console.destroyForcibly();
            throw new IOException("the console did not end as it should: " + console);
        }
    }

    /** Returns when the server's log holds {@code text}, which {@code process} brings about while it lives. */
    private static void await(Path log, String text, Process process) throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        try (WatchService changes = log.getFileSystem().newWatchService()) {
            log.getParent().register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            process.onExit().thenRun(() -> end(changes));
            while (!text(log).contains(text)) {
                WatchKey change = changes.poll(giveUp - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (change == null) {
                    throw new IOException("waited in vain for " + text + " of " + process + "\n" + text(log));
                }
                change.pollEvents();
                change.reset();
            }
        } catch (ClosedWatchServiceException e) {
            throw new IOException("ended before there was " + text + ": " + process + "\n" + text(log), e);
        }
    }

    private static void end(WatchService changes) {
        try {
            changes.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path image(Program program) {
        return program == Program.CONSOLE ? consoleImage : serverImage;
    }

    private Path cache(Program program) {
        return image(program).resolve("lib/" + program.name + ".aot");
    }

    private static String text(Path log) throws IOException {
        // Its last character may be half written.
        return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private List<String> recording(Program program) {
        return List.of("-XX:AOTCacheOutput=" + cache(program), "-Xlog:aot=error,cds=error");
    }

    /** Starts the image's Java as its launcher does, output to this build's, with no settings of this user's. */
    private Process start(Program program, List<String> flags, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(image(program).resolve("bin/java").toString());
        command.add("@" + image(program).resolve("conf/" + program.name + ".vmoptions"));
        command.addAll(flags);
        command.addAll(List.of("-m", program.main));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().remove("XDG_CONFIG_HOME"); // the home directory is set
        Process process = builder.start();
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
            throw new IOException("exit status " + process.exitValue() + "\n" + text(log));
        }
    }

    /** Copying loses the permission. On Windows there is none. */
    private void makeExecutable() throws IOException {
        for (Program program : Program.values()) {
            Path launcher = image(program).resolve("bin/" + program.name);
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

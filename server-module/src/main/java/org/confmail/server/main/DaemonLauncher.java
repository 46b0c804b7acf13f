package org.confmail.server.main;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code -daemon}, seen from the terminal: runs this command a second time in the background ({@link Background}), passes on what
 * it says, and returns when that server is ready or has failed.
 */
final class DaemonLauncher {
    /** The first word of the second command; no operator writes it. */
    static final String CHILD = "-daemon-child";

    /** Together 30 s at most. */
    private static final Duration READY_WAIT = Duration.ofSeconds(28);

    private static final Duration END_WAIT = Duration.ofSeconds(2);

    private final PrintStream err;

    DaemonLauncher(PrintStream err) {
        this.err = err;
    }

    /** Launches the server; returns the exit status of the command. */
    int launch(List<String> arguments) {
        try {
            return await(new ProcessBuilder(command(ownCommand(), arguments))
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            err.println(ServerProcess.PREFIX + "cannot launch the server in the background: " + e.getMessage()
                    + ": run it without -daemon, under a supervisor");
            return Main.FAILED;
        }
    }

    private int await(Process child) {
        Thread ending = new Thread(() -> end(child)); // Ctrl-C while waiting: no half-started server stays behind
        Runtime.getRuntime().addShutdownHook(ending);
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (InputStream output = new BufferedInputStream(child.getInputStream())) {
                ready.complete(passOn(output));
            } catch (IOException e) {
                ready.completeExceptionally(e);
            }
        });
        try {
            if (ready.get(READY_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().removeShutdownHook(ending);
                return Main.DONE;
            }
            boolean ended = child.waitFor(END_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            err.println(ServerProcess.PREFIX + "the server did not start"
                    + (ended ? " (exit status " + child.exitValue() + ")" : ""));
        } catch (TimeoutException e) {
            err.println(ServerProcess.PREFIX + "the server was not ready within " + READY_WAIT.toSeconds()
                    + " s and is ended: start it without -daemon to see what holds it up");
        } catch (ExecutionException | InterruptedException e) {
            err.println(ServerProcess.PREFIX + "lost the server that was starting: " + e);
        }
        Runtime.getRuntime().removeShutdownHook(ending);
        end(child);
        return Main.FAILED;
    }

    /** Copies what the server says to the terminal; true when it says that it is ready, false when it says no more. */
    private boolean passOn(InputStream output) throws IOException {
        byte[] ready = Background.READY.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = output.read();
        while (b >= 0) {
            if (b == '\n') {
                if (Arrays.equals(line.toByteArray(), ready)) {
                    return true;
                }
                line.write(b);
                err.writeBytes(line.toByteArray());
                line.reset();
            } else {
                line.write(b);
            }
            b = output.read();
        }
        err.writeBytes(line.toByteArray());
        return false;
    }

    private static void end(Process child) {
        child.destroy();
        try {
            if (child.waitFor(END_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        child.destroyForcibly();
    }

    /**
     * The command that runs {@code arguments} in a Java runtime like this one, with the same flags and module.
     *
     * @param own the command line of this process, which ends with as many arguments
     */
    static List<String> command(List<String> own, List<String> arguments) {
        List<String> command = new ArrayList<>(own.subList(0, own.size() - arguments.size()));
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(CHILD);
        command.addAll(arguments);
        return command;
    }

    /** The words that this process was started with. */
    private static List<String> ownCommand() throws IOException {
        Path linux = Path.of("/proc/self/cmdline");
        if (Files.isReadable(linux)) {
            // ProcessHandle knows the first 4096 bytes only. Each word ends with a zero byte.
            String words =
                    new String(Files.readAllBytes(linux), Charset.forName(System.getProperty("sun.jnu.encoding")));
            List<String> split = List.of(words.split("\0", -1));
            return split.subList(0, split.size() - 1);
        }
        List<String> words = new ArrayList<>(List.of("java"));
        words.addAll(List.of(ProcessHandle.current()
                .info()
                .arguments()
                .orElseThrow(() -> new IOException("this system does not tell a process's own command line"))));
        return words;
    }
}

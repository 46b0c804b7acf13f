package org.confmail.server.main;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * This process as a daemon, seen from inside: in a session of its own, at first with standard output and standard error at the
 * command that launched it ({@link DaemonLauncher}), so that whatever goes wrong shows on the terminal.
 */
final class Background {
    /** The line that tells the launching command that the server is ready; no log line holds a control character. */
    static final String READY = "\u0006";

    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private final Path output;
    private boolean ready; // guarded by this

    private Background(Path output) {
        this.output = output;
    }

    /**
     * Leaves the terminal's session.
     *
     * @param logFile gets what the Java runtime itself has to say, from {@link #ready} on
     * @throws StartFailure if the system refuses
     */
    static Background enter(Optional<Path> logFile) throws StartFailure {
        try {
            Posix.leaveSession();
        } catch (IOException e) {
            throw new StartFailure(
                    "cannot leave the terminal (" + e.getMessage() + "): run it without -daemon, under a supervisor",
                    e);
        }
        return new Background(logFile.orElse(Path.of("/dev/null")));
    }

    /** Lets the launching command return, and lets go of its terminal. */
    synchronized void ready() throws IOException {
        Posix.redirect(STANDARD_ERROR, output);
        PrintStream launcher = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
        launcher.print(READY + "\n");
        launcher.flush();
        Posix.redirect(STANDARD_OUTPUT, output);
        ready = true;
    }

    /** Follows the log file to its new place; the file is there already. Until {@link #ready} there is nothing to follow. */
    synchronized void logFileReopened() throws IOException {
        if (ready) {
            Posix.redirect(STANDARD_ERROR, output);
            Posix.redirect(STANDARD_OUTPUT, output);
        }
    }
}

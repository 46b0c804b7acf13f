package org.confmail.server.main;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;

/** {@code -init} and {@code -check}: the calls of the home package, and what the operator sees of them. */
final class HomeCommands {
    private final PrintStream out;
    private final PrintStream err;

    HomeCommands(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Makes a home; returns the exit status. */
    int init(CommandLine.Init init) {
        // So far: a directory. home.HomeMaker does the work once it is there.
        try {
            Files.createDirectories(init.home());
            Files.writeString(
                    init.home().resolve("config.txt"), "sport: " + init.sport() + "\neport: " + init.eport() + "\n");
            out.println("made " + init.home());
            return Main.DONE;
        } catch (IOException e) {
            err.println("confmail-server: cannot make " + init.home() + ": " + e);
            return Main.FAILED;
        }
    }

    /** Checks a home; returns the exit status. */
    int check(CommandLine.Check check) {
        // So far: whether it is there. home.HomeCheck does the work once it is there.
        if (Files.isDirectory(check.home())) {
            return Main.DONE;
        }
        err.println("confmail-server: " + check.home() + " is no directory");
        return Main.FAILED;
    }
}

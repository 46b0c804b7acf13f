package org.confmail.console;

import java.io.PrintStream;
import java.util.List;
import javafx.application.Application;
import org.confmail.console.shell.Version;

/**
 * The command. It is no {@link Application} itself, because Java starts the toolkit before the main method of one, and what a
 * terminal asks for must work without a screen.
 */
public final class Main {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;

    private static final String PREFIX = "confmail-console: ";

    private Main() {}

    /** Runs the console until its window is closed. Exit status: 0 done, 1 there is no desktop, 2 wrong use. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> words, PrintStream out, PrintStream err) {
        Arguments arguments = Arguments.parse(words);
        if (arguments.wrong().isPresent()) {
            err.println(PREFIX + arguments.wrong().get());
            return WRONG_USE;
        }
        if (arguments.help()) {
            out.print(Arguments.USAGE);
            return DONE;
        }
        if (arguments.version()) {
            out.println(Version.full());
            return DONE;
        }
        return show(words, err);
    }

    private static int show(List<String> words, PrintStream err) {
        try {
            Application.launch(Console.class, words.toArray(String[]::new));
            return DONE;
        } catch (UnsupportedOperationException | UnsatisfiedLinkError e) {
            // Of the toolkit: no display, or no GTK.
            err.println(PREFIX + "cannot open a window here: " + e.getMessage()
                    + ". Run it on a desktop, on Linux with GTK 3 (the"
                    + " package libgtk-3-0); a server on another machine is reached through its admin socket, forwarded by ssh"
                    + " (-socket PATH).");
            return FAILED;
        }
    }
}

package org.confmail.server.command;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.config.AdminOptions;
import org.confmail.shared.config.ConfigFile;
import org.confmail.shared.config.ConfigValues;

/** The entry point of {@code confmail-admin}. */
public final class Main {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;
    static final int NO_SERVER = 3;

    private static final String PREFIX = "confmail-admin: ";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean colour;
    private final boolean terminal;

    Main(PrintStream out, PrintStream err, boolean colour) {
        this(out, err, colour, false);
    }

    /** @param terminal whether somebody watches, and is to see the progress of what takes long */
    Main(PrintStream out, PrintStream err, boolean colour, boolean terminal) {
        this.out = out;
        this.err = err;
        this.colour = colour;
        this.terminal = terminal;
    }

    public static void main(String[] arguments) {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        boolean colour = colours(System.getenv(), terminal);
        int status = new Main(System.out, System.err, colour, terminal).execute(List.of(arguments));
        System.out.flush();
        System.exit(status);
    }

    static boolean colours(Map<String, String> environment, boolean terminal) {
        // https://no-color.org
        return terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Executes a command line; returns the exit status. */
    int execute(List<String> arguments) {
        try {
            return run(new Words(arguments));
        } catch (WrongUse e) {
            return fail(String.valueOf(e.getMessage()) + " (confmail-admin help shows all commands)", WRONG_USE);
        } catch (NoServer e) {
            return fail(String.valueOf(e.getMessage()), NO_SERVER);
        } catch (AdminException e) {
            return fail(e.text(), FAILED);
        } catch (IOException e) {
            return fail(String.valueOf(e.getMessage()), FAILED);
        } finally {
            out.flush();
        }
    }

    private int run(Words words) throws WrongUse, AdminException, IOException {
        Optional<String> home = words.option("-homedir");
        Optional<String> socket = words.option("-socket");
        boolean json = words.flag("-json");
        Optional<String> name = words.flag("-help") ? Optional.of("help") : words.next();
        if (name.isEmpty()) {
            throw new WrongUse("a command is missing");
        }
        Command command =
                Commands.find(name.get()).orElseThrow(() -> new WrongUse("there is no command '" + name.get() + "'"));
        if (command instanceof HelpCommand help) {
            return help.run(words, out);
        }
        if (home.isPresent() == socket.isPresent()) {
            throw new WrongUse("say which server: -homedir DIR or -socket PATH");
        }
        Path path = socket.isPresent() ? path("-socket", socket.get()) : socketOf(path("-homedir", home.orElse("")));
        try (Shell shell = new Shell(path, json, colour && !json, terminal && !json, out)) {
            return command.run(words, shell);
        }
    }

    /** Where the server's config.txt says; where it cannot be read, as it may be for a group, the usual place. */
    private static Path socketOf(Path home) {
        try {
            return home.resolve(
                    ConfigValues.of(ConfigFile.load(home.resolve("config.txt")).document())
                            .find(AdminOptions.ADMIN_SOCKET)
                            .orElse(Path.of(AdminOptions.ADMIN_SOCKET.example())));
        } catch (IOException e) {
            return home.resolve(AdminOptions.ADMIN_SOCKET.example());
        }
    }

    private static Path path(String option, String text) throws WrongUse {
        try {
            return Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new WrongUse(option + " '" + text + "' is no possible path here");
        }
    }

    private int fail(String message, int status) {
        out.flush();
        err.println(PREFIX + Texts.lines(message));
        return status;
    }
}

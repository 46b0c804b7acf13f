package org.confmail.server.main;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.confmail.server.log.ServerLog;

/** The entry point of {@code confmail-server}. */
public final class Main {
    /** Exit statuses: done, failed, wrong use of the command line. */
    static final int DONE = 0;

    static final int FAILED = 1;
    static final int WRONG_USE = 2;

    private final PrintStream out;
    private final PrintStream err;

    private Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        int status = new Main(System.out, System.err).execute(List.of(arguments));
        System.out.flush();
        System.exit(status);
    }

    private int execute(List<String> words) {
        boolean inBackground = !words.isEmpty() && words.getFirst().equals(DaemonLauncher.CHILD);
        List<String> typed = inBackground ? words.subList(1, words.size()) : words;
        return switch (CommandLine.parse(typed)) {
            case CommandLine.Run(RunOptions options) -> run(options, typed, inBackground);
            case CommandLine.Init init -> new HomeCommands(out, err).init(init);
            case CommandLine.Check check -> new HomeCommands(out, err).check(check);
            case CommandLine.StorageUtility(UtilityOptions options) -> {
                ServerLog.toStandardError(new ServerLog.Detail(true, false, false)); // warnings only
                yield new StorageUtility(options, out, err, isTerminal()).run();
            }
            case CommandLine.ShowVersion() -> {
                out.println(Version.full());
                yield DONE;
            }
            case CommandLine.ShowHelp(Optional<String> option) -> {
                out.print(option.map(HelpText::config).orElseGet(HelpText::commandLine));
                yield DONE;
            }
            case CommandLine.WrongUse(String message) -> wrongUse(message);
        };
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private int run(RunOptions options, List<String> typed, boolean inBackground) {
        if (options.daemon() && !Posix.AVAILABLE) {
            return wrongUse("-daemon works on Unix only: leave it away, and let a Windows service run the command");
        }
        if (options.daemon() && !inBackground) {
            return new DaemonLauncher(err).launch(typed);
        }
        Optional<Background> background = Optional.empty();
        if (inBackground) {
            try {
                background = Optional.of(Background.enter(options.logFile()));
            } catch (StartFailure e) {
                err.println(ServerProcess.PREFIX + e.getMessage());
                return FAILED;
            }
        }
        return new ServerProcess(options, background, Server::start, err).run();
    }

    private int wrongUse(String message) {
        err.println(ServerProcess.PREFIX + message);
        return WRONG_USE;
    }
}

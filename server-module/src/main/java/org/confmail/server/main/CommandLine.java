package org.confmail.server.main;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the words on the command line ask for. */
sealed interface CommandLine {

    /** Run a server. */
    record Run(RunOptions options) implements CommandLine {}

    /** Make a new home whose config.txt has these ports. */
    record Init(Path home, int sport, int eport) implements CommandLine {}

    /** Look a home over and change nothing. */
    record Check(Path home) implements CommandLine {}

    /** Print the version. */
    record ShowVersion() implements CommandLine {}

    /** Print the help text. */
    record ShowHelp() implements CommandLine {}

    /** Nothing that can be done; the message says what is wrong and what would be right, on one line. */
    record WrongUse(String message) implements CommandLine {}

    /** Reads the command line. Never fails: what makes no sense is {@link WrongUse}. */
    static CommandLine parse(List<String> words) {
        try {
            return read(words);
        } catch (WrongUseException e) {
            return new WrongUse(e.message);
        }
    }

    private static CommandLine read(List<String> words) throws WrongUseException {
        Map<Option, String> given = given(words);
        Set<Option> deeds = EnumSet.of(Option.HELP, Option.VERSION, Option.INIT, Option.CHECK);
        deeds.retainAll(given.keySet());
        if (deeds.contains(Option.HELP)) {
            return new ShowHelp();
        }
        if (deeds.contains(Option.VERSION)) {
            return new ShowVersion();
        }
        if (deeds.size() > 1) {
            throw new WrongUseException("-init and -check do not go together: give -init first, then -check");
        }
        Option deed = deeds.isEmpty() ? Option.RUN : deeds.iterator().next();
        String home = given.get(Option.HOMEDIR);
        if (home == null) {
            throw new WrongUseException("-homedir is missing: confmail-server "
                    + (deed == Option.RUN ? "" : deed.word() + " ")
                    + "-homedir DIR (-help shows all options)");
        }
        for (Option option : given.keySet()) {
            if (!option.goesWith(deed)) {
                throw new WrongUseException(option.word() + " does not go with " + deed.word() + ": use "
                        + deed.companions() + " (-help shows all options)");
            }
        }
        return switch (deed) {
            case INIT -> {
                int sport = port(given, Option.SPORT, RunOptions.PORT_DEFAULT);
                yield new Init(path(Option.HOMEDIR, home), sport, port(given, Option.EPORT, sport));
            }
            case CHECK -> new Check(path(Option.HOMEDIR, home));
            default ->
                new Run(new RunOptions(
                        path(Option.HOMEDIR, home),
                        given.containsKey(Option.QUIET),
                        given.containsKey(Option.DEBUG),
                        given.containsKey(Option.LOGTRAFFIC),
                        given.containsKey(Option.DAEMON),
                        path(given, Option.LOGFILE),
                        path(given, Option.PIDFILE)));
        };
    }

    private static Map<Option, String> given(List<String> words) throws WrongUseException {
        Map<Option, String> given = new EnumMap<>(Option.class);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            Option option = Option.of(word).orElseThrow(() -> new WrongUseException(unknown(word)));
            String value = "";
            if (option.hasValue()) {
                i++;
                if (i == words.size()
                        || words.get(i).isEmpty()
                        || Option.of(words.get(i)).isPresent()) {
                    throw new WrongUseException(
                            option.word() + " needs a value: " + option.word() + " " + option.value());
                }
                value = words.get(i);
            }
            String before = given.put(option, value);
            if (before != null && !before.equals(value)) {
                throw new WrongUseException(
                        option.word() + " is given twice, as '" + before + "' and as '" + value + "': give it once");
            }
        }
        return given;
    }

    private static String unknown(String word) {
        if (!word.startsWith("-")) {
            return "'" + word + "' is no option and follows none that takes a value: options start with -"
                    + " (-help shows them all)";
        }
        Optional<Option> nearest = Option.nearest(word);
        return "there is no option " + word
                + nearest.map(option -> ": did you mean " + option.use() + "?").orElse(": -help shows all options");
    }

    private static Optional<Path> path(Map<Option, String> given, Option option) throws WrongUseException {
        String text = given.get(option);
        return text == null ? Optional.empty() : Optional.of(path(option, text));
    }

    private static Path path(Option option, String text) throws WrongUseException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new WrongUseException(option.word() + " '" + text + "' is no possible path here: " + e.getReason());
        }
    }

    private static int port(Map<Option, String> given, Option option, int otherwise) throws WrongUseException {
        String text = given.get(option);
        if (text == null) {
            return otherwise;
        }
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= RunOptions.PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new WrongUseException(option.word() + " '" + text + "' is no port: give a number from 1 to 65535");
    }

    /** The text of {@code -help}. */
    static String help() {
        return """
                Confidant Mail server

                  confmail-server -homedir DIR [options]     run the server
                  confmail-server -init -homedir DIR         make a new home directory
                  confmail-server -check -homedir DIR        report every problem of a home, change nothing

                """
                + Option.all().stream()
                        .map(option -> String.format("  %-18s %s%n", option.use(), option.help()))
                        .collect(Collectors.joining())
                + """

                Signals: TERM and INT stop the server in an orderly way; HUP opens the log file anew and
                reads config.txt again. Exit status: 0 done, 1 failed, 2 wrong use of the command line.
                """;
    }

    /** Carries the message to {@link #parse}. */
    final class WrongUseException extends Exception {
        private static final long serialVersionUID = 1;
        private final String message;

        WrongUseException(String message) {
            super(message, null, false, false);
            this.message = message;
        }
    }
}

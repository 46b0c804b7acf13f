package org.confmail.server.main;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.confmail.shared.config.OptionTable;

/** What the words on the command line ask for. */
sealed interface CommandLine {

    /** Run a server. */
    record Run(RunOptions options) implements CommandLine {}

    /** Make a new home whose config.txt has these ports. */
    record Init(Path home, int sport, int eport) implements CommandLine {}

    /** Look a home over and change nothing. */
    record Check(Path home) implements CommandLine {}

    /** Prune the stores of a home, report their usage, or both. */
    record StorageUtility(UtilityOptions options) implements CommandLine {}

    /** Print the version. */
    record ShowVersion() implements CommandLine {}

    /**
     * Print the help text.
     *
     * @param option the option of config.txt to explain, {@link HelpText#CONFIG} for all of them, empty for the command line
     */
    record ShowHelp(Optional<String> option) implements CommandLine {}

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
        Set<Option> deeds = EnumSet.of(Option.HELP, Option.VERSION, Option.INIT, Option.CHECK, Option.STORUTIL);
        deeds.retainAll(given.keySet());
        if (deeds.contains(Option.HELP)) {
            return help(Optional.ofNullable(given.get(Option.HELP)).filter(word -> !word.isEmpty()));
        }
        if (deeds.contains(Option.VERSION)) {
            return new ShowVersion();
        }
        if (deeds.size() > 1) {
            List<String> both = deeds.stream().map(Option::word).toList();
            throw new WrongUseException(both.get(0) + " and " + both.get(1) + " do not go together: give " + both.get(0)
                    + " first, then " + both.get(1));
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
            case STORUTIL -> new StorageUtility(utility(path(Option.HOMEDIR, home), given));
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

    private static CommandLine help(Optional<String> wanted) throws WrongUseException {
        if (wanted.isPresent() && !HelpText.knows(wanted.get())) {
            throw new WrongUseException("config.txt has no option " + wanted.get()
                    + OptionTable.nearest(wanted.get())
                            .map(name -> ": did you mean " + name + "?")
                            .orElse(": -help " + HelpText.CONFIG + " shows all"));
        }
        return new ShowHelp(wanted);
    }

    private static UtilityOptions utility(Path home, Map<Option, String> given) throws WrongUseException {
        UtilityOptions options = new UtilityOptions(
                home,
                path(given, Option.REPORT_HTML),
                path(given, Option.REPORT_CSV),
                path(given, Option.REPORT_TAB),
                given.containsKey(Option.PRUNE_ENTANGLED),
                given.containsKey(Option.PRUNE_LOCALSTORE),
                given.containsKey(Option.PRUNE_SIMULATE),
                Duration.ofMillis(number(given, Option.DELAY, 0, 0, UtilityOptions.DELAY_MILLIS_MAX)),
                number(given, Option.BLOCKSIZE, UtilityOptions.BLOCK_SIZE_DEFAULT, 1, UtilityOptions.BLOCK_SIZE_MAX),
                !given.containsKey(Option.NOTOTAL),
                Stream.of(Option.SORT, Option.KEEPTEMP)
                        .filter(given::containsKey)
                        .map(Option::word)
                        .toList());
        boolean prunes = options.pruneLocalStore() || options.pruneEntangled();
        if (options.simulate() && !prunes) {
            throw new WrongUseException("-prune-simulate simulates nothing: add -prune-localstore or -prune-entangled");
        }
        if (!prunes && !options.reports()) {
            throw new WrongUseException("-storutil has nothing to do: add -prune-localstore, -prune-entangled,"
                    + " -report-html FILE, -report-csv FILE or -report-tab FILE");
        }
        return options;
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
            } else if (option.mayHaveWord()
                    && i + 1 < words.size()
                    && !words.get(i + 1).startsWith("-")) {
                i++;
                value = option == Option.HELP ? words.get(i) : "";
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
        return number(given, option, otherwise, 1, RunOptions.PORT_MAX);
    }

    private static int number(Map<Option, String> given, Option option, int otherwise, int least, int most)
            throws WrongUseException {
        String text = given.get(option);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        String kind = most == RunOptions.PORT_MAX ? "port" : "number that fits";
        throw new WrongUseException(
                option.word() + " '" + text + "' is no " + kind + ": give a number from " + least + " to " + most);
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

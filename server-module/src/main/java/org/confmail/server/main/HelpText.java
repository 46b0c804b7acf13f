package org.confmail.server.main;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.OptionGroup;
import org.confmail.shared.config.OptionTable;

/** What {@code -help} prints: made from the tables of options. */
final class HelpText {
    /** The word for all options of config.txt. */
    static final String CONFIG = "config";

    private static final Pattern WORDS_OF_A_LINE = Pattern.compile("(.{1,86})(?: |$)");

    private HelpText() {}

    /** The options of the command line. */
    static String commandLine() {
        return """
                Confidant Mail server

                  confmail-server -homedir DIR [options]     run the server
                  confmail-server -init -homedir DIR         make a new home directory
                  confmail-server -check -homedir DIR        report every problem of a home, change nothing
                  confmail-server -storutil -homedir DIR …   prune the stores, report who uses them

                """
                + Option.all().stream()
                        .map(option -> String.format("  %-19s %s%n", option.use(), option.help()))
                        .collect(Collectors.joining())
                + """

                Signals: TERM and INT stop the server in an orderly way; HUP opens the log file anew and
                reads config.txt again. Exit status: 0 done, 1 failed, 2 wrong use of the command line.
                """;
    }

    /** Whether there is such an option of config.txt, or it is {@link #CONFIG}. */
    static boolean knows(String name) {
        return name.equals(CONFIG) || OptionTable.find(name).isPresent();
    }

    /** An option of config.txt, or all of them; empty where there is no such option. */
    static String config(String name) {
        return name.equals(CONFIG)
                ? OptionTable.groups().stream().map(HelpText::group).collect(Collectors.joining("\n"))
                : OptionTable.find(name).map(HelpText::option).orElse("");
    }

    private static String group(OptionGroup group) {
        return group.title() + ":\n\n"
                + group.options().stream().map(HelpText::option).collect(Collectors.joining("\n"));
    }

    private static String option(ConfigOption<?> option) {
        return "  " + option.name() + ": " + option.example() + "\n"
                + wrapped(option.help())
                + wrapped("Takes " + option.type().accepts() + (option.repeatable() ? ", on several lines." : "."))
                + wrapped(option.defaultText()
                        .map(value -> "Default: " + value + ".")
                        .orElse("Not set by default."))
                + wrapped(option.actsAtOnce() ? "A change acts at once." : "A change acts at the next start.");
    }

    private static String wrapped(String text) {
        return WORDS_OF_A_LINE.matcher(text).replaceAll("      $1\n");
    }
}

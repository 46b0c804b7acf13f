package org.confmail.server.main;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The options of the command line: their words, their values, what each goes with. */
enum Option {
    HOMEDIR("homedir", "DIR", "the directory with the server's data"),
    QUIET("quiet", "", "do not log opened and closed connections"),
    DEBUG("debug", "", "log a lot of debug messages"),
    LOGTRAFFIC("logtraffic", "", "log the protocol exchange, without auth keys"),
    DAEMON("daemon", "", "go into the background once the server is ready (not on Windows)"),
    LOGFILE("logfile", "FILE", "write the log to FILE instead of standard error"),
    PIDFILE("pidfile", "FILE", "write the process id to FILE while the server runs"),
    INIT("init", "", "make the home directory: settings, accounts, TLS key and certificate"),
    SPORT("sport", "PORT", "with -init: the TCP port for clients (8081)"),
    EPORT("eport", "PORT", "with -init: the UDP port for Entangled (as -sport)"),
    CHECK("check", "", "check the home directory and change nothing; status 0 if all is well"),
    STORUTIL("storutil", "", "prune the stores and report who uses them; beside a running server or without"),
    PRUNE_LOCALSTORE("prune-localstore", "", "with -storutil: delete what is too old from the local store"),
    PRUNE_ENTANGLED("prune-entangled", "", "with -storutil: the same in the store of the DHT"),
    PRUNE_SIMULATE("prune-simulate", "", "with -storutil: only count what a prune would do"),
    REPORT_HTML("report-html", "FILE", "with -storutil: write the usage of the local store as a page"),
    REPORT_CSV("report-csv", "FILE", "the same with commas"),
    REPORT_TAB("report-tab", "FILE", "the same with tabs"),
    BLOCKSIZE("blocksize", "N", "with a report: round sizes up to multiples of N bytes (512)"),
    NOTOTAL("nototal", "", "with a report: leave the row of totals away"),
    DELAY("delay", "MS", "with -storutil: pause for so many milliseconds at each file (0)"),
    SORT("sort", "", "of the old storage utility: not needed any more"),
    KEEPTEMP("keeptemp", "", "of the old storage utility: not needed any more"),
    VERSION("version", "", "print the version"),
    HELP("help", "", "print this text; -help config and -help NAME explain options of config.txt"),
    /** No word of its own: what is done without any of the others. */
    RUN("", "", "");

    /** Two wrong letters still count as mistyped. */
    private static final int DISTANCE_MAX = 2;

    private final String name;
    private final String value;
    private final String help;

    Option(String name, String value, String help) {
        this.name = name;
        this.value = value;
        this.help = help;
    }

    /** The options that an operator can write. */
    static List<Option> all() {
        return Arrays.stream(values()).filter(option -> option != RUN).toList();
    }

    /** The option that {@code word} is, with one dash or two. */
    static Optional<Option> of(String word) {
        String bare = bare(word);
        return bare.isEmpty()
                ? Optional.empty()
                : all().stream().filter(option -> option.name.equals(bare)).findFirst();
    }

    /** The option that was most likely meant by a word that is none. */
    static Optional<Option> nearest(String word) {
        String bare = bare(word).toLowerCase(Locale.ROOT);
        int equals = bare.indexOf('=');
        String typed = equals < 0 ? bare : bare.substring(0, equals);
        Optional<Option> longer = typed.length() < 2
                ? Optional.empty()
                : all().stream().filter(option -> option.name.startsWith(typed)).findFirst();
        return longer.or(() -> all().stream()
                .filter(option -> distance(typed, option.name) <= DISTANCE_MAX)
                .min(Comparator.comparingInt(option -> distance(typed, option.name))));
    }

    private static String bare(String word) {
        if (word.startsWith("--")) {
            return word.substring(2);
        }
        return word.startsWith("-") ? word.substring(1) : "";
    }

    /** The least number of letters added, dropped or replaced that makes one word of the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }

    boolean goesWith(Option deed) {
        return switch (this) {
            case HOMEDIR -> true;
            case SPORT, EPORT -> deed == INIT;
            case QUIET, DEBUG, LOGTRAFFIC, DAEMON, LOGFILE, PIDFILE -> deed == RUN;
            case PRUNE_LOCALSTORE,
                    PRUNE_ENTANGLED,
                    PRUNE_SIMULATE,
                    REPORT_HTML,
                    REPORT_CSV,
                    REPORT_TAB,
                    BLOCKSIZE,
                    NOTOTAL,
                    DELAY,
                    SORT,
                    KEEPTEMP -> deed == STORUTIL;
            case INIT, CHECK, STORUTIL, VERSION, HELP, RUN -> deed == this;
        };
    }

    /** The options that go with this deed, for a message. */
    String companions() {
        return all().stream()
                .filter(option -> option != this && option.goesWith(this))
                .map(Option::word)
                .collect(Collectors.joining(", "));
    }

    boolean hasValue() {
        return !value.isEmpty();
    }

    /** Whether a word that is no option may follow: -help explains it; the old utility's -sort was told a program. */
    boolean mayHaveWord() {
        return this == SORT || this == HELP;
    }

    String value() {
        return value;
    }

    String help() {
        return help;
    }

    /** As it is written, with its dash. */
    String word() {
        return this == RUN ? "running a server" : "-" + name;
    }

    /** As it is written, with what follows it. */
    String use() {
        return hasValue() ? word() + " " + value : word();
    }
}

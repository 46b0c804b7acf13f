package org.confmail.server.log;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns a protocol line into the form in which it may be logged. No auth key ever passes, be the line well-formed or not: what
 * is not understood is not shown.
 */
public final class Redaction {
    static final String HIDDEN = "****";

    /** A key has at least eight characters (PROTOCOL section 2), so a word of seven holds none, typed without its space or not. */
    private static final int UNKNOWN_WORD_LETTERS_MAX = 7;

    private static final Set<String> PLAIN_COMMANDS =
            Set.of("STARTTLS", "PING", "QUIT", "SELFTEST", "GENLOGIN", "SHUTDOWN", "STORE", "REPLICATE", "GET", "DNS");
    private static final Set<String> KEY_COMMANDS = Set.of("LOGIN", "ADDLOGIN", "RMLOGIN", "REPLOGIN");

    /** A login that ran into the line of another command. */
    private static final Pattern SECOND_COMMAND = Pattern.compile("LOGIN[^-.0-9A-Z]", Pattern.CASE_INSENSITIVE);

    /** GENLOGIN as it should be; with anything but a number it may be a mistyped ADDLOGIN. */
    private static final Pattern COUNT = Pattern.compile("[ \t]*\\d{0,6}");

    private static final String AUTH_HEADER = "replogin-auth";
    private static final Pattern USER = Pattern.compile("[0-9A-Za-z]{4,40}");
    private static final Set<String> OFFICES = Set.of("ADMINISTRATOR", "REPLICATION", "UNDEFINED", "DISABLED");
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");

    private Redaction() {}

    /** The loggable form of {@code line}: without secrets, on one line, shortened. */
    public static String loggable(LineKind kind, String line) {
        return switch (kind) {
            case COMMAND -> command(line);
            case ANSWER -> LogText.line(line);
            case BLOCK_LINE -> blockLine(line);
            case SECRET -> HIDDEN;
        };
    }

    private static String command(String line) {
        String[] words = BLANKS.split(line.strip());
        String verb = words[0].toUpperCase(Locale.ROOT);
        if (KEY_COMMANDS.contains(verb)) {
            return withoutKey(words, verb);
        }
        if (!PLAIN_COMMANDS.contains(verb)) {
            return unknown(line, words[0]);
        }
        String rest = line.strip().substring(words[0].length());
        if (SECOND_COMMAND.matcher(rest).find()
                || (verb.equals("GENLOGIN") && !COUNT.matcher(rest).matches())) {
            return words[0] + " " + HIDDEN;
        }
        return LogText.line(line);
    }

    private static String withoutKey(String[] words, String verb) {
        if (words.length == 1) {
            return words[0];
        }
        // The short forms ADDLOGIN key and RMLOGIN key have no user; nor has LOGIN with a word missing.
        boolean user = words.length > 2
                && !verb.equals("RMLOGIN")
                && USER.matcher(words[1]).matches()
                && !OFFICES.contains(words[2].toUpperCase(Locale.ROOT)); // user and key in the wrong order
        return user ? words[0] + " " + words[1] + " " + HIDDEN : words[0] + " " + HIDDEN;
    }

    /** A mistyped LOGIN carries a key like a right one. */
    private static String unknown(String line, String word) {
        boolean shown = word.length() <= UNKNOWN_WORD_LETTERS_MAX
                && word.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
        return LogText.rest(line.length() - (shown ? word.length() : 0), new StringBuilder(shown ? word : ""));
    }

    private static String blockLine(String line) {
        String text = line.strip();
        if (text.regionMatches(true, 0, AUTH_HEADER, 0, AUTH_HEADER.length())) {
            return "Replogin-Auth: " + HIDDEN;
        }
        String word = BLANKS.split(text, 2)[0].toUpperCase(Locale.ROOT);
        return KEY_COMMANDS.contains(word) ? command(line) : LogText.line(line); // a client may be out of step
    }
}

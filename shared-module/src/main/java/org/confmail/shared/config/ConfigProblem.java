package org.confmail.shared.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Something in a config.txt that an operator should know or must change. No problem ever holds a secret value. */
public sealed interface ConfigProblem {
    /** The {@link #line} of a problem that concerns the file as a whole. */
    int WHOLE_FILE = 0;

    /** The line, from 1, or {@link #WHOLE_FILE}. */
    int line();

    Severity severity();

    /** What is wrong, what the server makes of it, and what to do; without file and line. */
    String message();

    /** The name of the option concerned, if there is one, as it stands in the file. */
    default Optional<String> name() {
        return Optional.empty();
    }

    /** One line for a log or a terminal: file, line, severity and message. */
    default String describe(Path file) {
        String place = line() == WHOLE_FILE ? file.toString() : file + " line " + line();
        return place + ": " + severity().word() + ": " + message();
    }

    /** Whether the server goes on. */
    enum Severity {
        /** The server goes on; {@link ConfigProblem#message} says with what. */
        WARNING("warning"),
        /** The server does not take the file. */
        ERROR("error");

        private final String word;

        Severity(String word) {
            this.word = word;
        }

        /** As it stands in messages. */
        public String word() {
            return word;
        }
    }

    /**
     * A value that its option does not accept.
     *
     * @param shown the value, escaped and shortened, or what stands for a secret one
     */
    record WrongValue(int line, ConfigOption<?> option, String shown) implements ConfigProblem {
        static WrongValue of(ConfigEntry entry, ConfigOption<?> option) {
            return new WrongValue(
                    entry.line(), option, option.secret() ? Secret.SHOWN : "\"" + Shown.text(entry.value()) + "\"");
        }

        /** What the option accepts, in words. */
        public String accepted() {
            return option.type().accepts();
        }

        @Override
        public Severity severity() {
            return option.tolerant() ? Severity.WARNING : Severity.ERROR;
        }

        @Override
        public Optional<String> name() {
            return Optional.of(option.name());
        }

        @Override
        public String message() {
            return "option " + option.name() + " has the value " + shown + ". Accepted: " + accepted() + ". "
                    + option.consequence();
        }
    }

    /**
     * An option that the table does not know. Its value is not shown: a secret may stand behind a misspelt name.
     *
     * @param misspelt the name as written
     * @param suggestion the option that was probably meant
     */
    record UnknownOption(int line, String misspelt, Optional<String> suggestion) implements ConfigProblem {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public Optional<String> name() {
            return Optional.of(misspelt);
        }

        @Override
        public String message() {
            return "unknown option " + Shown.text(misspelt) + ". The line is ignored."
                    + suggestion.map(name -> " Did you mean " + name + "?").orElse("");
        }
    }

    /**
     * A line of an option that counts once and is set again further down.
     *
     * @param counting the line that counts
     */
    record RepeatedOption(int line, ConfigOption<?> option, int counting) implements ConfigProblem {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public Optional<String> name() {
            return Optional.of(option.name());
        }

        @Override
        public String message() {
            return "option " + option.name() + " is set again in line " + counting
                    + ", which counts. This line is ignored; remove it.";
        }
    }

    /** A line that is neither an option nor a comment nor blank. Its text is not shown, it may hold a secret. */
    record StrayLine(int line) implements ConfigProblem {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return "neither an option (name: value, the name in column 1 and the colon straight behind it) nor a comment"
                    + " (# or ; in column 1). The line is ignored.";
        }
    }

    /**
     * Options that are right by themselves and do not go together.
     *
     * @param option the one that stands in {@code line}
     */
    record Combination(int line, ConfigOption<?> option, String message) implements ConfigProblem {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public Optional<String> name() {
            return Optional.of(option.name());
        }
    }

    /** A file that can't be read at all. */
    record Unreadable(String message) implements ConfigProblem {
        /** The problem that this failure to read the file is. */
        public static Unreadable of(IOException failure) {
            String message = failure.getMessage();
            return new Unreadable("the file can't be read: " + (message == null ? failure.toString() : message));
        }

        @Override
        public int line() {
            return WHOLE_FILE;
        }

        @Override
        public Severity severity() {
            return Severity.ERROR;
        }
    }
}

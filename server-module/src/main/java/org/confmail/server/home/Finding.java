package org.confmail.server.home;

import java.nio.file.Path;

/**
 * Something that an operator should know about a home.
 *
 * @param where the file, the line in it, or the port
 * @param what what is wrong, and what it leads to where that is not plain
 * @param remedy what to do; may be empty where nothing needs to be done or {@code what} says it
 */
public record Finding(Severity severity, String where, String what, String remedy) {

    static Finding error(Path where, String what, String remedy) {
        return new Finding(Severity.ERROR, where.toString(), what, remedy);
    }

    static Finding warning(Path where, String what, String remedy) {
        return new Finding(Severity.WARNING, where.toString(), what, remedy);
    }

    static Finding note(Path where, String what, String remedy) {
        return new Finding(Severity.NOTE, where.toString(), what, remedy);
    }

    /** One line for a terminal or a log. */
    public String describe() {
        return severity.word() + ": " + where + ": " + what + (remedy.isEmpty() ? "" : " " + remedy);
    }

    /** How bad it is. */
    public enum Severity {
        /** The server does not start, or will not do its work. */
        ERROR("error"),
        /** The server works, but not as well or as safely as it should. */
        WARNING("warning"),
        /** Good to know. */
        NOTE("note");

        private final String word;

        Severity(String word) {
            this.word = word;
        }

        /** As it stands in messages. */
        public String word() {
            return word;
        }
    }
}

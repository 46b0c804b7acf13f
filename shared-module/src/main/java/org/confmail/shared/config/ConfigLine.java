package org.confmail.shared.config;

import java.nio.charset.StandardCharsets;

/**
 * One line of a config.txt. Its text holds a byte in each character (ISO 8859-1), so that whatever stands in the file comes
 * out again; values are decoded as UTF-8 when they are asked for.
 *
 * @param text all but the line end
 * @param end LF, CR LF, or nothing in a last line without a line end
 */
record ConfigLine(String text, String end) {

    /** Whether {@code name} can name an option: letters, digits, {@code _} and {@code -}. */
    static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> Ascii.isLetterOrDigit(c) || c == '_' || c == '-');
    }

    /** The line {@code name: value}. */
    static ConfigLine entry(String name, String value, String end) {
        return new ConfigLine(name + ": " + toBytes(value), end);
    }

    boolean isComment() {
        return text.startsWith("#") || text.startsWith(";");
    }

    boolean isBlank() {
        return skipBlanks(0) == text.length();
    }

    boolean isEntry() {
        return !isComment() && isName(beforeColon());
    }

    boolean isEntry(String name) {
        return text.startsWith(name) && text.startsWith(":", name.length());
    }

    /** Whether this is a comment that holds a line of option {@code name}. */
    boolean isCommentedEntry(String name) {
        if (!isComment()) {
            return false;
        }
        int start = skipBlanks(1);
        return text.startsWith(name, start) && text.startsWith(":", start + name.length());
    }

    /** The name of an entry. */
    String name() {
        return beforeColon();
    }

    /** The value of an entry without the blanks around it; malformed UTF-8 reads as U+FFFD. */
    String value() {
        int end = text.length();
        int start = skipBlanks(text.indexOf(':') + 1);
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return fromBytes(text.substring(start, end));
    }

    /** This entry with another value, and the same blanks after the colon. */
    ConfigLine withValue(String value) {
        int colon = text.indexOf(':');
        int start = skipBlanks(colon + 1);
        String head = start < text.length() ? text.substring(0, start) : text.substring(0, colon + 1) + " ";
        return new ConfigLine(head + toBytes(value), end);
    }

    ConfigLine withEnd(String newEnd) {
        return new ConfigLine(text, newEnd);
    }

    ConfigLine commentedOut() {
        return new ConfigLine("#" + text, end);
    }

    static String fromBytes(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String toBytes(String value) {
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private String beforeColon() {
        int colon = text.indexOf(':');
        return colon < 0 ? "" : text.substring(0, colon);
    }

    private int skipBlanks(int from) {
        int index = from;
        while (index < text.length() && isBlank(text.charAt(index))) {
            index++;
        }
        return index;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}

package org.confmail.shared.config;

/**
 * A line {@code name: value} of a config.txt, known or unknown.
 *
 * @param line counted from 1
 * @param name as written
 * @param value without the blanks around it; it may be a secret
 */
public record ConfigEntry(int line, String name, String value) {
    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
        return "line " + line + ": " + name;
    }
}

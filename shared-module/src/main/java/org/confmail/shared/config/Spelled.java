package org.confmail.shared.config;

/** A value of an option with a fixed choice, which knows how config.txt writes it. */
public interface Spelled {
    /** The value's text in config.txt. */
    String spelling();
}

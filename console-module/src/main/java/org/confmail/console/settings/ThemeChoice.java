package org.confmail.console.settings;

/** Which colours the user wants. */
public enum ThemeChoice {
    /** Those of the desktop. */
    SYSTEM,
    LIGHT,
    DARK
}

package org.confmail.shared.config;

/** The text of a config.txt. */
public final class ConfigDocument {
    private ConfigDocument() {}
}

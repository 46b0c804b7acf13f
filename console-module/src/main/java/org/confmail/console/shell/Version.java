package org.confmail.console.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this console, as the build wrote it. */
public final class Version {
    private Version() {}

    /** The version alone, such as {@code 1.2.0}. */
    public static String number() {
        try (InputStream text = Version.class.getResourceAsStream("/org/confmail/console/version.txt")) {
            return text == null ? "unknown" : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code -version} prints: the console, and the Java that runs it. */
    public static String full() {
        return "confmail-console " + number() + " (Java " + Runtime.version() + ")";
    }
}

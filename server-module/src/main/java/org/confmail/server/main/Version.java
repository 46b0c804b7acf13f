package org.confmail.server.main;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this server, as the build wrote it. */
final class Version {
    private Version() {}

    /** The version alone, such as {@code 1.2.0}. */
    static String number() {
        try (InputStream text = Version.class.getResourceAsStream("version.txt")) {
            return text == null ? "unknown" : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code -version} prints: the server, and the Java that runs it. */
    static String full() {
        return "confmail-server " + number() + " (Java " + Runtime.version() + ")";
    }
}

package org.confmail.console.configuration;

import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.ConfigMethods.Change;
import org.confmail.shared.config.ConfigDocument;

/**
 * config.txt as it was read.
 *
 * @param place the file, on the server's machine
 * @param document its content
 * @param charset in which its bytes read well and can be had back from the text
 * @param version what the server calls this content; empty where the file was read without a server
 * @param atRestart options that the running server will have at its next start only
 * @param confirmBy until when the content waits to be kept, by the server's clock, if it does
 */
record Loaded(
        String place,
        ConfigDocument document,
        Charset charset,
        Optional<String> version,
        List<Change> atRestart,
        Optional<Instant> confirmBy) {
    Loaded {
        atRestart = List.copyOf(atRestart);
    }

    /** The content as text. */
    String text() {
        return new String(document.bytes(), charset);
    }
}

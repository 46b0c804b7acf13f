package org.confmail.console.configuration;

import java.time.Duration;
import java.util.Optional;
import org.confmail.console.remote.Answer;
import org.confmail.shared.admin.ConfigMethods.Differences;
import org.confmail.shared.config.ConfigDocument;

/** Where config.txt is read and saved. */
sealed interface Source permits OverSocket, FileAlone {

    /** Reads it. */
    Answer<Loaded> read();

    /** What a document would change in the file. */
    Answer<Differences> diff(Loaded base, ConfigDocument edited);

    /**
     * Puts the document into the file. Fails with {@link org.confmail.shared.admin.AdminError#CONFLICT} when the file is no
     * longer what {@code base} is.
     *
     * @param patience how long to wait to be told to keep it before the old content comes back; empty for ever
     */
    Answer<Stored> save(Loaded base, ConfigDocument edited, Optional<Duration> patience);

    /** Whether a server acts on it at once. */
    default boolean served() {
        return this instanceof OverSocket;
    }
}

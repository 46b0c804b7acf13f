package org.confmail.server.home;

import java.io.IOException;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.block.Poster;
import org.confmail.server.net.LineReader;

/**
 * The leading lines of an entry in the old server's input queue (PROTOCOL section 1): where its block belongs. The block itself
 * follows them.
 */
sealed interface QueuedBlock {

    /** A block for the local store, from a client or from the partner; neither is to be replicated again. */
    record ForStore(Key key, Poster poster) implements QueuedBlock {}

    /** A block for the DHT that a client had posted. */
    record ToDht(Key key) implements QueuedBlock {}

    /** A block from the DHT, in the form in which it is held there: behind six lines of its own. */
    record FromDht(Key key) implements QueuedBlock {}

    /**
     * Reads the leading lines.
     *
     * @return empty where they are not those of an entry
     */
    static Optional<QueuedBlock> read(LineReader lines) throws IOException {
        Optional<String> type = value(lines, "StoreType: ");
        Optional<Key> key = value(lines, "StoreKeyid: ").flatMap(Key::parse);
        if (type.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        return switch (type.get()) {
            case "server", "repl-in" -> value(lines, "LoginUser: ").map(user -> new ForStore(key.get(), poster(user)));
            case "entangled-outgoing" -> Optional.of(new ToDht(key.get()));
            case "entangled-incoming" -> Optional.of(new FromDht(key.get()));
            default -> Optional.empty();
        };
    }

    private static Poster poster(String user) {
        return user.equals("none") ? Poster.NONE : Poster.user(user);
    }

    private static Optional<String> value(LineReader lines, String name) throws IOException {
        String line = lines.line();
        return line != null && line.startsWith(name) ? Optional.of(line.substring(name.length())) : Optional.empty();
    }
}

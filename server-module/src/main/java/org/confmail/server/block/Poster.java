package org.confmail.server.block;

import java.util.Optional;

/** Who posts a block: the user that the session is logged in as, or nobody. */
public record Poster(Optional<String> user) {
    public static final Poster NONE = new Poster(Optional.empty());

    /** A user who has logged in; the name as in auth.txt. */
    public static Poster user(String name) {
        return new Poster(Optional.of(name));
    }
}

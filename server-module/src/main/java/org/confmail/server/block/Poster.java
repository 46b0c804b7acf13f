package org.confmail.server.block;

import java.util.Optional;

/**
 * Who posts a block.
 *
 * @param user the one whom the session is logged in as, the name as in auth.txt, if anybody
 * @param anyone whether it does not matter, because posters have no names there
 */
public record Poster(Optional<String> user, boolean anyone) {
    /** A session that did not log in. */
    public static final Poster NONE = new Poster(Optional.empty(), false);

    /** For the DHT, and for what lies in a store already. */
    public static final Poster ANYONE = new Poster(Optional.empty(), true);

    /** A user who has logged in; the name as in auth.txt. */
    public static Poster user(String name) {
        return new Poster(Optional.of(name), false);
    }

    /**
     * Whether this may post what belongs to the owner of this key. User names compare byte for byte (PROTOCOL, conventions): with
     * the key's digits in upper case, as clients log in, however the block spells them.
     */
    boolean mayPostAs(Key fingerprint) {
        return anyone || user.filter(fingerprint.toString()::equals).isPresent();
    }
}

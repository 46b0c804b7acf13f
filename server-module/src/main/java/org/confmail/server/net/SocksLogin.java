package org.confmail.server.net;

/**
 * User and password for a SOCKS proxy (RFC 1929).
 *
 * @param user 1 to {@value #CHARACTERS_MAX} ASCII characters
 * @param password as {@code user}
 */
public record SocksLogin(String user, String password) {
    public static final int CHARACTERS_MAX = 255;

    /** @throws IllegalArgumentException when one is empty, too long, or not ASCII */
    public SocksLogin {
        check(user);
        check(password);
    }

    private static void check(String text) {
        if (text.isEmpty() || text.length() > CHARACTERS_MAX || text.chars().anyMatch(c -> c > '~')) {
            throw new IllegalArgumentException("not 1 to " + CHARACTERS_MAX + " ASCII characters");
        }
    }
}

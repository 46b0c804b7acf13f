package org.confmail.server.account;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A secret with which one user logs in: 8 to 40 of 0-9A-Z in commands; auth.txt may hold others. Its text never reaches the
 * log, so {@link #toString} hides it.
 */
public record AuthKey(String text) {
    /** The bytes of a key that the server makes; written as twice as many hexadecimal digits. */
    private static final int RANDOM_BYTES = 20;

    private static final Pattern IN_COMMANDS = Pattern.compile("[0-9A-Za-z]{8,40}");

    /** The key that a command names, or empty where its text cannot be one. */
    public static Optional<AuthKey> parse(String text) {
        return IN_COMMANDS.matcher(text).matches() ? Optional.of(new AuthKey(text)) : Optional.empty();
    }

    /** A new random key of 40 upper-case hexadecimal digits. */
    public static AuthKey random(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new AuthKey(HexFormat.of().withUpperCase().formatHex(bytes));
    }

    @Override
    public String toString() {
        return "****";
    }
}

package org.confmail.server.account;

import java.util.regex.Pattern;

/**
 * A line of auth.txt: a user and an auth key (PROTOCOL section 7). Both compare byte for byte.
 *
 * @param user a fingerprint, or one of the names below
 */
public record Account(String user, AuthKey key) {
    /** May add and remove accounts and stop the server. */
    public static final String ADMINISTRATOR = "administrator";
    /** The partner server. */
    public static final String REPLICATION = "replication";
    /** The key is free: the first login with it binds it to that user. */
    public static final String UNDEFINED = "undefined";
    /** The key is refused. */
    public static final String DISABLED = "disabled";
    /** What stands for the user of a connection that did not log in. */
    public static final String NONE = "none";

    private static final Pattern USER = Pattern.compile("[0-9A-Za-z]{8,40}");

    /** Whether {@code text} may be a user in a command. */
    public static boolean isUser(String text) {
        return USER.matcher(text).matches();
    }
}

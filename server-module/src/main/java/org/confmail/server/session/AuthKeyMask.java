package org.confmail.server.session;

import java.util.regex.Pattern;
import org.confmail.server.account.Account;
import org.confmail.server.account.Accounts;
import org.confmail.server.account.AuthKey;

/**
 * Hides the auth keys of auth.txt wherever they stand in a line, for the log. What {@code Redaction} knows is where a key should
 * stand; a client that swaps user and key, or has lost step and sends its LOGIN inside a block, puts it elsewhere.
 */
record AuthKeyMask(Accounts accounts) {
    private static final String HIDDEN = "****";
    private static final Pattern WORD = Pattern.compile("[0-9A-Za-z]{8,40}");

    /** The line without keys of this server. */
    String hide(String line) {
        return WORD.matcher(line).replaceAll(word -> isKey(word.group()) ? HIDDEN : word.group());
    }

    /** The user in a login that failed, unless it looks as if user and key had been swapped. */
    String hideUser(Command.Login login) {
        String key = login.key().text();
        boolean swapped = key.equalsIgnoreCase(Account.ADMINISTRATOR) || key.equalsIgnoreCase(Account.REPLICATION);
        return swapped ? HIDDEN : hide(login.user());
    }

    private boolean isKey(String word) {
        return accounts.owner(new AuthKey(word)).isPresent();
    }
}

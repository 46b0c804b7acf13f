package org.confmail.console.accounts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.confmail.shared.admin.AccountMethods.Account;

/**
 * A line of the list of accounts.
 *
 * @param user a fingerprint or a special user
 * @param key whole, or its beginning and …
 * @param number tells apart those whose keys begin alike
 */
record Entry(String user, String key, int number) {
    static final String ADMINISTRATOR = "administrator";
    static final String REPLICATION = "replication";
    static final String UNDEFINED = "undefined";
    static final String DISABLED = "disabled";

    private static final Set<String> SPECIAL = Set.of(ADMINISTRATOR, REPLICATION, UNDEFINED, DISABLED);
    private static final String MORE = "…";
    /** As the server shortens. */
    private static final int SHOWN_CHARACTERS = 6;

    /** The entries of these accounts, in their order. */
    static List<Entry> of(List<Account> accounts) {
        Map<String, Integer> alike = new HashMap<>();
        List<Entry> entries = new ArrayList<>(accounts.size());
        for (Account account : accounts) {
            String name = account.user() + ' ' + shortened(account.key());
            entries.add(new Entry(account.user(), account.key(), alike.merge(name, 1, Integer::sum)));
        }
        return List.copyOf(entries);
    }

    /** What stays the same when whole keys are shown, and when they are not any more. */
    Object identity() {
        return new Entry(user, shortened(key), number);
    }

    /** The same with as much of the key as tells it apart, and is not enough to log in. */
    Entry withoutKey() {
        return new Entry(user, shortened(key), number);
    }

    /** The key, or as much of it as is known. */
    String knownKey() {
        return key.endsWith(MORE) ? key.substring(0, key.length() - MORE.length()) : key;
    }

    boolean disabled() {
        return user.equalsIgnoreCase(DISABLED);
    }

    /** What the texts of its user stand under: the special user, or {@code user}. */
    String kind() {
        String lower = user.toLowerCase(Locale.ROOT);
        return SPECIAL.contains(lower) ? lower : "user";
    }

    private static String shortened(String key) {
        return key.endsWith(MORE) ? key : key.substring(0, Math.min(SHOWN_CHARACTERS, key.length() / 2)) + MORE;
    }
}

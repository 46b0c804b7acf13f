package org.confmail.server.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.confmail.server.account.Account;
import org.confmail.server.account.Accounts;
import org.confmail.server.account.AuthKey;
import org.confmail.server.admin.rpc.Caller;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.server.block.Key;
import org.confmail.shared.admin.AccountMethods;
import org.confmail.shared.admin.AccountMethods.HowMany;
import org.confmail.shared.admin.AccountMethods.Keys;
import org.confmail.shared.admin.AccountMethods.New;
import org.confmail.shared.admin.AccountMethods.Which;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may log in. The log says who changed what, never a key. */
final class AccountGroup {
    /** Enough to tell keys apart, not enough to log in with. */
    private static final int SHOWN_CHARACTERS = 6;

    private static final Logger LOG = LoggerFactory.getLogger("admin");

    private final Accounts accounts;
    private final SecureRandom random;

    AccountGroup(Accounts accounts, SecureRandom random) {
        this.accounts = accounts;
        this.random = random;
    }

    void register(Methods methods) {
        methods.on(AccountMethods.LIST, this::list)
                .on(AccountMethods.ADD, this::add)
                .on(AccountMethods.GENERATE, this::generate)
                .on(AccountMethods.DISABLE, this::disable);
    }

    private AccountMethods.Accounts list(Which which, Caller caller) throws AdminException {
        boolean whole = which.showKeys().orElse(false);
        List<Placed> wanted = accounts.list().stream()
                .filter(account -> which.user().isEmpty()
                        || account.user().equalsIgnoreCase(which.user().get()))
                .map(account -> new Placed(place(account), account))
                .sorted(Comparator.comparing(Placed::place))
                .toList();
        Paging<Placed> page = Paging.of(wanted, Placed::place, which.after(), which.limit());
        if (whole) {
            LOG.info("auth keys shown to {}", caller.who());
        }
        return new AccountMethods.Accounts(
                page.items().stream()
                        .map(placed -> shown(placed.account, whole))
                        .toList(),
                page.total(),
                page.next());
    }

    /** Where an account stands in the list; clients see it as the name of a page, so it tells nothing of the key. */
    private static String place(Account account) {
        byte[] key = account.key().text().getBytes(StandardCharsets.UTF_8);
        return account.user() + " " + Key.sha1(key);
    }

    private static AccountMethods.Account shown(Account account, boolean whole) {
        String key = account.key().text();
        int shown = Math.min(SHOWN_CHARACTERS, key.length() / 2); // in auth.txt a key may be shorter
        return new AccountMethods.Account(account.user(), whole ? key : key.substring(0, shown) + "…");
    }

    private AccountMethods.Account add(New wanted, Caller caller) throws AdminException, IOException {
        // As in auth.txt, where fingerprints stand in the case in which clients write them.
        if (!Account.isUser(wanted.user())) {
            throw wrong("'user' must be 8 to 40 letters and digits: a fingerprint, administrator or replication");
        }
        AuthKey key = wanted.key().isEmpty()
                ? AuthKey.random(random)
                : AuthKey.parse(wanted.key().get())
                        .orElseThrow(() -> wrong("'key' must be 8 to 40 letters and digits"));
        Account account = new Account(user(wanted.user()), key);
        accounts.add(account);
        LOG.info("account of {} added by {}", account.user(), caller.who());
        return shown(account, true);
    }

    /** The special users in the one spelling in which they are special. */
    private static String user(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return List.of(Account.ADMINISTRATOR, Account.REPLICATION, Account.UNDEFINED, Account.DISABLED)
                        .contains(lower)
                ? lower
                : text;
    }

    private Keys generate(HowMany wanted, Caller caller) throws AdminException, IOException {
        if (wanted.count() < 1 || wanted.count() > AccountMethods.GENERATED_MAX) {
            throw wrong("'count' is " + wanted.count() + "; it must be from 1 to " + AccountMethods.GENERATED_MAX);
        }
        List<AuthKey> keys = accounts.generate(wanted.count());
        LOG.info("{} free keys made by {}", keys.size(), caller.who());
        return new Keys(keys.stream().map(AuthKey::text).toList());
    }

    private AccountMethods.Account disable(AccountMethods.Key wanted, Caller caller)
            throws AdminException, IOException {
        String text = wanted.key();
        List<Account> meant = accounts.list().stream()
                .filter(account -> account.key().text().equals(text))
                .toList();
        if (meant.isEmpty() && text.length() >= SHOWN_CHARACTERS) {
            meant = accounts.list().stream()
                    .filter(account -> account.key().text().startsWith(text))
                    .toList();
        }
        if (meant.size() > 1) {
            throw wrong(meant.size() + " keys begin like this: give more of it");
        }
        if (meant.isEmpty()) {
            throw new AdminException(
                    AdminError.NOT_FOUND,
                    "no account has this key; give the key, or the first " + SHOWN_CHARACTERS
                            + " characters or more of it");
        }
        accounts.remove(meant.getFirst().key());
        LOG.info("account of {} disabled by {}", meant.getFirst().user(), caller.who());
        return shown(new Account(Account.DISABLED, meant.getFirst().key()), false);
    }

    /** An account with its place, which costs too much to be made for each comparison. */
    private record Placed(String place, Account account) {}

    private static AdminException wrong(String message) {
        return new AdminException(AdminError.WRONG_PARAMS, message);
    }
}

package org.confmail.shared.admin;

import java.util.List;
import java.util.Optional;

/** Who may log in. Changes are durable, and on their way to the replication partner, when they are answered. */
public final class AccountMethods {
    /** As GENLOGIN: so that a whole answer, each key made durable and passed on, comes in time. */
    public static final int GENERATED_MAX = 1000;

    public static final AdminMethod<Which, Accounts> LIST = AdminMethod.of(
            "accounts.list",
            new Which(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(100)),
            Accounts.class,
            "The accounts, sorted by user and key. Keys are shortened unless showKeys is true.");

    public static final AdminMethod<New, Account> ADD = AdminMethod.of(
            "accounts.add",
            new New("1111111111111111111111111111111111111111", Optional.empty()),
            Account.class,
            "Adds an account, or gives a key to another user, as ADDLOGIN does. Without a key a random one is made.");

    public static final AdminMethod<HowMany, Keys> GENERATE = AdminMethod.of(
            "accounts.generate",
            new HowMany(5),
            Keys.class,
            "Makes free keys, as GENLOGIN does: the first login with one binds it to that user.");

    public static final AdminMethod<Key, Account> DISABLE = AdminMethod.of(
            "accounts.disable",
            new Key("4FD2A5E5"),
            Account.class,
            "Disables a key, as RMLOGIN does; a beginning of 6 characters or more will do where only one key has it.");

    private AccountMethods() {}

    /** Parameters of {@link #LIST}. */
    public record Which(
            @Doc(
                    "only this user, in either case: a fingerprint, administrator, replication, undefined (free keys), disabled")
            Optional<String> user,

            @Doc("whether whole keys are shown") Optional<Boolean> showKeys,

            @Doc("what next of the page before holds; without it the first page")
            Optional<String> after,

            @Doc("how many at most, up to 1000; 100 where it is left away")
            Optional<Integer> limit) {}

    /** Result of {@link #LIST}. */
    public record Accounts(
            @Doc("the accounts") List<Account> accounts,
            @Doc("how many there are in all") int total,
            @Doc("names the next page, if there is one") Optional<String> next) {}

    /** An account. */
    public record Account(
            @Doc("a fingerprint, administrator, replication, undefined (a free key) or disabled")
            String user,

            @Doc("its auth key, or the beginning of it and …")
            String key) {}

    /** Parameters of {@link #ADD}. */
    public record New(
            @Doc("8 to 40 letters and digits") String user,
            @Doc("8 to 40 letters and digits") Optional<String> key) {}

    /** Parameters of {@link #GENERATE}. */
    public record HowMany(@Doc("1 to 1000") int count) {}

    /** Result of {@link #GENERATE}. */
    public record Keys(
            @Doc("the whole keys, shown this once") List<String> keys) {}

    /** Parameters of {@link #DISABLE}. */
    public record Key(@Doc("the key, or its beginning") String key) {}
}

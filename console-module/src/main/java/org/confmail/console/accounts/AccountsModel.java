package org.confmail.console.accounts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Clockwork;
import org.confmail.console.remote.OneByOne;
import org.confmail.console.remote.OneByOne.Tally;
import org.confmail.console.remote.PagedList;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Refresh;
import org.confmail.console.remote.Remote;
import org.confmail.console.remote.Watch;
import org.confmail.shared.admin.AccountMethods;
import org.confmail.shared.admin.AccountMethods.Account;
import org.confmail.shared.admin.AccountMethods.Accounts;
import org.confmail.shared.admin.AccountMethods.HowMany;

/**
 * The accounts, and what is done with them. Whole keys are asked for only while they are shown; keys that the server has made are
 * here until somebody has taken them. Belongs to the thread of the window.
 */
final class AccountsModel implements Watch {
    /** More are not listed: nobody reads on, and the window stays quick. */
    static final int LISTED_MAX = 50_000;

    private static final int PAGE = 1000;
    /** They change seldom, and mostly here. */
    private static final Duration ASKED = Duration.ofSeconds(20);

    private final Remote remote;
    private final Refresh<List<Account>> asking;
    private final ReadOnlyObjectWrapper<List<Entry>> entries = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyBooleanWrapper wholeKeys = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<List<String>> fresh = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private boolean shown;
    private boolean taken = true;
    private int total;

    AccountsModel(Remote remote, Clockwork clockwork) {
        this.remote = remote;
        this.asking = new Refresh<>(remote, clockwork, ASKED, this::ask, this::took, this::failed);
    }

    /** Sorted by user and key. */
    ReadOnlyObjectProperty<List<Entry>> entries() {
        return entries.getReadOnlyProperty();
    }

    /** Why they are not told, if they are not. */
    ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    /** Whether whole keys are shown. */
    ReadOnlyBooleanProperty wholeKeys() {
        return wholeKeys.getReadOnlyProperty();
    }

    /** Keys that the server has made just now: nobody shows them again. */
    ReadOnlyObjectProperty<List<String>> fresh() {
        return fresh.getReadOnlyProperty();
    }

    /** How many there are in all. */
    int total() {
        return total;
    }

    @Override
    public void start() {
        shown = true;
        asking.start();
    }

    /** Asks no more, and lets go of whole keys. */
    @Override
    public void stop() {
        showWholeKeys(false);
        shown = false;
        asking.stop();
    }

    @Override
    public void refresh() {
        if (shown) {
            asking.start();
            asking.now();
        }
    }

    /** Shows whole keys or not. Those that are here go at once. */
    void showWholeKeys(boolean show) {
        if (show == wholeKeys.get()) {
            return;
        }
        wholeKeys.set(show);
        if (!show) {
            entries.set(entries.get().stream().map(Entry::withoutKey).toList());
        }
        refresh();
    }

    /** Adds an account; without a key the server makes one, which is then fresh. */
    Answer<Account> add(String user, String key) {
        Optional<String> given = Optional.of(key.strip()).filter(text -> !text.isEmpty());
        return remote.call(AccountMethods.ADD, new AccountMethods.New(user.strip(), given))
                .done(account -> {
                    if (given.isEmpty()) {
                        showOnce(List.of(account.key()));
                    }
                })
                .ended(this::refresh);
    }

    /** Makes free keys, which are then fresh. */
    Answer<AccountMethods.Keys> generate(int count) {
        return remote.call(AccountMethods.GENERATE, new HowMany(count))
                .done(keys -> showOnce(keys.keys()))
                .ended(this::refresh);
    }

    /** Disables their keys, one after the other; those that are disabled already are passed over. */
    Answer<Tally<Entry>> disable(List<Entry> chosen) {
        return OneByOne.all(
                        chosen.stream().filter(entry -> !entry.disabled()).toList(),
                        entry -> remote.call(AccountMethods.DISABLE, new AccountMethods.Key(entry.knownKey())))
                .ended(this::refresh);
    }

    /** The fresh keys were copied or written to a file. */
    void take() {
        taken = true;
    }

    /** The fresh keys are not needed any more. */
    void forgetFresh() {
        taken = true;
        fresh.set(List.of());
    }

    /** Whether there are fresh keys that nobody has copied or written to a file. */
    boolean untaken() {
        return !taken;
    }

    private void showOnce(List<String> keys) {
        taken = false;
        fresh.set(List.copyOf(keys));
    }

    private Answer<List<Account>> ask() {
        boolean whole = wholeKeys.get();
        return PagedList.all(
                after -> remote.call(
                                AccountMethods.LIST,
                                new AccountMethods.Which(
                                        Optional.empty(), Optional.of(whole), after, Optional.of(PAGE)))
                        .done(page -> total = page.total()),
                Accounts::accounts,
                Accounts::next,
                LISTED_MAX);
    }

    /** The server logs each time that whole keys are shown: they are not asked for again and again. */
    private void took(List<Account> accounts) {
        if (wholeKeys.get()) {
            asking.stop();
        }
        problem.set(Optional.empty());
        List<Entry> listed = Entry.of(accounts);
        entries.set(
                wholeKeys.get()
                        ? listed
                        : listed.stream().map(Entry::withoutKey).toList());
    }

    private void failed(Problem why) {
        problem.set(Optional.of(why));
    }
}

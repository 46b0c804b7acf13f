package org.confmail.console.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.confmail.console.testing.ManualClockwork;
import org.confmail.console.testing.ScriptedRemote;
import org.confmail.shared.admin.AccountMethods;
import org.confmail.shared.admin.AccountMethods.Account;
import org.confmail.shared.admin.AccountMethods.Accounts;
import org.confmail.shared.admin.AccountMethods.Keys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountsModelTest {
    private static final String USER = "1111111111111111111111111111111111111111";

    private final ManualClockwork time = new ManualClockwork();
    private final ScriptedRemote remote = new ScriptedRemote();
    private final AccountsModel model = new AccountsModel(remote, time);

    @BeforeEach
    void script() {
        remote.on(AccountMethods.LIST, which -> {
            boolean whole = which.showKeys().orElse(false);
            return new Accounts(
                    List.of(
                            new Account("administrator", whole ? "ABCDEFGHIJKL" : "ABCDEF…"),
                            new Account(USER, whole ? "ABCDEFZZZZZZ" : "ABCDEF…"),
                            new Account(USER, whole ? "ABCDEFYYYYYY" : "ABCDEF…"),
                            new Account("disabled", whole ? "GHIJKLMNOPQR" : "GHIJKL…")),
                    4,
                    Optional.empty());
        });
    }

    @Test
    void wholeKeysAreAskedForOnlyWhileTheyAreShown() {
        model.start();
        assertEquals("ABCDEF…", model.entries().get().getFirst().key());
        List<Object> before = identities();

        model.showWholeKeys(true);
        assertEquals("ABCDEFGHIJKL", model.entries().get().getFirst().key());
        assertEquals(before, identities());

        remote.hold();
        model.showWholeKeys(false);
        assertEquals("ABCDEF…", model.entries().get().getFirst().key());
        remote.release();
        assertFalse(remote.calls(AccountMethods.LIST).getLast().showKeys().orElseThrow());
    }

    @Test
    void wholeKeysAreAskedForOnceBecauseTheServerLogsIt() {
        model.start();
        model.showWholeKeys(true);
        int asked = remote.calls(AccountMethods.LIST).size();
        time.advance(Duration.ofMinutes(5));
        assertEquals(asked, remote.calls(AccountMethods.LIST).size());
        model.showWholeKeys(false);
        time.advance(Duration.ofMinutes(5));
        assertTrue(remote.calls(AccountMethods.LIST).size() > asked + 5);
    }

    @Test
    void answerThatComesAfterKeysWereHiddenDoesNotShowThem() {
        model.start();
        remote.hold();
        model.showWholeKeys(true);
        model.showWholeKeys(false);
        remote.release();
        assertEquals("ABCDEF…", model.entries().get().getFirst().key());
    }

    @Test
    void leavingTheViewHidesWholeKeys() {
        model.start();
        model.showWholeKeys(true);
        model.stop();
        assertFalse(model.wholeKeys().get());
        assertEquals("ABCDEF…", model.entries().get().getFirst().key());
    }

    @Test
    void accountsWhoseKeysBeginAlikeAreToldApart() {
        model.start();
        assertEquals(4, identities().stream().distinct().count());
        assertNotEquals(identities().get(1), identities().get(2));
    }

    @Test
    void freshKeysStayUntilSomebodyHasTakenThem() {
        remote.on(AccountMethods.GENERATE, wanted -> new Keys(List.of("KEYNUMBERONE", "KEYNUMBERTWO")));
        model.start();
        model.generate(2);
        assertEquals(List.of("KEYNUMBERONE", "KEYNUMBERTWO"), model.fresh().get());
        assertTrue(model.untaken());
        model.take();
        assertFalse(model.untaken());
        model.forgetFresh();
        assertEquals(List.of(), model.fresh().get());
    }

    @Test
    void keyThatTheServerMadeIsShownOnceAndOneThatWasGivenIsNot() {
        remote.on(
                AccountMethods.ADD,
                wanted -> new Account(wanted.user(), wanted.key().orElse("MADEBYTHESERVER")));
        model.start();
        model.add(USER, "GIVENBYOPERATOR");
        assertEquals(List.of(), model.fresh().get());
        model.add(" " + USER + " ", " ");
        assertEquals(List.of("MADEBYTHESERVER"), model.fresh().get());
        assertEquals(USER, remote.calls(AccountMethods.ADD).getLast().user());
    }

    @Test
    void disablesByAsMuchOfTheKeyAsIsKnownAndPassesOverTheDisabled() {
        remote.on(AccountMethods.DISABLE, key -> new Account("disabled", key.key()));
        model.start();
        model.disable(model.entries().get());
        assertEquals(
                List.of("ABCDEF", "ABCDEF", "ABCDEF"),
                remote.calls(AccountMethods.DISABLE).stream()
                        .map(AccountMethods.Key::key)
                        .toList());
        model.showWholeKeys(true);
        model.disable(List.of(model.entries().get().get(1)));
        assertEquals(
                "ABCDEFZZZZZZ", remote.calls(AccountMethods.DISABLE).getLast().key());
    }

    @Test
    void nothingIsAskedWhileTheViewIsHidden() {
        model.start();
        model.stop();
        int asked = remote.calls(AccountMethods.LIST).size();
        time.advance(Duration.ofMinutes(5));
        assertEquals(asked, remote.calls(AccountMethods.LIST).size());
    }

    private List<Object> identities() {
        return model.entries().get().stream().map(Entry::identity).toList();
    }
}

package org.confmail.server.session;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.confmail.server.account.Account;
import org.confmail.server.account.Accounts;
import org.confmail.server.account.AuthKey;
import org.confmail.server.log.LineKind;
import org.confmail.server.log.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is logged in on a connection, and the commands by which accounts are used and changed (PROTOCOL sections 2 and 7). Belongs to
 * the connection's thread.
 */
final class AccountCommands {
    private static final Logger LOG = LoggerFactory.getLogger("session");

    private final Accounts accounts;
    private final Connection connection;
    private final SessionState state;
    private final AuthKeyMask mask;
    private Optional<String> user = Optional.empty();

    AccountCommands(Accounts accounts, Connection connection, SessionState state, AuthKeyMask mask) {
        this.accounts = accounts;
        this.connection = connection;
        this.state = state;
        this.mask = mask;
    }

    /** Who is logged in. */
    Optional<String> user() {
        return user;
    }

    /** Whether that is this one of the special users. */
    boolean is(String special) {
        return user.filter(special::equals).isPresent();
    }

    /** LOGIN; one a connection. */
    String login(Command.Login login) {
        if (user.isPresent()) {
            return Reply.FAILED;
        }
        try {
            if (accounts.login(login.user(), login.key())) {
                user = Optional.of(login.user());
                state.loggedIn(login.user());
                return Reply.DONE;
            }
        } catch (IOException e) {
            return accountFailure(e);
        }
        LOG.info(
                "connection {}: login of {} from {} failed",
                connection.number(),
                LogText.quote(mask.hideUser(login)),
                connection.peerHost());
        return Reply.FAILED;
    }

    /** ADDLOGIN. */
    String add(Command.AddLogin add) {
        return change(Account.ADMINISTRATOR, () -> accounts.add(add.account()));
    }

    /** RMLOGIN. */
    String remove(Command.RemoveLogin remove) {
        return change(Account.ADMINISTRATOR, () -> accounts.remove(remove.key()));
    }

    /** REPLOGIN. */
    String takeOver(Command.ReplicateLogin add) {
        return change(Account.REPLICATION, () -> accounts.takeOver(add.account()));
    }

    /** GENLOGIN: a line for each key. */
    void generate(int count) throws IOException {
        if (!is(Account.ADMINISTRATOR)) {
            connection.answer(Reply.FAILED);
            return;
        }
        if (count > Command.GenerateLogins.COUNT_MAX) {
            LOG.warn(
                    "connection {}: GENLOGIN {} refused: at most {} keys at once. The client was told FAILED.",
                    connection.number(),
                    count,
                    Command.GenerateLogins.COUNT_MAX);
            connection.answer(Reply.FAILED);
            return;
        }
        List<AuthKey> keys;
        try {
            keys = accounts.generate(count);
        } catch (IOException e) {
            connection.answer(accountFailure(e));
            return;
        }
        for (AuthKey key : keys) {
            connection.traceSent(LineKind.SECRET, key.text());
            connection.out().line(key.text());
        }
        connection.answer(Reply.END_BLOCK);
    }

    /** @param by the only user who may make the change */
    private String change(String by, AccountChange change) {
        if (!is(by)) {
            return Reply.FAILED;
        }
        try {
            change.make();
            return Reply.DONE;
        } catch (IOException e) {
            return accountFailure(e);
        }
    }

    private static String accountFailure(IOException e) {
        LOG.error(
                "cannot save a change of accounts: {}. The client was told FAILED. Is the disk of the home full?",
                e.toString());
        return Reply.FAILED;
    }

    @FunctionalInterface
    private interface AccountChange {
        void make() throws IOException;
    }
}

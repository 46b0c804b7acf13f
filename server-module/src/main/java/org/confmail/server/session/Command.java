package org.confmail.server.session;

import java.time.Instant;
import java.util.Optional;
import org.confmail.server.account.Account;
import org.confmail.server.account.AuthKey;
import org.confmail.server.block.Key;

/** What a client asks for: one line, parsed and within its ranges (PROTOCOL section 2). */
sealed interface Command {

    record StartTls() implements Command {}

    /** @param text what to echo, after one space; empty for a bare PING */
    record Ping(Optional<String> text) implements Command {}

    record Quit() implements Command {}

    record SelfTest() implements Command {}

    record Login(String user, AuthKey key) implements Command {}

    record AddLogin(Account account) implements Command {}

    record RemoveLogin(AuthKey key) implements Command {}

    /** @param count how many keys to make */
    record GenerateLogins(int count) implements Command {
        /** So that a whole answer, each key made durable and passed on, comes within 10 s. */
        static final int COUNT_MAX = 1000;
    }

    record ReplicateLogin(Account account) implements Command {}

    record Shutdown() implements Command {}

    record StoreServer(Key key) implements Command {}

    /** @param after the time before which the block must not leave */
    record StoreProxy(Key key, Optional<Instant> after) implements Command {}

    record StoreEntangled(Key key) implements Command {}

    /** @param user who posted the block to the partner, or {@link Account#NONE} */
    record Replicate(Key key, String user) implements Command {}

    /** @param since the oldest Date that is wanted, of announcements only */
    record GetServer(Key key, Optional<Instant> since) implements Command {}

    /** @param since the oldest Date that is wanted, of announcements only */
    record GetEntangled(Key key, Optional<Instant> since) implements Command {}

    record DnsTxt(String name) implements Command {}

    /** Anything else. */
    record Invalid() implements Command {}
}

package org.confmail.server.session;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.confmail.server.account.Account;
import org.confmail.server.block.BlockType;
import org.confmail.server.block.Key;
import org.confmail.server.block.Poster;
import org.confmail.server.block.StoredHead;
import org.confmail.server.config.Settings;
import org.confmail.server.log.LineKind;
import org.confmail.server.log.LogText;
import org.confmail.server.net.LineTooLongException;
import org.confmail.server.net.Pace;
import org.confmail.server.net.TxtRecords;
import org.confmail.server.store.LeafBusyException;
import org.confmail.server.store.StoredFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session, from the greeting to the close (PROTOCOL section 2): a command is read, executed and answered before
 * the next is read. Everything in this class runs in the connection's virtual thread, or while that waits, in a
 * {@linkplain StoringThreads thread of the system}.
 */
final class Session {
    /** Commands that are none, in a row, after which the server hangs up. */
    private static final int INVALID_COMMANDS_MAX = 3;
    /** After so many in a row more are likely to follow, so that a thread is worth its start. */
    private static final int STORES_OF_A_BURST = 16;

    private static final Logger LOG = LoggerFactory.getLogger("session");

    private final Services services;
    private final Settings.Sessions settings;
    private final Connection connection;
    private final SessionState state;
    private final StoreCommands storing;
    private final ProxyCommand proxying;
    private final BlockSender sender;
    private final Optional<EntangledCommands> entangled;
    private final AccountCommands accounts;
    private final StoringThreads storingThreads;
    private int invalidInARow;
    private int storesInARow;
    private Duration unread = Duration.ZERO;

    Session(
            Services services,
            Settings.Sessions settings,
            Connection connection,
            SessionState state,
            AuthKeyMask mask,
            StoringThreads storingThreads) {
        this.services = services;
        this.storingThreads = storingThreads;
        this.settings = settings;
        this.connection = connection;
        this.state = state;
        Pace pace =
                new Pace(connection.deadline(), services.ticker(), settings.timeout(), settings.slowestConnection());
        BlockReader reader = new BlockReader(connection.in(), pace, connection);
        this.accounts = new AccountCommands(services.accounts(), connection, state, mask);
        this.storing = new StoreCommands(services, connection, reader, pace, mask);
        this.proxying = new ProxyCommand(services.sendQueue(), connection, reader, pace);
        this.sender = new BlockSender(connection, pace);
        this.entangled = services.dht().map(dht -> new EntangledCommands(dht, connection, pace, sender));
    }

    /** Serves the client until one side has enough; returns the reason for the log. */
    String run() {
        try {
            connection.deadline().in(settings.timeout());
            connection.answer(Reply.GREETING);
            while (true) {
                Optional<String> end = isStoring() ? storingThreads.run(this::store) : next();
                if (end.isPresent()) {
                    return end.get();
                }
            }
        } catch (IOException e) {
            return reason(e);
        }
    }

    private boolean isStoring() {
        return storesInARow >= STORES_OF_A_BURST;
    }

    /** Goes on until something else than a block has come. */
    private Optional<String> store() {
        try {
            Optional<String> end = next();
            while (end.isEmpty() && isStoring()) {
                end = next();
            }
            return end;
        } catch (IOException e) {
            return Optional.of(reason(e));
        }
    }

    /** Who is logged in, as the log shows it. */
    String userName() {
        return accounts.user().orElse(Account.NONE);
    }

    private Poster poster() {
        return accounts.user().map(Poster::user).orElse(Poster.NONE);
    }

    private Optional<String> next() throws IOException {
        connection.deadline().in(settings.timeout().plus(unread));
        unread = Duration.ZERO;
        if (!state.awaitCommand()) {
            return Optional.of("server stopping");
        }
        connection.in().idle();
        connection.out().idle();
        String line = connection.in().line();
        if (line == null) {
            return Optional.of("closed by peer");
        }
        state.begin();
        connection.traceReceived(LineKind.COMMAND, line);
        services.counters().commands().increment();
        connection.deadline().in(settings.timeout().plus(Pace.OWN_WORK));
        Command command = CommandParser.parse(line);
        state.executes(command);
        invalidInARow = command instanceof Command.Invalid ? invalidInARow + 1 : 0;
        storesInARow = stores(command) ? storesInARow + 1 : 0;
        return execute(command);
    }

    private static boolean stores(Command command) {
        return command instanceof Command.StoreServer || command instanceof Command.Replicate;
    }

    /** Executes and answers one command; returns why the session ends with it, if it does. */
    private Optional<String> execute(Command command) throws IOException {
        switch (command) {
            case Command.StoreServer store -> {
                state.count(SessionState.Kind.STORE);
                connection.answer(storing.store(store.key(), poster(), userName(), true));
            }
            case Command.GetServer get -> {
                state.count(SessionState.Kind.GET);
                get(get);
            }
            case Command.Replicate replicate -> connection.answer(replicate(replicate));
            case Command.StoreEntangled store -> {
                state.count(SessionState.Kind.STORE_ENTANGLED);
                boolean allowed = entangled.isPresent() && !storing.isRefused(store.key());
                connection.answer(allowed ? entangled.get().store(store.key()) : storing.refuse());
            }
            case Command.StoreProxy store -> {
                state.count(SessionState.Kind.STORE_PROXY);
                boolean allowed = (accounts.user().isPresent() || !settings.proxyRequiresLogin())
                        && !storing.isRefused(store.key());
                connection.answer(allowed ? proxying.queue(store.key(), store.after()) : storing.refuse());
            }
            case Command.GetEntangled get -> {
                state.count(SessionState.Kind.GET_ENTANGLED);
                if (entangled.isPresent() && entangled.get().get(get.key(), get.since())) {
                    unread = sender.unread();
                } else {
                    connection.answer(Reply.NOT_FOUND);
                }
            }
            case Command.DnsTxt dns -> {
                state.count(SessionState.Kind.DNS_TXT);
                dnsTxt(dns.name());
            }
            case Command.Login login -> connection.answer(accounts.login(login));
            case Command.AddLogin add -> connection.answer(accounts.add(add));
            case Command.RemoveLogin remove -> connection.answer(accounts.remove(remove));
            case Command.GenerateLogins generate -> accounts.generate(generate.count());
            case Command.ReplicateLogin add -> connection.answer(accounts.takeOver(add));
            case Command.Ping ping ->
                connection.echo(ping.text().map(text -> Reply.PONG + " " + text).orElse(Reply.PONG));
            case Command.SelfTest test -> selfTest();
            case Command.StartTls start -> {
                return startTls();
            }
            case Command.Quit quit -> {
                connection.answer(Reply.GOODBYE);
                return Optional.of("quit");
            }
            case Command.Shutdown shutdown -> {
                return shutdown();
            }
            case Command.Invalid invalid -> {
                connection.answer(Reply.INVALID_COMMAND);
                if (invalidInARow >= INVALID_COMMANDS_MAX) {
                    return Optional.of(INVALID_COMMANDS_MAX + " invalid commands in a row");
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> startTls() throws IOException {
        if (connection.encrypted()) {
            connection.answer(Reply.INVALID_COMMAND);
            return Optional.empty();
        }
        if (connection.in().hasBuffered()) {
            // What somebody on the way put behind STARTTLS would be taken for the client's own inside TLS.
            return Optional.of("plain text behind STARTTLS");
        }
        connection.answer(Reply.PROCEED);
        connection.encrypt(services.tls().get());
        connection.answer(Reply.ENCRYPTED);
        return Optional.empty();
    }

    private void get(Command.GetServer get) throws IOException {
        Optional<StoredFile> open;
        try {
            open = services.store().open(get.key());
        } catch (LeafBusyException e) {
            LOG.warn(
                    "connection {}: cannot read block {}, which another server is writing: {}. The client was told FAILED."
                            + " Does a process hang that shares the store?",
                    connection.number(),
                    get.key(),
                    e.getMessage());
            connection.answer(Reply.FAILED);
            return;
        } catch (IOException e) {
            LOG.error(
                    "connection {}: cannot read block {} in {}: {}. The client was told NOT FOUND.",
                    connection.number(),
                    get.key(),
                    services.store().root(),
                    e.toString());
            open = Optional.empty();
        }
        if (open.isEmpty()) {
            connection.answer(Reply.NOT_FOUND);
            return;
        }
        try (StoredFile file = open.get()) {
            if (mayRead(get.key(), file.head()) && sender.send(file, get.since())) {
                unread = sender.unread();
            } else {
                connection.answer(Reply.NOT_FOUND);
            }
        }
    }

    /** Keys and claims are for everybody, mail for those who have an account (PROTOCOL section 2). */
    private boolean mayRead(Key key, StoredHead head) {
        return switch (head) {
            case StoredHead.Text text -> mayRead(text.type());
            case StoredHead.Data data -> mayRead(BlockType.DATA);
            case StoredHead.Foreign foreign -> false;
            case StoredHead.Unreadable unreadable -> {
                LOG.warn(
                        "block {} in {} is damaged and not served: {}. A new post replaces it.",
                        key,
                        services.store().root(),
                        unreadable.reason());
                yield false;
            }
        };
    }

    private boolean mayRead(BlockType type) {
        return type.isPublic() || accounts.user().isPresent();
    }

    private String replicate(Command.Replicate replicate) throws IOException {
        if (!accounts.is(Account.REPLICATION)) {
            return storing.refuse();
        }
        state.count(SessionState.Kind.STORE);
        Poster poster = replicate.user().equals(Account.NONE) ? Poster.NONE : Poster.user(replicate.user());
        return storing.store(replicate.key(), poster, replicate.user(), false);
    }

    private void selfTest() throws IOException {
        Optional<String> failure = services.selfTest().failure();
        String result = failure.map(what -> Reply.FAIL + what).orElse(Reply.PASS);
        connection.traceSent(LineKind.ANSWER, result);
        connection.out().line(result);
        connection.answer(Reply.END_BLOCK);
    }

    private void dnsTxt(String name) throws IOException {
        if (!settings.permitDnsTxt()) {
            connection.answer(Reply.FAILED);
            return;
        }
        switch (services.dns().of(name)) {
            case TxtRecords.Found found -> {
                for (String text : found.texts()) {
                    String line = Reply.TXT + text;
                    connection.traceSent(LineKind.ANSWER, line);
                    connection.out().line(line);
                }
                connection.answer(Reply.END_BLOCK);
            }
            case TxtRecords.NoName none -> connection.answer(Reply.NOT_FOUND);
            case TxtRecords.Failed failed -> {
                LOG.warn(
                        "connection {}: DNS TXT {} failed: {}. The client was told NOT FOUND. Do this machine's resolvers"
                                + " work?",
                        connection.number(),
                        LogText.quote(name),
                        LogText.quote(failed.reason()));
                connection.answer(Reply.NOT_FOUND);
            }
        }
    }

    private Optional<String> shutdown() throws IOException {
        if (!accounts.is(Account.ADMINISTRATOR)) {
            connection.answer(Reply.FAILED);
            return Optional.empty();
        }
        LOG.warn("connection {}: the administrator stops the server", connection.number());
        connection.answer(Reply.GOODBYE);
        services.stop().run();
        return Optional.of("shutdown");
    }

    /** What the log says of a session that did not end by a command. */
    private String reason(IOException e) {
        if (connection.deadline().expired()) {
            return "timeout";
        }
        if (state.stopping()) {
            return "server stopping";
        }
        if (state.isCutByOperator()) {
            return "closed by an operator";
        }
        return switch (e) {
            case EndOfSession end -> String.valueOf(end.getMessage());
            case LineTooLongException tooLong -> String.valueOf(tooLong.getMessage());
            case EOFException eof -> "closed by peer: " + eof.getMessage();
            case SSLException tls -> "TLS failed: " + LogText.quote(String.valueOf(tls.getMessage()));
            default -> "connection lost: " + e.getMessage();
        };
    }
}

package org.confmail.server.session;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.confmail.server.account.Account;
import org.confmail.server.account.AuthKey;
import org.confmail.server.block.Key;
import org.confmail.server.block.Stamp;
import org.confmail.server.session.Command.AddLogin;
import org.confmail.server.session.Command.DnsTxt;
import org.confmail.server.session.Command.GenerateLogins;
import org.confmail.server.session.Command.GetEntangled;
import org.confmail.server.session.Command.GetServer;
import org.confmail.server.session.Command.Invalid;
import org.confmail.server.session.Command.Login;
import org.confmail.server.session.Command.Ping;
import org.confmail.server.session.Command.Quit;
import org.confmail.server.session.Command.RemoveLogin;
import org.confmail.server.session.Command.Replicate;
import org.confmail.server.session.Command.ReplicateLogin;
import org.confmail.server.session.Command.SelfTest;
import org.confmail.server.session.Command.Shutdown;
import org.confmail.server.session.Command.StartTls;
import org.confmail.server.session.Command.StoreEntangled;
import org.confmail.server.session.Command.StoreProxy;
import org.confmail.server.session.Command.StoreServer;

/**
 * Makes a {@link Command} of a line. Verbs in any case; words are separated by single spaces, as existing clients send them,
 * and blanks at the end of the line don't matter, because people type commands into telnet.
 */
final class CommandParser {
    /** A DNS name (RFC 1035: 253 characters in text form). */
    private static final Pattern DNS_NAME = Pattern.compile("[0-9A-Za-z.-]{1,253}");
    /** The poster in REPLICATE: as a user of LOGIN, or shorter. */
    private static final Pattern POSTER = Pattern.compile("[0-9A-Za-z]{4,40}");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Command INVALID = new Invalid();

    private CommandParser() {}

    static Command parse(String line) {
        int space = line.indexOf(' ');
        String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        if (verb.equals("PING") && space >= 0) {
            return new Ping(Optional.of(line.substring(space + 1)));
        }
        String[] words = line.stripTrailing().split(" ", 8);
        return switch (verb.strip()) {
            case "GET" -> get(words);
            case "STORE" -> store(words);
            case "REPLICATE" -> replicate(words);
            case "LOGIN" -> login(words);
            case "ADDLOGIN" -> addLogin(words);
            case "RMLOGIN" -> removeLogin(words);
            case "REPLOGIN" -> replicateLogin(words);
            case "GENLOGIN" -> generateLogins(words);
            case "DNS" -> dns(words);
            case "STARTTLS" -> alone(words, new StartTls());
            case "PING" -> alone(words, new Ping(Optional.empty()));
            case "QUIT" -> alone(words, new Quit());
            case "SELFTEST" -> alone(words, new SelfTest());
            case "SHUTDOWN" -> alone(words, new Shutdown());
            default -> INVALID;
        };
    }

    private static Command alone(String[] words, Command command) {
        return words.length == 1 ? command : INVALID;
    }

    /** {@code GET SERVER|ENTANGLED key [SINCE stamp]}. */
    private static Command get(String[] words) {
        if (words.length < 3) {
            return INVALID;
        }
        Optional<Key> key = Key.parse(words[2]);
        Optional<Instant> since = Optional.empty();
        if (words.length > 3) {
            since = stamp(words, "SINCE");
            if (since.isEmpty()) {
                return INVALID;
            }
        }
        if (key.isEmpty()) {
            return INVALID;
        }
        if (words[1].equalsIgnoreCase("SERVER")) {
            return new GetServer(key.get(), since);
        }
        return words[1].equalsIgnoreCase("ENTANGLED") ? new GetEntangled(key.get(), since) : INVALID;
    }

    /** {@code STORE SERVER|ENTANGLED key}, {@code STORE PROXY key [AFTER stamp]}. */
    private static Command store(String[] words) {
        if (words.length < 3) {
            return INVALID;
        }
        Optional<Key> key = Key.parse(words[2]);
        if (key.isEmpty()) {
            return INVALID;
        }
        if (words[1].equalsIgnoreCase("PROXY")) {
            Optional<Instant> after = Optional.empty();
            if (words.length > 3) {
                after = stamp(words, "AFTER");
                if (after.isEmpty()) {
                    return INVALID;
                }
            }
            return new StoreProxy(key.get(), after);
        }
        if (words.length > 3) {
            return INVALID;
        }
        if (words[1].equalsIgnoreCase("SERVER")) {
            return new StoreServer(key.get());
        }
        return words[1].equalsIgnoreCase("ENTANGLED") ? new StoreEntangled(key.get()) : INVALID;
    }

    /** The stamp in {@code … … … name stamp}, where these are all the words. */
    private static Optional<Instant> stamp(String[] words, String name) {
        return words.length == 5 && words[3].equalsIgnoreCase(name) ? Stamp.parse(words[4]) : Optional.empty();
    }

    private static Command replicate(String[] words) {
        if (words.length != 3 || !POSTER.matcher(words[2]).matches()) {
            return INVALID;
        }
        return Key.parse(words[1])
                .<Command>map(key -> new Replicate(key, words[2]))
                .orElse(INVALID);
    }

    private static Command login(String[] words) {
        return account(words)
                .<Command>map(account -> new Login(account.user(), account.key()))
                .orElse(INVALID);
    }

    private static Command addLogin(String[] words) {
        if (words.length == 2) {
            return AuthKey.parse(words[1])
                    .<Command>map(key -> new AddLogin(new Account(Account.UNDEFINED, key)))
                    .orElse(INVALID);
        }
        return account(words).<Command>map(AddLogin::new).orElse(INVALID);
    }

    private static Command replicateLogin(String[] words) {
        return account(words).<Command>map(ReplicateLogin::new).orElse(INVALID);
    }

    private static Command removeLogin(String[] words) {
        if (words.length != 2) {
            return INVALID;
        }
        return AuthKey.parse(words[1]).<Command>map(RemoveLogin::new).orElse(INVALID);
    }

    private static Optional<Account> account(String[] words) {
        if (words.length != 3 || !Account.isUser(words[1])) {
            return Optional.empty();
        }
        return AuthKey.parse(words[2]).map(key -> new Account(words[1], key));
    }

    private static Command generateLogins(String[] words) {
        if (words.length != 2 || !NUMBER.matcher(words[1]).matches()) {
            return INVALID;
        }
        return new GenerateLogins(Integer.parseInt(words[1]));
    }

    private static Command dns(String[] words) {
        boolean valid = words.length == 3
                && words[1].equalsIgnoreCase("TXT")
                && DNS_NAME.matcher(words[2]).matches();
        return valid ? new DnsTxt(words[2]) : INVALID;
    }
}

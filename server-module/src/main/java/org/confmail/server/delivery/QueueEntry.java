package org.confmail.server.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.confmail.server.account.Account;
import org.confmail.server.account.AuthKey;
import org.confmail.server.block.Key;
import org.confmail.server.block.Stamp;

/** The leading header lines of an entry in the send queue, each kind in the reference format (PROTOCOL section 8). */
sealed interface QueueEntry {
    /** More than the longest leading lines take. */
    int BYTES_MAX = 512;

    /** The lines, each with its LF. */
    byte[] header();

    /** A block for the replication partner; the block follows the header. */
    record Replication(Key key, String user) implements QueueEntry {
        @Override
        public byte[] header() {
            return lines("StoreType: replicate", "StoreKeyid: " + key, "LoginUser: " + user);
        }
    }

    /** An account change for the replication partner; nothing follows the header. */
    record AccountChange(Account account) implements QueueEntry {
        @Override
        public byte[] header() {
            return lines(
                    "StoreType: replicate",
                    "Replogin-User: " + account.user(),
                    "Replogin-Auth: " + account.key().text());
        }
    }

    /**
     * A block for other servers; it follows the header, its Post-To lines among its own.
     *
     * @param embargo the time before which it must not leave
     */
    record Proxy(Key key, Optional<Instant> embargo) implements QueueEntry {
        private static final String NO_EMBARGO = "None";

        @Override
        public byte[] header() {
            return lines(
                    "StoreType: proxy",
                    "StoreKeyid: " + key,
                    "Embargo: " + embargo.map(Stamp::format).orElse(NO_EMBARGO));
        }
    }

    /**
     * Reads the leading lines of a file; where a block follows, it begins behind them.
     *
     * @param first the beginning of the file, one character a byte
     * @throws DamagedEntry where they are none
     */
    static Read read(String first) throws DamagedEntry {
        Reader lines = new Reader(first);
        String type = lines.value("StoreType: ");
        QueueEntry entry = switch (type) {
            case "replicate" -> lines.begins("Replogin-User: ") ? accountChange(lines) : replication(lines);
            case "proxy" -> proxy(lines);
            default -> throw new DamagedEntry("it is of an unknown StoreType");
        };
        return new Read(entry, lines.at);
    }

    /**
     * Leading lines that were read.
     *
     * @param bytes how many they are
     */
    record Read(QueueEntry entry, int bytes) {}

    private static QueueEntry replication(Reader lines) throws DamagedEntry {
        Key key = lines.key();
        String user = lines.value("LoginUser: ");
        if (!Reader.WORD.matcher(user).matches()) {
            throw new DamagedEntry("its LoginUser is none");
        }
        return new Replication(key, user);
    }

    private static QueueEntry accountChange(Reader lines) throws DamagedEntry {
        String user = lines.value("Replogin-User: ");
        Optional<AuthKey> key = AuthKey.parse(lines.value("Replogin-Auth: "));
        if (!Account.isUser(user) || key.isEmpty()) {
            throw new DamagedEntry("it names no account");
        }
        return new AccountChange(new Account(user, key.get()));
    }

    private static QueueEntry proxy(Reader lines) throws DamagedEntry {
        Key key = lines.key();
        String embargo = lines.value("Embargo: ");
        Optional<Instant> stamp = Stamp.parse(embargo);
        if (stamp.isEmpty() && !embargo.equalsIgnoreCase(Proxy.NO_EMBARGO)) {
            throw new DamagedEntry("its Embargo is no point in time");
        }
        return new Proxy(key, stamp);
    }

    private static byte[] lines(String... lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads one line after the other. */
    final class Reader {
        /** What may stand as a word in the command that sends the entry. */
        private static final Pattern WORD = Pattern.compile("[0-9A-Za-z]{1,40}");

        private final String text;
        private int at;

        private Reader(String text) {
            this.text = text;
        }

        private boolean begins(String name) {
            return text.regionMatches(true, at, name, 0, name.length());
        }

        private String value(String name) throws DamagedEntry {
            int end = text.indexOf('\n', at);
            if (!begins(name) || end < 0 || end > BYTES_MAX) {
                throw new DamagedEntry("it has no " + name.strip().replace(":", "") + " line in its place");
            }
            String value = text.substring(at + name.length(), end).strip();
            at = end + 1;
            return value;
        }

        private Key key() throws DamagedEntry {
            return Key.parse(value("StoreKeyid: ")).orElseThrow(() -> new DamagedEntry("its StoreKeyid is no key"));
        }
    }
}

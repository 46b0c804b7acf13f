package org.confmail.server.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confmail.server.account.Account;
import org.confmail.server.block.Key;
import org.confmail.server.block.Stamp;
import org.jspecify.annotations.Nullable;

/** Makes the entries of files: one for a file of the replication partner's, one for each target of a proxied block. */
final class EntryReader {
    private static final String DATE = "Date: ";

    private EntryReader() {}

    /**
     * The entries of a file that is there.
     *
     * @throws DamagedEntry where it names no target
     */
    static List<Entry> entries(Key name, Instant queued, EntryFile file) throws IOException, DamagedEntry {
        long size = file.size();
        return switch (file.entry()) {
            case QueueEntry.AccountChange change -> accountChange(name, queued, size, change.account());
            case QueueEntry.Replication block -> replication(name, queued, size, file.lane(), block.key());
            case QueueEntry.Proxy proxy -> {
                Set<Target> targets = PostTo.targets(file.lines());
                if (targets.isEmpty()) {
                    throw new DamagedEntry("it has no Post-To line that names a server");
                }
                yield proxy(name, queued, size, file.lane(), proxy, file.date(), targets);
            }
        };
    }

    static List<Entry> accountChange(Key name, Instant queued, long size, Account account) {
        Key subject = Key.sha1(account.key().text().getBytes(StandardCharsets.UTF_8));
        return List.of(new Entry(name, queued, size, Lane.ACCOUNT, subject, null, Target.PARTNER));
    }

    static List<Entry> replication(Key name, Instant queued, long size, Lane lane, Key key) {
        return List.of(new Entry(name, queued, size, lane, subject(lane, key), null, Target.PARTNER));
    }

    static List<Entry> proxy(
            Key name,
            Instant queued,
            long size,
            Lane lane,
            QueueEntry.Proxy proxy,
            Optional<Instant> date,
            Set<Target> targets) {
        ProxyFile file = new ProxyFile(proxy.embargo(), date, queued);
        List<Entry> entries = targets.stream()
                .map(target -> new Entry(name, queued, size, lane, subject(lane, proxy.key()), file, target))
                .toList();
        file.entries(entries);
        return entries;
    }

    /** The first Date of a block with these lines, where it is a stamp. */
    static Optional<Instant> date(byte[] lines) {
        return new String(lines, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.regionMatches(true, 0, DATE, 0, DATE.length()))
                .findFirst()
                .flatMap(line -> Stamp.parse(line.substring(DATE.length())));
    }

    /** Only data blocks are waited for; the key is not kept for others, because there may be very many. */
    private static @Nullable Key subject(Lane lane, Key key) {
        return lane == Lane.DATA ? key : null;
    }
}

package org.confmail.server.upkeep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.confmail.server.block.BlockType;
import org.confmail.server.block.EntryScanner;
import org.confmail.server.block.Key;
import org.confmail.server.block.ScannedEntry;
import org.confmail.server.store.FoundBlock;

/**
 * Gathers who uses how much of a store. Takes some 200 bytes for each user, and for data blocks what {@link DataBlocks} says.
 * Belongs to one thread.
 */
final class Usage {
    private final long blockSize;
    private final DataBlocks dataBlocks;
    private final Map<Key, User> users = new HashMap<>();
    private final List<User> byNumber = new ArrayList<>();
    private long storedDataBlocks;
    private long storedDataBytes;
    private long claimBlocks;

    /** What is known of one user. */
    private static final class User {
        final Key key;
        final int number;
        String name = "";
        long dataBlocks;
        long dataBytes;
        long dataShare;
        long mailboxes;
        long mailboxBytes;
        long messages;
        long keys;
        long keyBytes;
        long claims;
        long claimBytes;

        User(Key key, int number) {
            this.key = key;
            this.number = number;
        }

        UsageRow row() {
            return new UsageRow(
                    name.isEmpty() ? UsageReport.UNKNOWN : name,
                    key.toString(),
                    dataBlocks,
                    dataBytes,
                    dataShare,
                    mailboxes,
                    mailboxBytes,
                    messages,
                    keyBytes,
                    claimBytes,
                    dataBlocks + mailboxes + keys + claims);
        }
    }

    /**
     * @param blockSize of the disk, in bytes
     * @param secret nobody who posts blocks knows it
     */
    Usage(long blockSize, long secret) {
        this.blockSize = blockSize;
        this.dataBlocks = new DataBlocks(secret);
    }

    /**
     * Adds a block that stays.
     *
     * @param fileBytes what its file has then
     * @param pruned by what its entries were trimmed, if they were
     */
    void add(FoundBlock block, long fileBytes, Optional<Ageing> pruned) throws IOException {
        long size = roundedUp(fileBytes);
        switch (block.label().type().orElse(BlockType.ACKNOWLEDGMENT)) {
            case DATA -> {
                storedDataBlocks++;
                storedDataBytes += size;
                dataBlocks.stored(block.key(), size);
            }
            case MESSAGE_ANNOUNCEMENT -> addMailbox(block, size, pruned);
            case ADDRESS_CLAIM -> addClaims(block, size, pruned);
            case KEY_ANNOUNCEMENT -> addKey(block, size);
            case ACKNOWLEDGMENT -> {} // concerns nobody who could be told by it
        }
    }

    private long roundedUp(long fileBytes) {
        return Math.ceilDiv(fileBytes, blockSize) * blockSize;
    }

    private void addMailbox(FoundBlock block, long size, Optional<Ageing> pruned) throws IOException {
        boolean[] counted = {false};
        scan(block, BlockType.MESSAGE_ANNOUNCEMENT, pruned, entry -> {
            if (entry.owner().isPresent()) {
                User user = user(entry.owner().get());
                user.messages++;
                if (!counted[0]) { // all in it have the same recipient, as the key is made of it
                    counted[0] = true;
                    user.mailboxes++;
                    user.mailboxBytes += size;
                }
                entry.dataBlocks().forEach(key -> dataBlocks.announced(key, user.number));
            }
        });
    }

    /** Several users may claim the same address; the file's bytes are divided among them. */
    private void addClaims(FoundBlock block, long size, Optional<Ageing> pruned) throws IOException {
        Set<Key> owners = new TreeSet<>();
        scan(
                block,
                BlockType.ADDRESS_CLAIM,
                pruned,
                entry -> entry.owner().ifPresent(key -> {
                    owners.add(key);
                    User user = user(key);
                    if (user.name.isEmpty()) {
                        user.name = entry.name().orElse("");
                    }
                }));
        if (owners.isEmpty()) {
            return;
        }
        claimBlocks++;
        long share = size / owners.size();
        long rest = size % owners.size();
        for (Key key : owners) {
            User user = user(key);
            user.claims++;
            user.claimBytes += share + (rest-- > 0 ? 1 : 0);
        }
    }

    private void addKey(FoundBlock block, long size) throws IOException {
        User user = user(block.key());
        user.keys++;
        user.keyBytes += size;
        scan(
                block,
                BlockType.KEY_ANNOUNCEMENT,
                Optional.empty(),
                entry -> entry.name().ifPresent(userId -> {
                    user.name = address(userId);
                }));
    }

    /** What stands between angle brackets, or the whole where there are none. */
    private static String address(String userId) {
        int from = userId.lastIndexOf('<');
        int to = userId.indexOf('>', from + 1);
        return from >= 0 && to > from + 1 ? userId.substring(from + 1, to) : userId.strip();
    }

    private static void scan(FoundBlock block, BlockType type, Optional<Ageing> pruned, Consumer<ScannedEntry> taker)
            throws IOException {
        block.scan(new EntryScanner(type, entry -> {
            if (pruned.isEmpty() || !pruned.get().isOver(type, entry.date())) {
                taker.accept(entry);
            }
        }));
    }

    private User user(Key key) {
        return users.computeIfAbsent(key, one -> {
            User user = new User(one, byNumber.size());
            byNumber.add(user);
            return user;
        });
    }

    /** Makes the report. To be called once, when all blocks were added. */
    UsageReport report() {
        long[] unmatched = {0, 0};
        dataBlocks.forEach((bytes, announcedTo) -> {
            if (announcedTo.length == 0) {
                unmatched[0]++;
                unmatched[1] += bytes;
                return;
            }
            long share = bytes / announcedTo.length;
            long rest = bytes % announcedTo.length;
            for (int number : announcedTo) {
                User user = byNumber.get(number);
                user.dataBlocks++;
                user.dataBytes += bytes;
                user.dataShare += share + (rest-- > 0 ? 1 : 0);
            }
        });
        List<UsageRow> rows = users.values().stream()
                .sorted(Comparator.comparing(user -> user.key))
                .map(User::row)
                .filter(row -> row.rawBytes() > 0)
                .toList();
        Optional<UsageRow> rest = unmatched[0] == 0
                ? Optional.empty()
                : Optional.of(new UsageRow(
                        UsageReport.UNMATCHED,
                        "",
                        unmatched[0],
                        unmatched[1],
                        unmatched[1],
                        0,
                        0,
                        0,
                        0,
                        0,
                        unmatched[0]));
        return new UsageReport(rows, rest, total(rows), blockSize);
    }

    private UsageRow total(List<UsageRow> rows) {
        long mailboxes = 0;
        long mailboxBytes = 0;
        long messages = 0;
        long keyBytes = 0;
        long claimBytes = 0;
        long keys = users.values().stream().mapToLong(user -> user.keys).sum();
        for (UsageRow row : rows) {
            mailboxes += row.mailboxes();
            mailboxBytes += row.mailboxBytes();
            messages += row.messages();
            keyBytes += row.keyBytes();
            claimBytes += row.claimBytes();
        }
        return new UsageRow(
                UsageReport.TOTAL,
                "",
                storedDataBlocks,
                storedDataBytes,
                storedDataBytes,
                mailboxes,
                mailboxBytes,
                messages,
                keyBytes,
                claimBytes,
                storedDataBlocks + mailboxes + keys + claimBlocks);
    }
}

package org.confmail.server.upkeep;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who uses how much of the local store (PROTOCOL section 14).
 *
 * @param users by key, those without bytes left out
 * @param unmatched the data blocks that are announced to nobody, where there are any
 * @param total each block once; its raw figures are those of the store
 * @param blockSize to which sizes were rounded up, in bytes
 */
public record UsageReport(List<UsageRow> users, Optional<UsageRow> unmatched, UsageRow total, long blockSize) {
    static final String UNKNOWN = "Unknown";
    static final String UNMATCHED = "UNMATCHED";
    static final String TOTAL = "Total";

    public UsageReport {
        users = List.copyOf(users);
    }

    /** The users, and behind them what is unmatched. */
    List<UsageRow> rows() {
        return unmatched
                .map(row -> Stream.concat(users.stream(), Stream.of(row)).toList())
                .orElse(users);
    }

    /** The users, who uses most first. */
    public List<UsageRow> largestFirst() {
        return users.stream()
                .sorted(Comparator.comparingLong(UsageRow::apportionedBytes).reversed())
                .toList();
    }
}

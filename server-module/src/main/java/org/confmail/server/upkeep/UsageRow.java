package org.confmail.server.upkeep;

import java.util.Optional;

/**
 * A row of the usage report. Sizes are of files, rounded up to the disk's blocks.
 *
 * @param email the user's address, or what stands for it
 * @param key the user's key, or empty
 * @param dataBlocks how many data blocks are announced to the user
 * @param dataBytes what they have together
 * @param dataShare the user's share of it: what a block has is divided among all to whom it is announced
 * @param mailboxes how many blocks of announcements there are
 * @param mailboxBytes what they have together
 * @param messages how many announcements are in them
 * @param keyBytes what the key-announcement has
 * @param claimBytes what the claims of addresses have
 * @param blocks how many blocks there are of all these types
 */
public record UsageRow(
        String email,
        String key,
        long dataBlocks,
        long dataBytes,
        long dataShare,
        long mailboxes,
        long mailboxBytes,
        long messages,
        long keyBytes,
        long claimBytes,
        long blocks) {

    /** The user's address, where one is known. */
    public Optional<String> address() {
        return key.isEmpty() || email.equals(UsageReport.UNKNOWN) ? Optional.empty() : Optional.of(email);
    }

    /** What all blocks have that concern the user, those that concern others as well included. */
    public long rawBytes() {
        return dataBytes + otherBytes();
    }

    /** The same with the user's share of the data blocks. */
    public long apportionedBytes() {
        return dataShare + otherBytes();
    }

    private long otherBytes() {
        return mailboxBytes + keyBytes + claimBytes;
    }
}

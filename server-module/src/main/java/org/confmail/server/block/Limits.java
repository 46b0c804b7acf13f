package org.confmail.server.block;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.confmail.server.block.ProofOfWork.Work;

/**
 * How old a block may be, how much work it must show, how large it may be; for this server's store or for the DHT. PROTOCOL
 * section 3.
 *
 * @param ages the longest age of every type
 * @param proofs the least work of every type
 * @param dataBytesMax the largest data block, header not counted
 */
public record Limits(Map<BlockType, Duration> ages, Map<BlockType, Work> proofs, long dataBytesMax) {
    /** Clocks go wrong by time zones, not by more. PROTOCOL section 16. */
    public static final Duration FUTURE_MAX = Duration.ofHours(24);

    private static final Map<BlockType, Duration> DEFAULT_AGES = Map.of(
            BlockType.KEY_ANNOUNCEMENT, Duration.ofDays(31),
            BlockType.DATA, Duration.ofDays(10),
            BlockType.MESSAGE_ANNOUNCEMENT, Duration.ofDays(10),
            BlockType.ACKNOWLEDGMENT, Duration.ofDays(10),
            BlockType.ADDRESS_CLAIM, Duration.ofDays(10));

    /** The limits of the DHT, which all its nodes share. */
    public static final Limits DHT = new Limits(DEFAULT_AGES, proofs(20, 20), 65_536);

    public Limits {
        ages = Map.copyOf(ages);
        proofs = Map.copyOf(proofs);
        for (BlockType type : BlockType.values()) {
            if (!ages.containsKey(type) || !proofs.containsKey(type)) {
                throw new IllegalArgumentException("no limit for " + type);
            }
        }
    }

    /**
     * The limits of a server's own store.
     *
     * @param ages what config.txt says (max_age_…); types that are missing have their default
     */
    public static Limits server(Map<BlockType, Duration> ages) {
        Map<BlockType, Duration> all = new EnumMap<>(DEFAULT_AGES);
        all.putAll(ages);
        return new Limits(all, proofs(8, 16), 8_388_608);
    }

    private static Map<BlockType, Work> proofs(int dataBits, int acknowledgmentBits) {
        return Map.of(
                BlockType.KEY_ANNOUNCEMENT, new Work(24, 2),
                BlockType.ADDRESS_CLAIM, new Work(24, 2),
                BlockType.MESSAGE_ANNOUNCEMENT, new Work(8, 2),
                BlockType.DATA, new Work(dataBits, 2),
                BlockType.ACKNOWLEDGMENT, new Work(acknowledgmentBits, 2));
    }

    /** The longest age of a block of this type. */
    public Duration age(BlockType type) {
        return of(ages, type);
    }

    /** The least work that a block of this type must show. */
    public Work proof(BlockType type) {
        return of(proofs, type);
    }

    private static <V> V of(Map<BlockType, V> map, BlockType type) {
        V value = map.get(type);
        if (value == null) {
            throw new IllegalStateException("no limit for " + type);
        }
        return value;
    }

    /** Whether a block of this date is too old now: past the limit, a key-announcement already at the limit itself. */
    public boolean isExpired(BlockType type, Instant date, Instant now) {
        int age = Duration.between(date, now).compareTo(age(type));
        return type == BlockType.KEY_ANNOUNCEMENT ? age >= 0 : age > 0;
    }

    /** Whether this date is further ahead than any honest clock. */
    public boolean isFuture(Instant date, Instant now) {
        return Duration.between(now, date).compareTo(FUTURE_MAX) > 0;
    }

    /** Whether a block of this date may be valid now. */
    boolean isTimely(BlockType type, Instant date, Instant now) {
        return !isExpired(type, date, now) && !isFuture(date, now);
    }

    /** Refuses a block of this date that is invalid now. */
    void requireTimely(BlockType type, Instant date, Instant now) throws InvalidBlock {
        if (isExpired(type, date, now)) {
            throw new InvalidBlock("expired: dated " + Stamp.format(date));
        }
        if (isFuture(date, now)) {
            throw new InvalidBlock("dated more than 24 hours ahead: " + Stamp.format(date));
        }
    }
}

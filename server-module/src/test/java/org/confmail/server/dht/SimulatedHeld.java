package org.confmail.server.dht;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.jspecify.annotations.Nullable;

/**
 * Held blocks in memory, of a kind that costs no work to make: the name that the key is the hash of, a version of five digits,
 * and what else there is. A value is replaced by one of a later version.
 */
final class SimulatedHeld implements Held {
    private static final Duration REPLICATION = Duration.ofHours(1);
    private static final int VERSION_DIGITS = 5;

    private final Map<Key, Entry> entries = new HashMap<>();
    private final InstantSource clock;
    private int finds;

    private static final class Entry {
        private final byte[] value;
        private final Origin origin;
        private long publishedSeconds;

        Entry(byte[] value, Origin origin, long publishedSeconds) {
            this.value = value;
            this.origin = origin;
            this.publishedSeconds = publishedSeconds;
        }
    }

    SimulatedHeld(InstantSource clock) {
        this.clock = clock;
    }

    static byte[] value(String name, int version) {
        return (name + ':' + String.format("%0" + VERSION_DIGITS + "d", version)).getBytes(StandardCharsets.US_ASCII);
    }

    static Key key(String name) {
        return Key.sha1(name.getBytes(StandardCharsets.US_ASCII));
    }

    boolean holds(Key key) {
        return entries.containsKey(key);
    }

    /** How often a block was read to be sent. */
    int finds() {
        return finds;
    }

    @Override
    public Optional<byte[]> find(Key key) {
        finds++;
        return Optional.ofNullable(entries.get(key)).map(entry -> entry.value);
    }

    @Override
    public long bytes(Key key) {
        return Optional.ofNullable(entries.get(key))
                .map(entry -> (long) entry.value.length)
                .orElse(0L);
    }

    @Override
    public Offer offer(Key key, byte[] value) {
        int name = value.length - VERSION_DIGITS - 1;
        if (name < 1 || !Key.sha1(Arrays.copyOf(value, name)).equals(key)) {
            return new Offer.Invalid("another name");
        }
        @Nullable Entry held = entries.get(key);
        return held != null && version(held.value) >= version(value)
                ? new Offer.Unchanged(held.value)
                : new Offer.Changed(value);
    }

    private static int version(byte[] value) {
        String text = new String(value, StandardCharsets.US_ASCII);
        return Integer.parseInt(text.substring(text.length() - VERSION_DIGITS));
    }

    @Override
    public Kept keep(Key key, byte[] value, Origin origin) {
        return switch (offer(key, value)) {
            case Offer.Invalid(String reason) -> new Kept.Refused(reason);
            case Offer.Unchanged(byte[] held) -> {
                if (Arrays.equals(held, value)) {
                    published(key);
                }
                yield new Kept.Unchanged();
            }
            case Offer.Changed(byte[] changed) -> {
                entries.put(key, new Entry(changed, origin, clock.instant().getEpochSecond()));
                yield new Kept.Stored();
            }
        };
    }

    @Override
    public void published(Key key) {
        Optional.ofNullable(entries.get(key))
                .ifPresent(entry -> entry.publishedSeconds = clock.instant().getEpochSecond());
    }

    @Override
    public Walk walk() {
        Iterator<Key> keys = List.copyOf(entries.keySet()).iterator();
        return new Walk() {
            @Override
            public Step next() {
                if (!keys.hasNext()) {
                    return new Step.End(entries.size());
                }
                Key key = keys.next();
                @Nullable Entry entry = entries.get(key);
                return entry != null
                                && entry.publishedSeconds + REPLICATION.toSeconds()
                                        <= clock.instant().getEpochSecond()
                        ? new Step.Due(key, entry.value, entry.origin)
                        : new Step.More();
            }

            @Override
            public void close() {}
        };
    }
}

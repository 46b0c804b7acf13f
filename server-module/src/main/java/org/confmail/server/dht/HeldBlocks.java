package org.confmail.server.dht;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.confmail.server.block.BlockType;
import org.confmail.server.block.DataCheck;
import org.confmail.server.block.DataHeader;
import org.confmail.server.block.DataJudgment;
import org.confmail.server.block.DataLine;
import org.confmail.server.block.HeldText;
import org.confmail.server.block.Judgment;
import org.confmail.server.block.Key;
import org.confmail.server.block.KnownKeys;
import org.confmail.server.block.Limits;
import org.confmail.server.block.Merged;
import org.confmail.server.block.Poster;
import org.confmail.server.block.Replacement;
import org.confmail.server.block.StoredHead;
import org.confmail.server.block.TextRules;
import org.confmail.server.openpgp.ClearSigned;
import org.confmail.server.store.HeldBlock;
import org.confmail.server.store.HeldFullException;
import org.confmail.server.store.HeldKeys;
import org.confmail.server.store.HeldStore;
import org.confmail.server.store.HeldTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The held blocks of a server, in {@code entangled/}, by the limits that all nodes share (PROTOCOL sections 3 and 10). */
public final class HeldBlocks implements Held {
    /** Held blocks are published again when nobody has done so for this long. PROTOCOL section 10. */
    static final Duration REPLICATION = Duration.ofHours(1);
    /**
     * Old nodes send each block again every 12 minutes: who publishes an unchanged block is noted no oftener than this, or
     * each time a file would be written anew.
     */
    private static final Duration NOTED = Duration.ofMinutes(30);
    /** How many files a step of a walk looks at. */
    private static final int STEP_FILES_MAX = 64;
    /** The longest header line of a data block. */
    private static final int LINE_BYTES_MAX = 16384;

    private static final Logger LOG = LoggerFactory.getLogger("dht");

    private final HeldStore store;
    private final KnownKeys keys;
    private final InstantSource clock;

    /**
     * @param keys where the keys of claims are looked up, besides among the held blocks
     */
    public HeldBlocks(HeldStore store, KnownKeys keys, InstantSource clock) {
        this.store = store;
        this.keys = fingerprint -> keys.announcement(fingerprint).or(() -> heldAnnouncement(fingerprint));
        this.clock = clock;
    }

    @Override
    public Optional<byte[]> find(Key key) throws IOException {
        return store.read(key).map(HeldBlock::block);
    }

    @Override
    public long bytes(Key key) {
        return store.bytes(key);
    }

    @Override
    public Offer offer(Key key, byte[] value) throws IOException {
        byte @Nullable [] held = find(key).orElse(null);
        return offer(key, value, held, clock.instant());
    }

    @Override
    public Kept keep(Key key, byte[] value, Origin origin) throws IOException {
        Instant now = clock.instant();
        // Judged before the lock is taken, so that nothing invalid makes a directory; and under it once more.
        if (offer(key, value, null, now) instanceof Offer.Invalid(String reason)) {
            return new Kept.Refused(reason);
        }
        Change change = new Change(key, value, origin, now);
        try {
            store.change(key, change);
            return change.kept;
        } catch (HeldFullException | HeldTooLargeException e) {
            return new Kept.Full();
        }
    }

    /** How many bytes all blocks take, as far as is known. */
    long bytes() {
        return store.bytes();
    }

    /** Counts what is held, once when the node starts; later walks do it by the way. */
    void count() {
        long bytes = 0;
        try (HeldKeys all = store.keys()) {
            for (Optional<Key> key = all.next(); key.isPresent(); key = all.next()) {
                bytes += store.bytes(key.get());
            }
            store.counted(bytes);
        } catch (IOException e) {
            LOG.warn(
                    "cannot count the blocks in {}: {}. It is tried again while they are published again.",
                    store.root(),
                    e.toString());
        }
    }

    private Optional<byte[]> heldAnnouncement(Key fingerprint) {
        try {
            if (store.bytes(fingerprint) > ClearSigned.BYTES_MAX) {
                return Optional.empty();
            }
            return find(fingerprint).filter(HeldBlocks::isKeyAnnouncement);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isKeyAnnouncement(byte[] block) {
        return StoredHead.read(block, block.length) instanceof StoredHead.Text text
                && text.type() == BlockType.KEY_ANNOUNCEMENT;
    }

    @Override
    public void published(Key key) throws IOException {
        Instant now = clock.instant();
        store.change(
                key,
                held -> held.<HeldStore.Next>map(block -> new HeldStore.Next.Write(block.published(now)))
                        .orElseGet(HeldStore.Next.Same::new));
    }

    @Override
    public Walk walk() {
        return new StoreWalk(store.keys());
    }

    private Offer offer(Key key, byte[] value, byte @Nullable [] held, Instant now) {
        int at = 0;
        while (at < value.length) {
            int end = at;
            while (end < value.length && value[end] != '\n' && end - at <= LINE_BYTES_MAX) {
                end++;
            }
            OptionalLong length = DataLine.length(new String(value, at, end - at, StandardCharsets.ISO_8859_1));
            if (length.isPresent()) {
                return offerData(key, value, at, Math.min(value.length, end + 1), length.getAsLong(), held, now);
            }
            at = end + 1;
        }
        return offerText(key, value, held, now);
    }

    private Offer offerText(Key key, byte[] text, byte @Nullable [] held, Instant now) {
        return switch (TextRules.judge(key, text, Limits.DHT, now, Poster.ANYONE, keys)) {
            case Judgment.Invalid(String reason) -> new Offer.Invalid(reason);
            case Judgment.Valid(var block) ->
                switch (block.merge(held, now)) {
                    case Merged.Replace(HeldText merged) -> new Offer.Changed(merged.bytes());
                    case Merged.Unchanged() -> new Offer.Unchanged(held == null ? text : held);
                    case Merged.Refused(String reason) -> new Offer.Invalid(reason);
                };
        };
    }

    private static Offer offerData(
            Key key, byte[] value, int lines, int data, long length, byte @Nullable [] held, Instant now) {
        if (length != value.length - data) {
            return new Offer.Invalid(length + " bytes of data announced, there are " + (value.length - data));
        }
        return switch (DataHeader.parse(Arrays.copyOf(value, lines), length, Limits.DHT, now)) {
            case DataJudgment.Invalid(String reason) -> new Offer.Invalid(reason);
            case DataJudgment.Valid(DataHeader header) -> {
                DataCheck check = header.check();
                check.update(value, data, (int) length);
                Optional<String> invalid = check.finish(key);
                if (invalid.isPresent()) {
                    yield new Offer.Invalid(invalid.get());
                }
                StoredHead head = held == null ? null : StoredHead.read(held, held.length);
                yield switch (header.replaces(head, now)) {
                    case Replacement.Replace() -> new Offer.Changed(value);
                    case Replacement.Unchanged() -> new Offer.Unchanged(held == null ? value : held);
                    case Replacement.Refused(String reason) -> new Offer.Invalid(reason);
                };
            }
        };
    }

    /** Merges a value with what is held, under the leaf's lock. */
    private final class Change implements HeldStore.Change {
        private final Key key;
        private final byte[] value;
        private final Origin origin;
        private final Instant now;
        private Kept kept = new Kept.Unchanged();

        Change(Key key, byte[] value, Origin origin, Instant now) {
            this.key = key;
            this.value = value;
            this.origin = origin;
            this.now = now;
        }

        @Override
        public HeldStore.Next of(Optional<HeldBlock> held) {
            return switch (offer(key, value, held.map(HeldBlock::block).orElse(null), now)) {
                case Offer.Invalid(String reason) -> {
                    kept = new Kept.Refused(reason);
                    yield new HeldStore.Next.Same();
                }
                case Offer.Changed(byte[] merged) -> {
                    kept = new Kept.Stored();
                    yield new HeldStore.Next.Write(new HeldBlock(now, origin.published(), origin.publisher(), merged));
                }
                case Offer.Unchanged _ ->
                    held.filter(this::isToBeNoted)
                            .<HeldStore.Next>map(block -> new HeldStore.Next.Write(block.published(now)))
                            .orElseGet(HeldStore.Next.Same::new);
            };
        }

        /** Only where it is the same as what is held: an older version that goes around is no reason to keep ours back. */
        private boolean isToBeNoted(HeldBlock held) {
            return Arrays.equals(held.block(), value)
                    && held.lastPublished().plus(NOTED).isBefore(now);
        }
    }

    /** A walk over the store's files. */
    private final class StoreWalk implements Walk {
        private final HeldKeys keys;
        private long held;
        private long bytes;

        StoreWalk(HeldKeys keys) {
            this.keys = keys;
        }

        @Override
        public Step next() throws IOException {
            for (int i = 0; i < STEP_FILES_MAX; i++) {
                Optional<Key> key = keys.next();
                if (key.isEmpty()) {
                    store.counted(bytes);
                    return new Step.End(held);
                }
                held++;
                bytes += store.bytes(key.get());
                Optional<HeldBlock> header = store.readHeader(key.get());
                if (header.isPresent() && isDue(header.get())) {
                    return look(key.get());
                }
            }
            return new Step.More();
        }

        /** A clock that went back must not keep a block from being published. */
        private boolean isDue(HeldBlock block) {
            Instant now = clock.instant();
            return !block.lastPublished().plus(REPLICATION).isAfter(now)
                    || block.lastPublished().isAfter(now.plus(REPLICATION));
        }

        private Step look(Key key) throws IOException {
            Optional<HeldBlock> read;
            try {
                read = store.read(key);
            } catch (HeldTooLargeException e) {
                LOG.warn("{}. It is not published again, and not given to others.", e.getMessage());
                return new Step.More();
            }
            if (read.isEmpty()) {
                return new Step.More();
            }
            HeldBlock block = read.get();
            Origin origin = new Origin(block.publisher(), block.originallyPublished());
            return switch (offer(key, block.block(), null, clock.instant())) {
                case Offer.Changed(byte[] value) -> new Step.Due(key, value, origin);
                case Offer.Unchanged(byte[] value) -> new Step.Due(key, value, origin);
                case Offer.Invalid _ -> {
                    held--;
                    bytes -= store.bytes(key);
                    yield expire(key);
                }
            };
        }

        /** Judged once more under the lock: it may have been replaced meanwhile. */
        private Step expire(Key key) throws IOException {
            Instant now = clock.instant();
            store.change(key, held -> {
                boolean invalid =
                        held.isPresent() && offer(key, held.get().block(), null, now) instanceof Offer.Invalid;
                return invalid ? new HeldStore.Next.Delete() : new HeldStore.Next.Same();
            });
            return new Step.Expired(key);
        }

        @Override
        public void close() throws IOException {
            keys.close();
        }
    }
}

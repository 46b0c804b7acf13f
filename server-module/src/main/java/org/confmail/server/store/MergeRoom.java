package org.confmail.server.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.confmail.server.block.HeldText;
import org.confmail.server.block.Key;
import org.confmail.server.block.Merged;
import org.confmail.server.block.StoredHead;
import org.confmail.server.block.TextBlock;
import org.jspecify.annotations.Nullable;

/** Reads what is held into memory and merges posts with it, within bounded memory however large mailboxes are. */
final class MergeRoom {
    /**
     * A mailbox larger than this is merged only when one of a few places is free, because a merge holds it in memory about
     * three times; and on a thread of its own, because it takes long and virtual threads are not time-sliced.
     */
    private static final int LARGE_TEXT_BYTES = 1 << 20;

    private static final int LARGE_MERGES_MAX = 2;
    /** Of the memory that the server may use at most, a mailbox gets this part, or a hostile poster could exhaust it. */
    private static final int MEMORY_PART = 4 * LARGE_MERGES_MAX;
    /** On top of the wait for the lock, and with it still within the 10 s that an answer may take. */
    private static final Duration LARGE_MERGE_PATIENCE = Duration.ofMillis(1500);

    /**
     * A mailbox larger than this is not read. Ours are smaller ({@link org.confmail.server.block.Announcements}); what the
     * existing server left may be larger than that bound, and shrink below it when what has expired drops out.
     */
    private static final long TEXT_BYTES_MAX =
            Math.min(64 << 20, Runtime.getRuntime().maxMemory() / MEMORY_PART);

    private final InstantSource clock;
    private final RecentlyMerged recent = new RecentlyMerged();
    private final Semaphore largeMerges = new Semaphore(LARGE_MERGES_MAX);

    MergeRoom(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Reads the file of a block, if there is one. Called under the leaf's lock.
     *
     * @throws IOException if it cannot be read, or too many large ones are in memory already
     */
    Held read(Leaf leaf, Key key) throws IOException {
        Optional<StoredFile> open = StoredFile.openLockedIfThere(leaf.block(key));
        if (open.isEmpty()) {
            return new Held(key, null, null, () -> {});
        }
        try (StoredFile file = open.get()) {
            if (file.head() instanceof StoredHead.Data) {
                return new Held(key, firstBytes(file), null, () -> {}); // its head alone decides
            }
            if (file.size() > TEXT_BYTES_MAX) {
                // A merge with its beginning would drop the rest.
                return new Held(
                        key, null, "held is a text of " + file.size() + " bytes, read are " + TEXT_BYTES_MAX, () -> {});
            }
            Runnable leave = file.size() > LARGE_TEXT_BYTES ? enterLargeMerges() : () -> {};
            try {
                byte[] content = new byte[(int) file.size()];
                file.read(0, content, 0, content.length);
                return new Held(key, content, null, leave);
            } catch (IOException | RuntimeException | Error e) {
                leave.run();
                throw e;
            }
        }
    }

    private static byte[] firstBytes(StoredFile file) throws IOException {
        byte[] first = new byte[(int) Math.min(file.size(), StoredHead.BYTES_MAX)];
        file.read(0, first, 0, first.length);
        return first;
    }

    private Runnable enterLargeMerges() throws IOException {
        try {
            if (largeMerges.tryAcquire(LARGE_MERGE_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                return largeMerges::release;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("too many large mailboxes are being merged at once");
    }

    /** A held file in memory, until it is closed. */
    final class Held implements AutoCloseable {
        private final Key key;
        private final byte @Nullable [] content;
        private final @Nullable String refused;
        private final Runnable leave;

        /**
         * What is held under {@code key}.
         *
         * @param content null where nothing is
         * @param refused why nothing may be merged with it, or null
         * @param leave what to do when it has been merged
         */
        private Held(Key key, byte @Nullable [] content, @Nullable String refused, Runnable leave) {
            this.key = key;
            this.content = content;
            this.refused = refused;
            this.leave = leave;
        }

        /** Merges the posts one after another. */
        Change merge(List<TextBlock> posts) throws IOException {
            if (refused != null) {
                return new Change(Collections.nCopies(posts.size(), new Outcome.Refused(refused)), null);
            }
            Instant now = clock.instant();
            return content == null || content.length <= LARGE_TEXT_BYTES ? change(posts, now) : changeLarge(posts, now);
        }

        private Change change(List<TextBlock> posts, Instant now) {
            Optional<HeldText> known = recent.take(key);
            HeldText text = HeldText.of(content, known.orElse(null));
            boolean isChanged = false;
            List<Outcome> outcomes = new ArrayList<>(posts.size());
            for (TextBlock post : posts) {
                switch (post.merge(text, now)) {
                    case Merged.Replace(HeldText merged) -> {
                        text = merged;
                        isChanged = true;
                        outcomes.add(new Outcome.Stored());
                    }
                    case Merged.Unchanged() -> outcomes.add(new Outcome.Unchanged());
                    case Merged.Refused(String reason) -> outcomes.add(new Outcome.Refused(reason));
                }
            }
            (isChanged ? Optional.of(text) : known).ifPresent(merged -> recent.keep(key, merged));
            return new Change(outcomes, isChanged ? text.bytes() : null);
        }

        private Change changeLarge(List<TextBlock> posts, Instant now) throws IOException {
            FutureTask<Change> merging = new FutureTask<>(() -> change(posts, now));
            Thread.ofPlatform().name("merge").daemon().start(merging);
            try {
                return merging.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("merging failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while merging", e);
            }
        }

        @Override
        public void close() {
            leave.run();
        }
    }

    /**
     * What posts change.
     *
     * @param outcomes of the posts, in their order
     * @param text the whole new file, or null where the old one stays
     */
    @SuppressWarnings("ArrayRecordComponent") // handed from hand to hand, never compared
    record Change(List<Outcome> outcomes, byte @Nullable [] text) {

        boolean leavesUnchanged() {
            return outcomes.contains(new Outcome.Unchanged());
        }
    }
}

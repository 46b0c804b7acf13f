package org.confmail.server.block;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is held under a key while posts are merged with it one after another, so that several of them cost one reading and one
 * writing. Belongs to one thread.
 */
public sealed interface HeldText permits HeldText.Verbatim, Entries {

    /**
     * What is stored.
     *
     * @param file its bytes, not to be written to any more; null where there is none
     */
    static HeldText of(byte @Nullable [] file) {
        return of(file, null);
    }

    /**
     * What is stored, where it may be known in part.
     *
     * @param before what was held under the key some time ago, perhaps; what of it is still there need not be read again
     */
    static HeldText of(byte @Nullable [] file, @Nullable HeldText before) {
        return new Verbatim(file, before instanceof Entries entries ? entries : null);
    }

    /** The whole text, not to be written to; empty where nothing is held. */
    byte[] bytes();

    /** What its beginning says of it; null where nothing is held. */
    @Nullable
    StoredHead head();

    /** Whether to know it spares work when the next post comes. */
    boolean isWorthKnowing();

    /** A text as it is, or none. */
    final class Verbatim implements HeldText {
        private static final byte[] NOTHING = {};

        private final byte @Nullable [] file;
        private final @Nullable Entries before;
        /** What was read of the file for the last post, which may have left it as it is. */
        private @Nullable Entries entries;

        private Verbatim(byte @Nullable [] file, @Nullable Entries before) {
            this.file = file;
            this.before = before;
        }

        @Override
        public byte[] bytes() {
            return file == null ? NOTHING : file;
        }

        /**
         * The entries of a type.
         *
         * @param none of that type
         * @param read adds to them the valid ones in this text; not called where that was done before
         */
        Entries entries(Entries none, BiConsumer<Verbatim, Entries> read) {
            Entries there = entries;
            if (there == null || there.type() != none.type()) {
                read.accept(this, none);
                there = none;
                entries = there;
            }
            return there;
        }

        /** The entries of this type that stood here before, where the text still ends in all of them. */
        Optional<Entries> known(BlockType type) {
            return Optional.ofNullable(before).filter(known -> known.type() == type && known.end(bytes()));
        }

        @Override
        public @Nullable StoredHead head() {
            return file == null ? null : StoredHead.read(file, file.length);
        }

        @Override
        public boolean isWorthKnowing() {
            return false;
        }
    }
}

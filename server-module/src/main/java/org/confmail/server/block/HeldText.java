package org.confmail.server.block;

import java.util.Optional;
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

    /**
     * A text as it is, or none.
     *
     * @param before what of it may be known
     */
    @SuppressWarnings("ArrayRecordComponent") // handed from hand to hand, never compared
    record Verbatim(byte @Nullable [] file, @Nullable Entries before) implements HeldText {
        private static final byte[] NOTHING = {};

        @Override
        public byte[] bytes() {
            return file == null ? NOTHING : file;
        }

        /** The entries of this type that stood here before, where the text still ends in all of them. */
        Optional<Entries> known(BlockType type) {
            return Optional.ofNullable(before).filter(entries -> entries.type() == type && entries.end(bytes()));
        }

        @Override
        public @Nullable StoredHead head() {
            return file == null ? null : StoredHead.read(file, file.length);
        }
    }
}

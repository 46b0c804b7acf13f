package org.confmail.server.block;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A posted acknowledgment. */
final class PostedAcknowledgment implements TextBlock {

    @Override
    public BlockType type() {
        return BlockType.ACKNOWLEDGMENT;
    }

    @Override
    public Merged merge(byte @Nullable [] held, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> remark() {
        return Optional.empty();
    }
}

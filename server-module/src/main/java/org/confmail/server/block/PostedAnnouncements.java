package org.confmail.server.block;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A post of one or more announcements to one mailbox. */
final class PostedAnnouncements implements TextBlock {

    @Override
    public BlockType type() {
        return BlockType.MESSAGE_ANNOUNCEMENT;
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

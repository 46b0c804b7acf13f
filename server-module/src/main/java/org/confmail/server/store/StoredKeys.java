package org.confmail.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.confmail.server.block.BlockType;
import org.confmail.server.block.Key;
import org.confmail.server.block.KnownKeys;
import org.confmail.server.block.StoredHead;
import org.confmail.server.openpgp.ClearSigned;

/** The key-announcements in a store. Safe for use by many threads. */
public record StoredKeys(BlockStore store) implements KnownKeys {
    @Override
    public Optional<byte[]> announcement(Key fingerprint) {
        try {
            Optional<StoredFile> open = store.open(fingerprint);
            if (open.isEmpty()) {
                return Optional.empty();
            }
            try (StoredFile file = open.get()) {
                boolean key = file.head() instanceof StoredHead.Text text && text.type() == BlockType.KEY_ANNOUNCEMENT;
                if (!key || file.size() > ClearSigned.BYTES_MAX) {
                    return Optional.empty();
                }
                byte[] announcement = new byte[(int) file.size()];
                file.read(0, announcement, 0, announcement.length);
                return Optional.of(announcement);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

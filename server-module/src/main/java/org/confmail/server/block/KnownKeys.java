package org.confmail.server.block;

import java.util.Optional;

/** Where claims' signing keys are looked up. */
@FunctionalInterface
public interface KnownKeys {
    /** Nobody's. */
    KnownKeys NONE = fingerprint -> Optional.empty();

    /**
     * The text of the key-announcement that is stored under this fingerprint, if there is one of at most
     * {@link org.confmail.server.openpgp.ClearSigned#BYTES_MAX} bytes.
     *
     * @throws java.io.UncheckedIOException if that cannot be told
     */
    Optional<byte[]> announcement(Key fingerprint);
}

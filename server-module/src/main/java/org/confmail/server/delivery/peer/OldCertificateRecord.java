package org.confmail.server.delivery.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.block.StoredHead;
import org.confmail.server.store.BlockStore;
import org.confmail.server.store.StoredFile;
import org.confmail.shared.config.HostPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The old server's record of a certificate, in the local store under the SHA-1 of {@code host:port} (PROTOCOL section 9). Read,
 * never written. Nothing that can be posted is taken for one: the store tells such files from blocks.
 */
final class OldCertificateRecord {
    private static final Logger LOG = LoggerFactory.getLogger("peer");
    /** Real ones have a few hundred bytes. */
    private static final int BYTES_MAX = 16384;

    private static final String DIGEST = "Digest:";

    private OldCertificateRecord() {}

    /** The digest, {@code AA:BB:…}, of the certificate that the old server saw last. */
    static Optional<String> digest(BlockStore store, HostPort server) {
        Key key = Key.sha1((server.host() + ":" + server.port()).getBytes(StandardCharsets.UTF_8));
        try (StoredFile file = store.open(key).orElse(null)) {
            if (file == null || !(file.head() instanceof StoredHead.Foreign) || file.size() > BYTES_MAX) {
                return Optional.empty();
            }
            byte[] content = new byte[(int) file.size()];
            file.read(0, content, 0, content.length);
            return new String(content, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.startsWith(DIGEST))
                    .findFirst()
                    .map(line -> line.substring(DIGEST.length()).strip().toUpperCase(Locale.ROOT));
        } catch (IOException e) {
            LOG.warn("cannot read the old server's record {} of the certificate of {}: {}", key, server, e.toString());
            return Optional.empty();
        }
    }
}

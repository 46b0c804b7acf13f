package org.confmail.server.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.net.NewTlsIdentity;
import org.confmail.server.net.TlsException;
import org.confmail.server.net.TlsIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key and certificate of a home, and how they are renewed. They lie in two files, of which each step of a renewal leaves
 * what {@link #load} can make a pair of: the new certificate is written beside the old one, then the key is replaced, then the
 * certificate. Not for use by two threads at once.
 */
public final class OwnIdentity {
    private static final Logger LOG = LoggerFactory.getLogger("certificate");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Home home;
    private final Disk disk;
    private final InstantSource clock;
    private final SecureRandom random;

    public OwnIdentity(Home home, Disk disk, InstantSource clock, SecureRandom random) {
        this.home = home;
        this.disk = disk;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Reads key and certificate; brings a renewal to its end that was interrupted.
     *
     * @throws TlsException when they cannot be used
     * @throws IOException when the files cannot be put in order
     */
    public TlsIdentity load() throws TlsException, IOException {
        if (Files.exists(next())) {
            if (isPair(home.tlsKey(), next())) {
                disk.rename(next(), home.tlsCertificate());
                disk.forceDirectory(home.ssl());
                LOG.warn("a renewal of the certificate was interrupted, and is complete now");
            } else {
                disk.delete(next());
                LOG.warn("a renewal of the certificate was interrupted before it took effect: the old one stays");
            }
        }
        return TlsIdentity.load(home.tlsKey(), home.tlsCertificate());
    }

    /**
     * Makes a new key and certificate and puts them in the place of the old ones, durably.
     *
     * @throws IOException when that fails; then either the old pair is there, or the new one is from the next start on
     */
    public Renewed renew() throws IOException {
        NewTlsIdentity fresh = NewTlsIdentity.make(NewTlsIdentity.DEFAULT_NAME, clock.instant(), random);
        String stamp = STAMP.format(clock.instant());
        Path oldKey = home.ssl().resolve("server-until-" + stamp + ".key");
        Path oldCertificate = home.ssl().resolve("server-until-" + stamp + ".crt");
        write(oldKey, Files.readAllBytes(home.tlsKey()));
        write(oldCertificate, Files.readAllBytes(home.tlsCertificate()));
        write(next(), fresh.certificatePem().getBytes(StandardCharsets.US_ASCII));
        write(home.tlsKey(), fresh.keyPem().getBytes(StandardCharsets.US_ASCII));
        disk.rename(next(), home.tlsCertificate());
        disk.forceDirectory(home.ssl());
        return new Renewed(fresh.identity(), List.of(oldKey, oldCertificate));
    }

    private Path next() {
        return home.ssl().resolve("server.crt.new");
    }

    private void write(Path target, byte[] content) throws IOException {
        disk.replace(target, target.resolveSibling(target.getFileName() + ".tmp"), content, Access.OWNER_ONLY);
    }

    private static boolean isPair(Path key, Path certificate) {
        try {
            TlsIdentity.load(key, certificate);
            return true;
        } catch (TlsException e) {
            return false;
        }
    }

    /**
     * What came of a renewal.
     *
     * @param kept where the old key and certificate are
     */
    public record Renewed(TlsIdentity identity, List<Path> kept) {
        public Renewed {
            kept = List.copyOf(kept);
        }
    }
}

package org.confmail.server.delivery.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.log.LogText;
import org.confmail.server.net.CertificateFacts;
import org.confmail.server.store.BlockStore;
import org.confmail.shared.config.HostPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of the servers that we connect to, kept in a text file of the home (PROTOCOL section 9). A new one and a
 * changed one are warnings in the log; neither stops the connection, which is what repl_cert is for. Guarded by itself.
 */
public final class RememberedCertificates implements CertificateWatch {
    private static final Logger LOG = LoggerFactory.getLogger("peer");

    /** Clients choose whom we connect to (Post-To), so there must be an end; the one not met for longest is forgotten. */
    static final int SERVERS_MAX = 2000;
    /** Several times what so many lines take; a larger file is none of ours. */
    private static final long FILE_BYTES_MAX = 4 << 20;

    private final Path file;
    private final Disk disk;
    private final BlockStore store;
    private final InstantSource clock;
    private final Map<HostPort, RememberedCertificate> byServer;

    private RememberedCertificates(Path file, Disk disk, BlockStore store, InstantSource clock) {
        this.file = file;
        this.disk = disk;
        this.store = store;
        this.clock = clock;
        this.byServer = new LinkedHashMap<>(16, 0.75f, true);
    }

    /**
     * Reads what is remembered; nothing where there is no file yet. Lines that cannot be read are left out, with a warning.
     *
     * @param store the local store, which may hold records of the old server
     * @throws IOException when the file is there and cannot be read
     */
    public static RememberedCertificates load(Path file, Disk disk, BlockStore store, InstantSource clock)
            throws IOException {
        RememberedCertificates certificates = new RememberedCertificates(file, disk, store, clock);
        if (Files.exists(file)) {
            certificates.read();
        }
        return certificates;
    }

    @Override
    public synchronized void seen(HostPort server, CertificateFacts certificate) {
        HostPort key = key(server);
        CertificateFacts shown = CertificateLine.shown(certificate);
        Optional<Instant> now = Optional.of(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        RememberedCertificate known = byServer.get(key);
        if (known != null && known.certificate().digest().equals(shown.digest())) {
            byServer.put(key, new RememberedCertificate(key, known.certificate(), known.firstSeen(), now));
            return;
        }
        Optional<String> old = known == null
                ? OldCertificateRecord.digest(store, server)
                : Optional.of(known.certificate().digest());
        log(server, shown, old);
        byServer.put(key, new RememberedCertificate(key, shown, now, now));
        if (byServer.size() > SERVERS_MAX) {
            byServer.remove(byServer.keySet().iterator().next());
        }
        try {
            save();
        } catch (IOException e) {
            LOG.error(
                    "cannot remember the certificate of {} in {}: {}. Until the next start it is known. Is the disk full?",
                    server,
                    file,
                    e.toString());
        }
    }

    /** All that is remembered, the server met last at the end. */
    public synchronized List<RememberedCertificate> snapshot() {
        return List.copyOf(byServer.values());
    }

    /**
     * Forgets a server, so that its next certificate is new; returns false where it was not known.
     *
     * @throws IOException when that could not be saved; it is known again after the next start then
     */
    public synchronized boolean forget(HostPort server) throws IOException {
        if (byServer.remove(key(server)) == null) {
            return false;
        }
        save();
        LOG.info("the certificate of {} was forgotten", server);
        return true;
    }

    private static void log(HostPort server, CertificateFacts shown, Optional<String> old) {
        if (old.isEmpty()) {
            LOG.warn("new certificate of {}: {}", server, facts(shown));
        } else if (old.get().equals(shown.digest())) {
            LOG.info("certificate of {} is {}, as the old server had recorded", server, shown.digest());
        } else {
            LOG.warn(
                    "certificate of {} has changed: it was {}, now it is: {}. If its operator knows nothing of that,"
                            + " somebody stands between the two servers.",
                    server,
                    LogText.quote(old.get()),
                    facts(shown));
        }
    }

    private static String facts(CertificateFacts shown) {
        return String.format(
                Locale.ROOT,
                "digest %s, serial %s, %s, %s %d bits, subject %s, issuer %s, valid from %s until %s",
                shown.digest(),
                shown.serial(),
                shown.signatureAlgorithm(),
                shown.keyAlgorithm(),
                shown.keyBits(),
                shown.subject(),
                shown.issuer(),
                shown.validFrom(),
                shown.validUntil());
    }

    private void read() throws IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IOException(file + " is larger than " + FILE_BYTES_MAX
                    + " bytes, so this server has not written it. Move it away.");
        }
        int unreadable = 0;
        for (String line :
                Files.readString(file, StandardCharsets.UTF_8).lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Optional<RememberedCertificate> read = CertificateLine.read(line);
            if (read.isPresent() && byServer.size() < SERVERS_MAX) {
                byServer.put(key(read.get().server()), read.get());
            } else {
                unreadable++;
            }
        }
        if (unreadable > 0) {
            LOG.warn("{}: {} lines cannot be read; those servers' certificates will be new again", file, unreadable);
        }
    }

    private void save() throws IOException {
        List<String> lines = new ArrayList<>(byServer.size() + 1);
        lines.add(CertificateLine.TITLE);
        byServer.values().forEach(remembered -> lines.add(CertificateLine.write(remembered)));
        byte[] content = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        disk.replace(file, file.resolveSibling(file.getFileName() + ".tmp"), content, Access.OWNER_ONLY);
    }

    private static HostPort key(HostPort server) {
        return new HostPort(server.host().toLowerCase(Locale.ROOT), server.port());
    }
}

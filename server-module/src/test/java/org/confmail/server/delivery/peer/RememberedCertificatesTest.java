package org.confmail.server.delivery.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.net.CertificateFacts;
import org.confmail.server.session.LogLines;
import org.confmail.server.store.BlockStore;
import org.confmail.server.time.ManualTime;
import org.confmail.shared.config.HostPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedCertificatesTest {
    private static final HostPort SERVER = new HostPort("mail.example.com", 8081);
    private static final String FIRST = "AA:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44";
    private static final String SECOND = "BB:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44";

    @TempDir
    Path home;

    private final FaultyDisk disk = new FaultyDisk(new FileDisk());
    private final LogLines log = LogLines.record();
    private Path file;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void layOut() throws IOException {
        file = home.resolve("certificates.txt");
        Files.createDirectory(home.resolve("localstore"));
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private RememberedCertificates load() throws IOException {
        BlockStore store =
                new BlockStore(home.resolve("localstore"), disk, "0123abcd", () -> Instant.EPOCH, new ManualTime());
        return RememberedCertificates.load(file, disk, store, () -> now);
    }

    private static CertificateFacts certificate(String digest) {
        return new CertificateFacts(
                digest,
                "1F",
                "SHA1withRSA",
                "RSA",
                1024,
                "CN=a\tb\n\u00fc",
                "CN=issuer",
                Instant.parse("2012-01-01T00:00:00Z"),
                Instant.parse("2013-01-01T00:00:00Z"));
    }

    private List<String> warnings() {
        return log.messages(Level.WARN);
    }

    @Test
    void newAndChangedCertificatesAreWarnedOfOnceWithAllTheirFacts() throws Exception {
        RememberedCertificates certificates = load();
        certificates.seen(SERVER, certificate(FIRST));
        certificates.seen(new HostPort("MAIL.example.com", 8081), certificate(FIRST));
        assertEquals(1, warnings().size());
        for (String fact : List.of(
                SERVER.toString(),
                FIRST,
                "1F",
                "SHA1withRSA",
                "RSA 1024 bits",
                "CN=issuer",
                "2012-01-01",
                "2013-01-01")) {
            assertTrue(warnings().getFirst().contains(fact), warnings().getFirst());
        }
        certificates.seen(SERVER, certificate(SECOND));
        assertEquals(2, warnings().size());
        assertTrue(warnings().getLast().contains(FIRST) && warnings().getLast().contains(SECOND));
        certificates.seen(new HostPort("mail.example.com", 8082), certificate(SECOND));
        assertEquals(3, warnings().size());
    }

    @Test
    void whatWasSeenIsKnownAfterARestart() throws Exception {
        RememberedCertificates before = load();
        before.seen(SERVER, certificate(FIRST));
        before.seen(new HostPort("2001:db8::1", 8081), certificate(SECOND));
        RememberedCertificates after = load();
        assertEquals(lines(before), lines(after));
        after.seen(SERVER, certificate(FIRST));
        assertEquals(2, warnings().size());
    }

    private static List<String> lines(RememberedCertificates certificates) {
        return certificates.snapshot().stream().map(CertificateLine::write).toList();
    }

    @Test
    void firstMeetingIsWrittenDownAndTheLastIsKnownUntilARestart() throws Exception {
        Instant first = now;
        RememberedCertificates certificates = load();
        certificates.seen(SERVER, certificate(FIRST));
        now = first.plusSeconds(60);
        certificates.seen(SERVER, certificate(FIRST));
        RememberedCertificate met = certificates.snapshot().getFirst();
        assertEquals(Optional.of(first), met.firstSeen());
        assertEquals(Optional.of(now), met.lastSeen());
        RememberedCertificate again = load().snapshot().getFirst();
        assertEquals(Optional.of(first), again.firstSeen());
        assertEquals(Optional.empty(), again.lastSeen());
        certificates.seen(SERVER, certificate(SECOND));
        assertEquals(Optional.of(now), load().snapshot().getFirst().firstSeen());
    }

    @Test
    void lineOfAnOlderVersionIsReadAndHasNoFirstMeeting() throws Exception {
        load().seen(SERVER, certificate(FIRST));
        Files.writeString(file, Files.readString(file).replace("\t2026-01-01T00:00:00Z\n", "\n"));
        RememberedCertificate old = load().snapshot().getFirst();
        assertEquals(FIRST, old.certificate().digest());
        assertEquals(Optional.empty(), old.firstSeen());
    }

    @Test
    void forgottenServerIsNewAgain() throws Exception {
        RememberedCertificates certificates = load();
        certificates.seen(SERVER, certificate(FIRST));
        assertTrue(certificates.forget(SERVER));
        assertFalse(certificates.forget(SERVER));
        RememberedCertificates after = load();
        after.seen(SERVER, certificate(SECOND));
        assertTrue(warnings().getLast().startsWith("new certificate"));
    }

    @Test
    void recordOfTheOldServerCountsWhereWeHaveNone() throws Exception {
        oldRecord(FIRST);
        load().seen(SERVER, certificate(FIRST));
        assertEquals(List.of(), warnings());
        assertEquals(1, load().snapshot().size());
        Files.delete(file);
        load().seen(SERVER, certificate(SECOND));
        assertTrue(warnings().getFirst().contains("has changed"), warnings().getFirst());
        assertTrue(warnings().getFirst().contains(FIRST));
    }

    @Test
    void damagedLinesAreLeftOut() throws Exception {
        load().seen(SERVER, certificate(FIRST));
        Files.writeString(file, Files.readString(file) + "garbage\nhost:1\tx\ty\n\n");
        assertEquals(1, load().snapshot().size());
        assertTrue(warnings().getLast().contains("2 lines"), warnings().getLast());
    }

    @Test
    void numberIsBoundedAndTheOneNotMetForLongestGoes() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < RememberedCertificates.SERVERS_MAX; i++) {
            lines.append(CertificateLine.write(new RememberedCertificate(
                            new HostPort("s" + i, 8081),
                            CertificateLine.shown(certificate(FIRST)),
                            Optional.of(now),
                            Optional.of(now))))
                    .append('\n');
        }
        Files.writeString(file, lines);
        RememberedCertificates certificates = load();
        certificates.seen(new HostPort("s0", 8081), certificate(FIRST));
        certificates.seen(SERVER, certificate(FIRST));
        List<String> hosts =
                certificates.snapshot().stream().map(one -> one.server().host()).toList();
        assertEquals(RememberedCertificates.SERVERS_MAX, hosts.size());
        assertTrue(hosts.contains("s0") && !hosts.contains("s1"));
    }

    private void oldRecord(String digest) throws IOException {
        String name = Key.sha1("mail.example.com:8081".getBytes(StandardCharsets.UTF_8))
                .toString();
        Path leaf = home.resolve("localstore").resolve(name.substring(0, 2)).resolve(name.substring(2, 4));
        Files.createDirectories(leaf);
        Files.writeString(
                leaf.resolve(name),
                "Server: H mail.example.com port 8081\nDigest: " + digest
                        + "\nSerial: 31\nType: sha1WithRSAEncryption 1024 bits\nSubject: /CN=x\nIssuer: /CN=x\n"
                        + "Valid from: 20120101000000Z\nValid until: 20130101000000Z\n");
    }
}

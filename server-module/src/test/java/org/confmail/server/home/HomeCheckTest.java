package org.confmail.server.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.home.Finding.Severity;
import org.confmail.server.net.Fixture;
import org.confmail.server.net.NewTlsIdentity;
import org.confmail.shared.config.NewConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HomeCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final NewTlsIdentity IDENTITY = NewTlsIdentity.make("test", NOW, RANDOM);

    @TempDir
    Path directory;

    private Home home;
    private int tcp;
    private int udp;

    @BeforeEach
    void makeHome() throws Exception {
        try (ServerSocket one = new ServerSocket(0);
                DatagramSocket other = new DatagramSocket(0)) {
            tcp = one.getLocalPort();
            udp = other.getLocalPort();
        }
        home = new HomeMaker(new FileDisk(), RANDOM, CLOCK, name -> IDENTITY)
                .make(directory.resolve("home"), NewConfig.document(tcp, udp), "test")
                .home();
    }

    @Test
    void missingHomeIsTheOnlyFinding() {
        Path absent = directory.resolve("absent");
        List<Finding> findings = new HomeCheck(CLOCK).check(absent);
        assertEquals(1, findings.size());
        assertEquals(
                "error: " + absent + ": does not exist. Correct -homedir, or make a home with -init.",
                findings.getFirst().describe());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // no POSIX permissions
    void everyProblemIsReportedAtOnce() throws Exception {
        Files.writeString(home.config(), "sport: many\nfuture_option: 1\nreplpeer: partner:8081\n");
        Files.writeString(home.accounts(), "# none\njust-one-field\n\n");
        Fixture.copyTo("rsa2048-pkcs8.key", home.tlsKey());
        protect();
        Fixture.copyTo("dh1024-unsafe.pem", home.dhParameters());
        Files.delete(home.inputQueue());
        Files.delete(home.sendQueue());
        Files.writeString(home.sendQueue(), "");

        expect(
                error(home.config() + " line 1", "sport"),
                warning(home.config() + " line 2", "future_option"),
                warning(home.config() + " line 3", "repl_authkey"),
                warning(home.accounts() + " line 2", "fields"),
                warning(home.accounts(), "no administrator"),
                warning(home.accounts(), "no user replication"),
                error(home.tlsCertificate(), "belongs to another key"),
                warning(home.dhParameters(), "1024 bits is weak"),
                warning(home.dhParameters(), "not a safe prime"),
                warning(home.inputQueue(), "Watchdogs"),
                error(home.sendQueue(), "is not a directory"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // no POSIX permissions
    void oldCertificateIsAWarningOnly() throws Exception {
        Fixture.copyTo("rsa1024.key", home.tlsKey());
        Fixture.copyTo("rsa1024-v1-sha1-expired.crt", home.tlsCertificate());
        Files.delete(home.dhParameters());
        protect();
        expect(
                warning(home.tlsCertificate(), "expired on 2013-01-01T00:00:00Z"),
                warning(home.tlsKey(), "1024 bits"),
                note(home.dhParameters(), "built-in group"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // no POSIX permissions
    void secretsThatOthersCanReadAreReported() throws Exception {
        Files.writeString(
                home.config(),
                "sport: " + tcp + "\neport: " + udp + "\nreplpeer: partner:8081\nrepl_authkey: 0123456789\n");
        for (Path file : List.of(home.tlsKey(), home.accounts(), home.config())) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        }
        expect(
                warning(home.tlsKey(), "private key"),
                warning(home.accounts(), "administrator's key"),
                warning(home.config(), "repl_authkey"));
    }

    @Test
    void linesOfAccountsAreJudgedWithoutShowingAKey() throws Exception {
        Files.writeString(home.accounts(), """
                administrator SECRETSECRET1\r
                replication SECRETSECRET2 2026-11-22T12:00:00Z
                replication SECRETSECRET3 2026-11-22T12:00:00Z SECRET
                SHORT SECRETSECRET4
                LONGENOUGH SECRET-5-SECRET
                LONGENOUGH SECRETSECRET6 yesterday
                disabled SECRETSECRET1
                """);
        List<Finding> findings = new HomeCheck(CLOCK).check(home.root());
        expect(
                warning(home.accounts() + " line 3", "4 fields"),
                warning(home.accounts() + " line 4", "the user"),
                warning(home.accounts() + " line 5", "the key"),
                warning(home.accounts() + " line 6", "the time"),
                warning(home.accounts(), "no administrator"));
        assertFalse(findings.toString().contains("SECRET"), findings.toString());
    }

    @Test
    void portsOfOtherProgramsAreErrorsAndThoseOfOurServerAreNot() throws Exception {
        try (ServerSocket one = new ServerSocket(tcp);
                DatagramSocket other = new DatagramSocket(udp)) {
            expect(
                    error("TCP port " + one.getLocalPort(), "cannot listen"),
                    error("UDP port " + other.getLocalPort(), "cannot listen"));
            try (HomeLock lock = HomeLock.take(home, "host", new FileDisk(), new Random())) {
                expect(note(home.root().resolve("server.lock"), "a server is running"));
                assertFalse(lock.serverId().isEmpty());
            }
        }
    }

    @Test
    void storeElsewhereAndDeepSocketAreLookedAt() throws Exception {
        Path deep = Path.of("s".repeat(120));
        Path unmounted = directory.resolve("mnt/store");
        Files.writeString(
                home.config(),
                "sport: " + tcp + "\neport: " + udp + "\nbind_address: "
                        + InetAddress.getLoopbackAddress().getHostAddress() + "\nalt_localstore: " + unmounted
                        + "\nadmin_socket: " + deep + "\n");
        expect(
                error(unmounted, "does not exist"),
                error(home.root().resolve(deep), "administration socket"),
                note(home.config(), "bind_address is 127.0.0.1"),
                warning(home.config(), "permit_dns_txt"),
                warning(home.config(), "connected to directly"));
    }

    @Test
    void hiddenServerIsToldOfEveryWayThatIsOpen() throws Exception {
        Files.writeString(
                home.config(),
                "sport: " + tcp + "\neport: " + udp + "\nknode: node.example.com:8081\npreferred_connection: TOR\n"
                        + "tor_proxy: tor.example.com:9050\nreplpeer: partner.example.com:8081\n");
        Files.writeString(
                home.notification(),
                "fromaddr=a@example.com\nsmtpserver=mail.example.com\n" + "1".repeat(40) + ",email,b@example.com\n");
        List<Finding> findings = new HomeCheck(CLOCK).check(home.root());
        String all = findings.stream().map(Finding::describe).collect(Collectors.joining("\n"));
        for (String part : List.of(
                "preferred_connection is TOR",
                "DNS: what clients look up",
                "UDP: the node of the DHT",
                "DNS: names among the knodes",
                "servers without .onion or .i2p names",
                "the replication partner partner.example.com:8081",
                "DNS: the name of the proxy tor.example.com:9050",
                "SMTP: notifications go to mail.example.com:25 directly")) {
            assertTrue(all.contains(part), () -> part + " is not in\n" + all);
        }
    }

    @Test
    void serverThatHidesWellIsNotTroubled() throws Exception {
        Files.writeString(
                home.config(),
                "sport: " + tcp + "\neport: " + udp + "\nbind_address: 127.0.0.1\npreferred_connection: TOR\n"
                        + "tor_proxy: 127.0.0.1:9050\nuse_exit_node: true\npermit_dns_txt: false\ndht: false\n");
        String all = new HomeCheck(CLOCK).check(home.root()).toString();
        assertFalse(all.contains("directly"), all);
    }

    @Test
    void missingFilesAreReported() throws Exception {
        Files.delete(home.config());
        Files.delete(home.accounts());
        Files.delete(home.tlsKey());
        expect(
                error(home.config(), "cannot be read"),
                error(home.accounts(), "nobody can log in"),
                error(home.tlsKey(), "does not exist"));
    }

    @Test
    void checkChangesNothing() throws Exception {
        Files.delete(home.inputQueue());
        Map<Path, FileTime> before = times();
        new HomeCheck(CLOCK).check(home.root());
        assertEquals(before, times());
    }

    /** A finding that is expected; only a part of its text counts. */
    private record Expected(Severity severity, String where, String part) {}

    private static Expected error(Object where, String part) {
        return new Expected(Severity.ERROR, where.toString(), part);
    }

    private static Expected warning(Object where, String part) {
        return new Expected(Severity.WARNING, where.toString(), part);
    }

    private static Expected note(Object where, String part) {
        return new Expected(Severity.NOTE, where.toString(), part);
    }

    /** The check finds this and nothing else; ports, which others may have taken, only count where they are expected. */
    private void expect(Expected... expected) {
        boolean ports = Arrays.toString(expected).contains(" port ");
        List<Finding> findings = new HomeCheck(CLOCK)
                .check(home.root()).stream()
                        .filter(finding -> ports || !finding.where().contains(" port "))
                        .toList();
        String all = findings.stream().map(Finding::describe).collect(Collectors.joining("\n"));
        assertEquals(expected.length, findings.size(), all);
        for (int i = 0; i < findings.size(); i++) {
            assertEquals(expected[i].severity(), findings.get(i).severity(), all);
            assertEquals(expected[i].where(), findings.get(i).where(), all);
            assertTrue(findings.get(i).describe().contains(expected[i].part()), all);
        }
    }

    private void protect() throws IOException {
        Files.setPosixFilePermissions(home.tlsKey(), PosixFilePermissions.fromString("rw-------"));
    }

    private Map<Path, FileTime> times() throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.toList()) {
                times.put(path, Files.getLastModifiedTime(path));
            }
        }
        return times;
    }
}

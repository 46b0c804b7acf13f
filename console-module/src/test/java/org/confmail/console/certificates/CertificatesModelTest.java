package org.confmail.console.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.console.certificates.Validity.Verdict;
import org.confmail.console.testing.ManualClockwork;
import org.confmail.console.testing.ScriptedRemote;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.CertificateMethods;
import org.confmail.shared.admin.CertificateMethods.Certificate;
import org.confmail.shared.admin.CertificateMethods.Forgotten;
import org.confmail.shared.admin.CertificateMethods.OwnCertificate;
import org.confmail.shared.admin.CertificateMethods.Remembered;
import org.confmail.shared.admin.CertificateMethods.Renewed;
import org.junit.jupiter.api.Test;

class CertificatesModelTest {
    private final ManualClockwork time = new ManualClockwork();
    private final ScriptedRemote remote = new ScriptedRemote();
    private final CertificatesModel model = new CertificatesModel(remote, time);

    @Test
    void renewedCertificateIsShownAtOnce() {
        remote.on(CertificateMethods.OWN, _ -> own("AA:AA"));
        remote.on(CertificateMethods.RENEW, _ -> new Renewed(own("BB:BB"), "AA:AA", List.of("server.key.old")));
        model.start();
        assertEquals("AA:AA", model.own().get().orElseThrow().digest());
        remote.hold();
        List<String> told = new ArrayList<>();
        model.renew().done(renewed -> told.add(renewed.oldDigest()));
        remote.release();
        assertEquals(List.of("AA:AA"), told);
    }

    @Test
    void ownCertificateIsToldAlsoWhereOthersAreNot() {
        remote.on(CertificateMethods.OWN, _ -> own("AA:AA"));
        remote.refuse(CertificateMethods.LIST, AdminError.UNAVAILABLE, "this server sends nothing");
        model.start();
        assertTrue(model.own().get().isPresent());
        assertEquals(
                "this server sends nothing", model.problem().get().orElseThrow().text());
    }

    @Test
    void serverWithTwoCertificatesIsForgottenOnce() {
        remote.on(
                CertificateMethods.LIST,
                _ -> new Remembered(
                        List.of(certificate("a:1", "AA"), certificate("a:1", "BB"), certificate("b:1", "CC")),
                        3,
                        Optional.empty()));
        remote.on(CertificateMethods.FORGET, _ -> new Forgotten(2));
        model.start();
        model.forget(model.others().get());
        assertEquals(
                List.of("a:1", "b:1"),
                remote.calls(CertificateMethods.FORGET).stream()
                        .map(CertificateMethods.Server::server)
                        .toList());
    }

    @Test
    void validityIsToldInWords() {
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        Instant from = now.minus(Duration.ofDays(300));
        Validity good = Validity.of(from, now.plus(Duration.ofDays(300)), now);
        assertEquals(Verdict.GOOD, good.verdict());
        assertEquals(0.5, good.used(), 0.001);
        assertTrue(good.words().contains("300 more days"), good.words());

        Validity soon = Validity.of(from, now.plus(Duration.ofDays(29)), now);
        assertEquals(Verdict.DOUBTFUL, soon.verdict());
        assertTrue(soon.words().contains("29 days"), soon.words());

        Validity tomorrow = Validity.of(from, now.plus(Duration.ofHours(30)), now);
        assertTrue(tomorrow.words().contains("1 day,"), tomorrow.words());

        Validity expired = Validity.of(from, now.minus(Duration.ofDays(3)), now);
        assertEquals(Verdict.BAD, expired.verdict());
        assertEquals(1, expired.used());
        assertTrue(expired.words().contains("3 days ago"), expired.words());

        Validity early = Validity.of(now.plusSeconds(60), now.plus(Duration.ofDays(300)), now);
        assertEquals(Verdict.BAD, early.verdict());
        assertEquals(0, early.used());
    }

    private static OwnCertificate own(String digest) {
        return new OwnCertificate(
                digest,
                "CN=test",
                "RSA 3072",
                "SHA256withRSA",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2036-01-01T00:00:00Z"));
    }

    private static Certificate certificate(String server, String digest) {
        return new Certificate(server, digest, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }
}

package org.confmail.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsIdentityTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "rsa2048-pkcs1.key, rsa2048.crt,                 RSA, 2048",
        "rsa2048-pkcs8.key, rsa2048.crt,                 RSA, 2048",
        "rsa2048-pkcs8.key, rsa2048-chain.crt,           RSA, 2048",
        "rsa1024.key,       rsa1024-v1-sha1-expired.crt, RSA, 1024",
        "ec-p256.key,       ec-p256.crt,                 EC,  256",
    })
    void acceptsWhatAnOldHomeMayBring(String key, String certificate, String algorithm, int bits) throws Exception {
        TlsIdentity identity = load(key, certificate);
        assertEquals(algorithm, identity.facts().keyAlgorithm());
        assertEquals(bits, identity.facts().keyBits());
    }

    @Test
    void tellsWhatIsLoggedOfACertificate() throws Exception {
        CertificateFacts facts =
                load("rsa1024.key", "rsa1024-v1-sha1-expired.crt").facts();
        // as openssl x509 -fingerprint -sha1 says
        assertEquals("2E:83:81:A4:17:83:BB:2A:54:7E:3B:C4:EB:D4:4A:B3:1B:8F:69:9D", facts.digest());
        assertEquals("1", facts.serial());
        assertEquals("SHA1withRSA", facts.signatureAlgorithm());
        assertEquals("O=Old, C=XX, CN=old server", facts.subject());
        assertEquals(facts.subject(), facts.issuer());
        assertEquals(Instant.parse("2012-01-01T00:00:00Z"), facts.validFrom());
        assertEquals(Instant.parse("2013-01-01T00:00:00Z"), facts.validUntil());
    }

    @ParameterizedTest
    @CsvSource({
        "rsa2048-pkcs1-encrypted.key, rsa2048.crt, TLS key, is encrypted",
        "rsa2048-pkcs8-encrypted.key, rsa2048.crt, TLS key, is encrypted",
        "ed25519.key,                 rsa2048.crt, TLS key, Use an RSA key",
        "ec-secp256k1.key,            rsa2048.crt, TLS key, P-256",
        "rsa2048.crt,                 rsa2048.crt, TLS key, no private key",
        "rsa2048-pkcs8.key, rsa2048-pkcs8.key,           TLS certificate, no certificate",
        "rsa2048-pkcs8.key, rsa1024-v1-sha1-expired.crt, TLS certificate, belongs to another key",
        "rsa2048-pkcs8.key, ec-p256.crt,                 TLS certificate, belongs to another key",
        "ec-p256.key,       rsa2048.crt,                 TLS certificate, belongs to another key",
    })
    void saysWhichFileIsUnfitAndWhy(String key, String certificate, String what, String why) throws Exception {
        TlsException e = assertThrows(TlsException.class, () -> load(key, certificate));
        Path culprit = directory.resolve(what.equals("TLS key") ? key : certificate);
        assertTrue(e.getMessage().startsWith(what + " " + culprit + ": "), e.getMessage());
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    @Test
    void missingFileIsNamed() throws Exception {
        Path certificate = Fixture.copy("rsa2048.crt", directory);
        Path absent = directory.resolve("server.key");
        TlsException e = assertThrows(TlsException.class, () -> TlsIdentity.load(absent, certificate));
        assertTrue(e.getMessage().contains(absent + ": the file does not exist"), e.getMessage());
    }

    @Test
    void damageAnywhereIsReportedOrHarmless() throws Exception {
        Path certificate = Fixture.copy("rsa2048.crt", directory);
        Path key = Fixture.copy("rsa2048-pkcs8.key", directory);
        byte[] good = Files.readAllBytes(key);
        int refused = 0;
        for (int cut = 0; cut < good.length - 1; cut += 37) {
            Files.write(key, Arrays.copyOf(good, cut));
            assertThrows(TlsException.class, () -> TlsIdentity.load(key, certificate));
        }
        for (int at = 0; at < good.length; at += 13) {
            byte[] spoilt = good.clone();
            spoilt[at] = '!';
            Files.write(key, spoilt);
            try {
                TlsIdentity.load(key, certificate);
            } catch (TlsException e) {
                refused++;
            }
        }
        assertTrue(refused > 0);
    }

    @Test
    void remarksAroundTheKeyDoNotMatter() throws Exception {
        Path key = Fixture.copy("rsa2048-pkcs1.key", directory);
        Files.writeString(
                key,
                "Bag Attributes: Schl\u00fcssel\r\n" + Files.readString(key).replace("\n", "\r\n") + "\r\nend\r\n",
                StandardCharsets.ISO_8859_1);
        assertEquals(
                2048,
                TlsIdentity.load(key, Fixture.copy("rsa2048.crt", directory))
                        .facts()
                        .keyBits());
    }

    @Test
    void newIdentityIsReadBackFromItsFiles() throws Exception {
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        NewTlsIdentity made = NewTlsIdentity.make(NewTlsIdentity.DEFAULT_NAME, now, new SecureRandom());
        Path key = Files.writeString(directory.resolve("server.key"), made.keyPem());
        Path certificate = Files.writeString(directory.resolve("server.crt"), made.certificatePem());
        CertificateFacts facts = TlsIdentity.load(key, certificate).facts();

        assertEquals(made.identity().digest(), facts.digest());
        assertEquals("CN=Confidant Mail server", facts.subject());
        assertEquals("SHA256withRSA", facts.signatureAlgorithm());
        assertEquals(2048, facts.keyBits());
        assertTrue(facts.validFrom().isBefore(now));
        assertEquals(Instant.parse("2046-11-22T12:00:00Z"), facts.validUntil());
    }

    @Test
    void longNameIsCutToWhatX509Allows() {
        CertificateFacts facts = NewTlsIdentity.make("n".repeat(300), Instant.EPOCH, new SecureRandom())
                .identity()
                .facts();
        assertEquals("CN=" + "n".repeat(64), facts.subject());
    }

    private TlsIdentity load(String key, String certificate) throws IOException, TlsException {
        return TlsIdentity.load(Fixture.copy(key, directory), Fixture.copy(certificate, directory));
    }
}

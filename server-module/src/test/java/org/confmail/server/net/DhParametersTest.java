package org.confmail.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DhParametersTest {
    @TempDir
    Path directory;

    @Test
    void standardGroupIsReadBackFromItsFile() throws Exception {
        DhParameters standard = DhParameters.standard();
        Path file = Files.writeString(directory.resolve("dhparams.pem"), standard.toPem());
        assertEquals(standard, DhParameters.read(file));
        assertEquals(2048, standard.bits());
        assertTrue(standard.p().isProbablePrime(50));
        assertTrue(standard.isSafePrime());
    }

    @Test
    void readsWhatOpensslWrites() throws Exception {
        DhParameters read = DhParameters.read(Fixture.copy("dh1024.pem", directory));
        assertEquals(1024, read.bits());
        assertEquals(BigInteger.TWO, read.g());
        assertTrue(read.isSafePrime());
    }

    @Test
    void primeThatIsNotSafeIsReadButSeen() throws Exception {
        assertFalse(
                DhParameters.read(Fixture.copy("dh1024-unsafe.pem", directory)).isSafePrime());
    }

    @Test
    void refusesWhatTheJdkWouldNotUse() throws Exception {
        refused(Fixture.copy("dh512.pem", directory), "512 bits");
        refused(directory.resolve("absent"), "does not exist");
        refused(Fixture.copy("rsa2048.crt", directory), "no parameters");
        BigInteger composite = DhParameters.standard().p().subtract(BigInteger.TWO);
        refused(
                Files.writeString(directory.resolve("composite"), new DhParameters(composite, BigInteger.TWO).toPem()),
                "not a prime");
        String good = DhParameters.standard().toPem();
        refused(Files.writeString(directory.resolve("cut"), good.substring(0, 200)), "damaged");
        refused(
                Files.writeString(
                        directory.resolve("garbage"),
                        "-----BEGIN DH PARAMETERS-----\nAAAA\n-----END DH PARAMETERS-----\n"),
                "damaged");
    }

    /** 1024 bits are not the JDK's own size, which it would silently prefer to an installed group of another. */
    @ParameterizedTest
    @ValueSource(strings = {"dh1024.pem", "standard"})
    void installedGroupIsGivenToClients(String name) throws Exception {
        Path file = name.equals("standard")
                ? Files.writeString(
                        directory.resolve(name), DhParameters.standard().toPem())
                : Fixture.copy(name, directory);
        assertEquals(List.of(DhParameters.read(file).p().toString(16)), primeOfAServerWith(file));
    }

    @Test
    void unfitFileIsReportedAndABuiltInGroupServes() throws Exception {
        List<String> printed = primeOfAServerWith(Fixture.copy("dh512.pem", directory));
        assertTrue(printed.getFirst().contains("Until then the built-in group is used."), printed.toString());
        assertEquals(2048, new BigInteger(printed.getLast(), 16).bitLength());
        assertEquals(2, printed.size(), printed.toString());
    }

    private List<String> primeOfAServerWith(Path parameters) throws IOException, InterruptedException {
        String path = String.join(
                File.pathSeparator,
                "target/test-classes",
                "target/classes",
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        path,
                        DhPrimeMain.class.getName(),
                        parameters.toString(),
                        Fixture.copy("rsa2048-pkcs8.key", directory).toString(),
                        Fixture.copy("rsa2048.crt", directory).toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        return printed.lines().toList();
    }

    private static void refused(Path file, String why) {
        TlsException e = assertThrows(TlsException.class, () -> DhParameters.read(file));
        assertTrue(e.getMessage().contains(file + ": ") && e.getMessage().contains(why), e.getMessage());
    }
}

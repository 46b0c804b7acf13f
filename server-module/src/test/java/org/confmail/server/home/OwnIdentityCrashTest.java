package org.confmail.server.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Trials;
import org.confmail.server.net.Fixture;
import org.confmail.server.net.NewTlsIdentity;
import org.confmail.server.net.TlsException;
import org.confmail.server.net.TlsIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The renewal of key and certificate on a disk that fails or loses power at each of its operations. */
class OwnIdentityCrashTest {
    @TempDir
    Path root;

    private Instant now = Instant.parse("2026-02-01T00:00:00Z");

    /** Each renewal has a time of its own, as on a real machine. */
    private final InstantSource clock = () -> now = now.plusSeconds(1);

    private int made;

    @Test
    void renewalLeavesAWholePairAtEachStep() throws Exception {
        // Two, because making them is slow: a renewal that is tried again has another one than before.
        SecureRandom random = new SecureRandom();
        List<NewTlsIdentity> fresh = List.of(
                NewTlsIdentity.make("one", Instant.now(), random), NewTlsIdentity.make("two", Instant.now(), random));
        Set<String> digests =
                fresh.stream().map(each -> each.identity().digest()).collect(Collectors.toSet());
        Path ssl = Files.createDirectories(root.resolve("sample"));
        String old = TlsIdentity.load(Fixture.copy("ec-p256.key", ssl), Fixture.copy("ec-p256.crt", ssl))
                .digest();
        Path trials = Files.createDirectory(root.resolve("trials"));
        Trials.run(trials, new Trials<OwnIdentity>() {
            private String last = old;

            @Override
            public void prepare(Path directory) throws IOException {
                Home home = Home.at(directory);
                Files.createDirectories(home.ssl());
                Fixture.copyTo("ec-p256.key", home.tlsKey());
                Fixture.copyTo("ec-p256.crt", home.tlsCertificate());
            }

            @Override
            public OwnIdentity start(Path directory, Disk disk) {
                return new OwnIdentity(Home.at(directory), disk, clock, () -> fresh.get(made++ % fresh.size()));
            }

            @Override
            public void work(OwnIdentity own) throws IOException {
                last = own.renew().identity().digest();
            }

            @Override
            public void check(OwnIdentity own, Path directory, Result result) throws IOException {
                String found = load(own).digest();
                if (result.done()) {
                    assertEquals(last, found);
                    assertTrue(isOldKeyKept(Home.at(directory)), "the old key is not kept");
                } else {
                    assertTrue(found.equals(old) || digests.contains(found), found);
                }
                assertEquals(found, load(own).digest(), "another one at the next start");
            }
        });
    }

    private static TlsIdentity load(OwnIdentity own) throws IOException {
        try {
            return own.load();
        } catch (TlsException e) {
            throw new AssertionError("no pair that can be used", e);
        }
    }

    private boolean isOldKeyKept(Home home) throws IOException {
        byte[] key = Files.readAllBytes(root.resolve("sample").resolve("ec-p256.key"));
        try (Stream<Path> files = Files.list(home.ssl())) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(".key")
                        && !file.equals(home.tlsKey())
                        && Arrays.equals(key, Files.readAllBytes(file))) {
                    return true;
                }
            }
        }
        return false;
    }
}

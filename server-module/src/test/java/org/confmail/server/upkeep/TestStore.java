package org.confmail.server.upkeep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.Limits;
import org.confmail.server.block.Stamp;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.store.StoreKind;
import org.confmail.server.store.StoreUpkeep;
import org.confmail.server.time.Ticker;

/** The two stores of a home with blocks laid there by hand: upkeep judges no proof and no signature. */
final class TestStore {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final Instant YOUNG = NOW.minus(Duration.ofDays(10));
    static final Instant OLD = YOUNG.minusSeconds(1);
    static final String OWN_ID = "0123abcd";

    private static final AtomicLong TICKS = new AtomicLong();

    final Path local;
    final Path entangled;
    private final Disk disk;

    TestStore(Path home) throws IOException {
        this(home, new FileDisk());
    }

    TestStore(Path home, Disk disk) throws IOException {
        this.local = Files.createDirectories(home.resolve("localstore"));
        this.entangled = Files.createDirectories(home.resolve("entangled"));
        this.disk = disk;
    }

    Upkeep upkeep() {
        return upkeep(Limits.server(Map.of()), NOW, Ticker.SYSTEM);
    }

    Upkeep upkeep(Limits limits, Instant now, Ticker ticker) {
        return upkeep(() -> limits, now, ticker);
    }

    Upkeep upkeep(Supplier<Limits> limits, Instant now, Ticker ticker) {
        return new Upkeep(
                StoreUpkeep.of(local, StoreKind.LOCAL, disk, OWN_ID, ticking(now), ticker),
                StoreUpkeep.of(entangled, StoreKind.ENTANGLED, disk, OWN_ID, ticking(now), ticker),
                limits,
                () -> now,
                new Random(1));
    }

    /** Each look at this clock comes later, so that a restart has a moment of its own. */
    private static InstantSource ticking(Instant now) {
        return () -> now.plusMillis(TICKS.incrementAndGet());
    }

    static Order prune(boolean simulate) {
        return new Order(true, true, simulate, Duration.ZERO, Optional.empty());
    }

    static Key key(String name) {
        return Key.sha1(Blocks.bytes(name));
    }

    static Path file(Path root, Key key) {
        String digits = key.toString();
        return root.resolve(digits.substring(0, 2))
                .resolve(digits.substring(2, 4))
                .resolve(digits);
    }

    static Path lay(Path root, Key key, String content) throws IOException {
        Path file = file(root, key);
        Files.createDirectories(file.resolveSibling("."));
        return Files.write(file, Blocks.bytes(content));
    }

    Path lay(String name, String content) throws IOException {
        return lay(local, key(name), content);
    }

    static String data(Instant date, int bytes) {
        return "Type: data\nDate: " + Stamp.format(date) + "\nVersion: 1\nProofOfWork: bd,1,2\nData: " + bytes + "\n"
                + "x".repeat(bytes);
    }

    static String acknowledgment(Instant date) {
        return "Type: acknowledgment\nDate: " + Stamp.format(date) + "\nVersion: 1\nHash: " + key("ack") + "\n";
    }

    static String keyAnnouncement(Instant date, String userId) {
        return "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nProofOfWork: bd,1,2\nType: key-announcement\nDate: "
                + Stamp.format(date) + "\nUserid: " + userId + "\n\n- -----BEGIN PGP PUBLIC KEY BLOCK-----\n";
    }

    static String claim(Instant date, Key owner, String address) {
        return "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nType: address-claim\nDate: " + Stamp.format(date)
                + "\nKeyid: " + owner + "\nAddress: " + address
                + "\n\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n";
    }

    static String announcement(Instant date, Key recipient, String message, String... dataBlocks) {
        StringBuilder text = new StringBuilder("Type: message-announcement\nDate: " + Stamp.format(date)
                + "\nVersion: 1\nRecipient: " + recipient + "\nMailbox: 0\n");
        for (String block : dataBlocks) {
            text.append("DataBlock: ").append(key(block)).append('\n');
        }
        return text.append("MessageHash: ").append(key(message)).append('\n').toString();
    }

    static String held(String block) {
        return "Source: entangled\nLastPublished: 1795361704\nOriginallyPublished: 1795361704\n"
                + "OriginalPublisherID: 1b3903afeab7f2906f6e5a1c50f63b7766500b59\nDataType: string\nData: "
                + block.length() + "\n" + block;
    }

    /** All files below {@code root} with their content, but for lock files. */
    static Map<String, String> content(Path root) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (!file.endsWith("LOCKFILE")) {
                    content.put(root.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return content;
    }
}

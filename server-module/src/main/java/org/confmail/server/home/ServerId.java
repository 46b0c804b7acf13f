package org.confmail.server.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name by which a server knows its own temporary files in a store that it may share with others: 8 lower-case hexadecimal
 * digits, the same at every start.
 *
 * <p>A random seed lies in {@code server.id}; the id is a hash of it, the home's real path and the host's name. A home that was
 * copied to serve as a second one thereby gets another id than its original, and the two do not take each other's files, which
 * are being written, for left-overs. A home that moves gets a new id too; what it left behind is then a stranger's, which goes
 * when it is a day old.
 */
final class ServerId {
    static final int HEX_DIGITS = 8;

    private static final Logger LOG = LoggerFactory.getLogger("home");
    private static final Pattern SEED = Pattern.compile("[0-9a-f]{" + HEX_DIGITS + "}\n?");

    /** Longer than any good file; a damaged one may be of any size. */
    private static final int FILE_BYTES_MAX = 64;

    private ServerId() {}

    /** The id of the server on {@code home}; makes the seed when there is no good one. To be called under the lock. */
    static String of(Home home, Path realRoot, String hostName, Disk disk, RandomGenerator random) throws IOException {
        Optional<String> kept = read(home.idFile());
        String seed = kept.isPresent() ? kept.get() : write(home, disk, random);
        return mix(seed, realRoot, hostName);
    }

    private static Optional<String> read(Path file) throws IOException {
        String text;
        try (var in = Files.newInputStream(file)) {
            text = new String(in.readNBytes(FILE_BYTES_MAX), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (SEED.matcher(text).matches()) {
            return Optional.of(text.strip());
        }
        LOG.warn(
                "server id {}: the file does not hold {} hexadecimal digits. A new one was made; temporary files that this"
                        + " server left behind in its stores are removed when they are a day old. Nothing needs to be done.",
                file,
                HEX_DIGITS);
        return Optional.empty();
    }

    private static String write(Home home, Disk disk, RandomGenerator random) throws IOException {
        String seed = HexFormat.of().toHexDigits(random.nextInt());
        disk.replace(
                home.idFile(),
                home.root().resolve("server.id.tmp"),
                (seed + "\n").getBytes(StandardCharsets.US_ASCII),
                Access.OWNER_ONLY);
        return seed;
    }

    private static String mix(String seed, Path realRoot, String hostName) {
        String text = seed + "\n" + hostName + "\n" + realRoot;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HEX_DIGITS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}

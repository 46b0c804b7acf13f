package org.confmail.server.home;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.confmail.server.disk.Disk;
import org.confmail.server.net.NewTlsIdentity;
import org.confmail.shared.config.ConfigDocument;

/**
 * Makes home directories (-init). A home either comes into being whole or not at all: it is built beside its place and renamed
 * into it. An existing empty directory, which may be a mounted disk or lie in a directory that this user cannot write to, is
 * filled from a directory inside instead, with config.txt last: without that file it is no home.
 */
public final class HomeMaker {
    private static final int AUTH_KEY_BYTES = 20;
    private static final HexFormat UPPER_HEX = HexFormat.of().withUpperCase();

    private final Disk disk;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Function<String, NewTlsIdentity> identities;

    public HomeMaker(Disk disk, SecureRandom random, InstantSource clock) {
        this(disk, random, clock, name -> NewTlsIdentity.make(name, clock.instant(), random));
    }

    /** With another source of identities by common name; making keys takes a while. */
    HomeMaker(Disk disk, SecureRandom random, InstantSource clock, Function<String, NewTlsIdentity> identities) {
        this.disk = disk;
        this.random = random;
        this.clock = clock;
        this.identities = identities;
    }

    /**
     * Makes a home.
     *
     * @param place where there is nothing yet, or an empty directory
     * @param config its config.txt
     * @param certificateName the common name in the certificate that every client sees
     * @throws HomeException when there is something in that place, or when the disk fails; what was made by then is removed
     */
    public NewHome make(Path place, ConfigDocument config, String certificateName) throws HomeException {
        Path root = place.toAbsolutePath().normalize();
        Optional<Path> existing = emptyDirectory(root);
        Path parent = existing.orElse(root.getParent());
        if (parent == null || !Files.isDirectory(parent)) {
            throw refused(root, "there is no directory " + parent + " to make it in. Make that first");
        }

        String administratorKey = authKey();
        String replicationKey = authKey();
        NewTlsIdentity identity = identities.apply(certificateName);
        HomeContent content = new HomeContent(config, accounts(administratorKey, replicationKey), identity);

        String mark = HexFormat.of().toHexDigits(random.nextInt());
        Path staging = existing.isPresent()
                ? parent.resolve(".init-" + mark)
                : parent.resolve("." + root.getFileName() + ".init-" + mark);
        List<Path> placed = new ArrayList<>();
        try {
            content.write(disk, staging);
            if (existing.isPresent()) {
                moveInto(existing.get(), staging, placed);
            } else {
                disk.rename(staging, root);
                placed.add(root);
                disk.forceDirectory(parent);
            }
        } catch (IOException | RuntimeException e) {
            throw failed(root, e, cleanUp(staging, placed));
        }
        return new NewHome(
                Home.at(root),
                administratorKey,
                replicationKey,
                identity.identity().digest());
    }

    /** The empty directory that is already in that place, links resolved, or empty when there is nothing. */
    private static Optional<Path> emptyDirectory(Path root) throws HomeException {
        if (Files.notExists(root, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isDirectory(root)) {
            throw refused(root, "there is a file or a link to nowhere of that name. Choose another place");
        }
        if (Files.exists(Home.at(root).config())) {
            throw refused(root, "there is a home already. Start the server on it, or choose another place");
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                throw refused(
                        root,
                        "the directory is not empty (there is " + entry.getFileName()
                                + " in it; names with .init- are of an -init that was interrupted). Empty it, or choose another"
                                + " place");
            }
            return Optional.of(root.toRealPath());
        } catch (IOException e) {
            throw new HomeException(
                    "home " + root + ": cannot look into the directory: " + Reason.of(e)
                            + ". Nothing was made. Give this user the right to, or choose another place.",
                    e);
        }
    }

    private void moveInto(Path root, Path staging, List<Path> placed) throws IOException {
        disk.restrict(root); // it was made by hand, most likely for everybody to look into
        for (String name : HomeContent.NAMES) {
            if (name.equals(HomeContent.LAST)) {
                // What came before must be there for good when the name that makes this a home appears.
                disk.forceDirectory(root);
            }
            disk.rename(staging.resolve(name), root.resolve(name));
            placed.add(root.resolve(name));
        }
        disk.delete(staging);
        disk.forceDirectory(root);
    }

    /**
     * Removes what was made, the mark of a home first, and only what is ours: another may have put something in that place
     * since we looked. Returns the failures.
     */
    private List<IOException> cleanUp(Path staging, List<Path> placed) {
        Removal removal = new Removal(disk);
        for (Path path : placed.reversed()) {
            removal.remove(path.resolve(HomeContent.LAST));
            removal.remove(path);
        }
        removal.remove(staging);
        return removal.failures();
    }

    private String accounts(String administratorKey, String replicationKey) {
        String stamp = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return """
                # The accounts of this server, a line each: user authkey time. The last line of a key counts.
                # Whoever knows the administrator's key controls the server: keep this file to yourself.
                administrator %s %s
                # The replication partner's repl_authkey.
                replication %s %s
                """.formatted(administratorKey, stamp, replicationKey, stamp);
    }

    private String authKey() {
        byte[] key = new byte[AUTH_KEY_BYTES];
        random.nextBytes(key);
        return UPPER_HEX.formatHex(key);
    }

    private static HomeException refused(Path root, String why) {
        return new HomeException("home " + root + ": not made, and nothing was touched: " + why + ".");
    }

    private static HomeException failed(Path root, Exception failure, List<IOException> cleaning) {
        String reason = failure instanceof IOException e ? Reason.of(e) : failure.toString();
        String left = cleaning.isEmpty()
                ? "What had been made was removed."
                : "Not all that had been made could be removed (" + Reason.of(cleaning.getFirst())
                        + "); it is no home, delete it.";
        HomeException failed = new HomeException(
                "home " + root + ": cannot be made: " + reason + ". " + left
                        + " See that there is space and that this user may write there, and run -init again.",
                failure);
        cleaning.forEach(failed::addSuppressed);
        return failed;
    }
}

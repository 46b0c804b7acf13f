package org.confmail.server.delivery;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries that an operator deleted from the queue, for as long as they can be brought back: each under its name and the second of
 * its deletion, with its time of modification, which is its place in the queue.
 */
final class Undo {
    /** Long enough to find out, on the Monday after, that it was the wrong one. */
    static final Duration KEPT = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger("send queue");

    private final Path directory;
    private final Disk disk;

    Undo(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /** Takes the file of an entry in. */
    void take(Path file, Key name, Instant now) throws IOException {
        disk.createDirectory(directory, Access.OWNER_ONLY);
        disk.rename(file, directory.resolve(name + "." + now.getEpochSecond()));
        disk.forceDirectory(directory);
    }

    /** Gives the file of an entry back, the one that was deleted last; returns false where there is none. */
    boolean give(Key name, Path file) throws IOException {
        Optional<RemovedEntry> last = list().stream()
                .filter(removed -> removed.file().equals(name))
                .max(Comparator.comparing(RemovedEntry::removed));
        if (last.isEmpty()) {
            return false;
        }
        disk.rename(path(last.get()), file);
        return true;
    }

    /** What is here, in the order of deletion. */
    List<RemovedEntry> list() throws IOException {
        List<RemovedEntry> found = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                read(file).ifPresent(found::add);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(Comparator.comparing(RemovedEntry::removed).thenComparing(RemovedEntry::file));
        return found;
    }

    /** Deletes for good what has been here for {@link #KEPT}. */
    void purge(Instant now) throws IOException {
        int deleted = 0;
        for (RemovedEntry removed : list()) {
            if (removed.removed().isBefore(now.minus(KEPT))) {
                disk.delete(path(removed));
                deleted++;
            }
        }
        if (deleted > 0) {
            LOG.info(
                    "{}: {} entries, deleted from the queue over {} days ago, are gone",
                    directory,
                    deleted,
                    KEPT.toDays());
        }
    }

    private Path path(RemovedEntry removed) {
        return directory.resolve(removed.file() + "." + removed.removed().getEpochSecond());
    }

    private static Optional<RemovedEntry> read(Path file) throws IOException {
        String[] parts = String.valueOf(file.getFileName()).split("\\.", -1);
        if (parts.length != 2 || !parts[1].matches("[0-9]{1,12}")) {
            return Optional.empty();
        }
        Optional<Key> name = Key.parse(parts[0]);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant removed = Instant.ofEpochSecond(Long.parseLong(parts[1]));
            return Optional.of(new RemovedEntry(name.get(), removed, Files.size(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}

package org.confmail.server.delivery;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of the send queue, and what lies in it: entries under their names, temporary files, and what somebody else has
 * put there, which is left alone. Knows no index and takes no lock.
 */
record QueueDirectory(QueuePlaces places, Disk disk) {
    private static final Logger LOG = LoggerFactory.getLogger("send queue");
    private static final String TEMPORARY = ".tmp";

    /** Who gets to know the entries. */
    @FunctionalInterface
    interface Visitor {
        /** @param time when the file was modified */
        void entry(Key name, Instant time) throws IOException;
    }

    Path path() {
        return places.queue();
    }

    /** The file of an entry, there or not. */
    Path file(Key name) {
        return path().resolve(name.toString());
    }

    /** Where a file about {@code about} is written before it gets its name; {@code time} makes it unique. */
    Path temporary(Key about, Instant time) {
        return path().resolve(about + "." + time.getEpochSecond() + "-" + time.getNano() + TEMPORARY);
    }

    /**
     * Visits all entries in no order, and removes temporary files that a killed server left. For the start only.
     *
     * @return the newest time of all that lies there
     */
    Instant load(Visitor visitor) throws IOException {
        Instant newest = Instant.EPOCH;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path())) {
            for (Path file : files) {
                if (file.toString().endsWith(TEMPORARY)) {
                    removeLeftOver(file);
                    continue;
                }
                Optional<BasicFileAttributes> attributes = attributes(file);
                if (attributes.isEmpty()) {
                    continue;
                }
                Instant time = attributes.get().lastModifiedTime().toInstant();
                newest = time.isAfter(newest) ? time : newest;
                Optional<Key> name = name(file);
                if (name.isPresent() && attributes.get().isRegularFile()) {
                    visitor.entry(name.get(), time);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return newest;
    }

    /** The names of all that may be entries. */
    List<Key> names() throws IOException {
        List<Key> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path())) {
            for (Path file : files) {
                name(file).ifPresent(names::add);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** When the file of an entry was modified; empty where it is not there, or no file. */
    Optional<Instant> time(Key name) throws IOException {
        return attributes(file(name))
                .filter(BasicFileAttributes::isRegularFile)
                .map(attributes -> attributes.lastModifiedTime().toInstant());
    }

    /** Moves an entry that is none out of the way, and logs it. */
    void moveToDamaged(Key name, String reason) throws IOException {
        disk.createDirectory(places.damaged(), Access.OWNER_ONLY);
        disk.rename(file(name), places.damaged().resolve("sendqueue-" + name));
        LOG.warn("{} is damaged: {}. It was moved to {}.", file(name), reason, places.damaged());
    }

    /** A file that cannot be deleted is in nobody's way. */
    private void removeLeftOver(Path file) {
        try {
            disk.delete(file);
            LOG.info("removed {}, left over from an interrupted write", file);
        } catch (IOException e) {
            LOG.warn("cannot delete {}: {}. Delete it by hand.", file, e.toString());
        }
    }

    /** The name of an entry, or empty for what somebody else put here. */
    private static Optional<Key> name(Path file) {
        return Key.parse(String.valueOf(file.getFileName()));
    }

    /** Empty where somebody has just deleted it. */
    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}

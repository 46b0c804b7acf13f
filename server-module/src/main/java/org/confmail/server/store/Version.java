package org.confmail.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.confmail.server.disk.DurableFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What tells one version of a stored file from another. A rename changes the file; a write in place, as the existing server
 * makes it, changes the time of modification before it changes a byte behind it. That time moves in ticks of some
 * milliseconds, though, so that two writes within a tick look like one. Hence the seal: this server gives its files a time whose
 * fraction of a second is always the same, which no tick has, but one in a billion. A file with a seal was written by a server
 * like this one and by nobody since.
 *
 * @param file which file it is, or null where the file system does not say (Windows; nobody writes in place there, because the
 *     existing server's locks are not to be had)
 * @param size in bytes
 */
record Version(@Nullable Object file, FileTime modified, long size) {
    /**
     * A file without a seal that was last written so long ago is not being written now. The existing server's write takes
     * milliseconds, and while one stands still the lock on its leaf lets nobody write there.
     */
    static final Duration QUIET = Duration.ofHours(1);

    /** That of no file. */
    static final Version NONE = new Version(null, FileTime.fromMillis(0), -1);

    private static final Logger LOG = LoggerFactory.getLogger("store");

    /** No clock of a kernel stands still for so long: ticks come 100 to 1,000 times a second. */
    static final Duration TICK_MAX = Duration.ofMillis(20);

    /** In whole microseconds: not every file system keeps more. */
    private static final int SEAL_NANOS = 271_828_000;

    /** Throws {@link java.nio.file.NoSuchFileException} where there is none. */
    static Version of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Version(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
    }

    /** Seals a file behind its last byte. Where the file system does not let it, its readers take the lock for a while. */
    static void seal(DurableFile file, Instant now) {
        try {
            file.modified(seal(now));
        } catch (IOException e) {
            LOG.debug("cannot set the time of a stored file: {}", e.toString());
        }
    }

    private static Instant seal(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).plusNanos(SEAL_NANOS);
    }

    /**
     * Whether nobody writes it in place at this moment. An empty file is one that was just cut: its size changes before its
     * time does.
     */
    boolean isSettled(Instant now) {
        if (size == 0) {
            return false;
        }
        Instant time = modified.toInstant();
        return file == null || time.equals(seal(time)) || time.isBefore(now.minus(QUIET));
    }

    /** Whether a write from now on is sure to get another time than this. */
    boolean isOfAnotherTick(Instant now) {
        return Duration.between(modified.toInstant(), now).abs().compareTo(TICK_MAX) > 0;
    }

    /** Whether both are versions of the same file, one before and one after a write in place. */
    boolean isSameFile(Version other) {
        return file != null && file.equals(other.file);
    }
}

package org.confmail.server.notify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.confmail.server.time.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * notify.txt, read again when it has changed (PROTOCOL section 13). {@link #current} belongs to one thread, which may block there for
 * a while.
 */
final class NotifyFile {
    private static final Logger LOG = LoggerFactory.getLogger("notify");
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);
    private static final long LOCK_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Some hundred thousand recipients. */
    private static final long BYTES_MAX = 16 << 20;

    private final Path file;
    private final Path lock;
    private final Ticker ticker;
    private Optional<NotifyList> list = Optional.empty();
    private Version read = Version.NONE;

    NotifyFile(Path file, Ticker ticker) {
        this.file = file;
        this.lock = file.resolveSibling(file.getFileName() + ".lock");
        this.ticker = ticker;
    }

    /** Whether there may be anything in it: it is there, or being changed. Any thread may ask. */
    boolean isThere() {
        return file.toFile().exists() || lock.toFile().exists();
    }

    /** What the file says now; empty where there is none, or none that can be read. */
    Optional<NotifyList> current() {
        awaitUnlocked();
        Version now = version();
        if (!now.equals(read)) {
            read = now;
            list = now.equals(Version.NONE) ? Optional.empty() : read(now);
        }
        return list;
    }

    /** Whoever changes the file may hold it for a moment; one who forgot his lock does not hold up mail for ever. */
    private void awaitUnlocked() {
        long start = ticker.nanos();
        while (Files.exists(lock) && !Thread.currentThread().isInterrupted()) {
            if (ticker.nanos() - start > LOCK_PATIENCE.toNanos()) {
                LOG.warn(
                        "{} is there for more than {} s; {} is read all the same. Is it left over?",
                        lock,
                        LOCK_PATIENCE.toSeconds(),
                        file);
                return;
            }
            LockSupport.parkNanos(LOCK_PAUSE_NANOS);
        }
    }

    private Version version() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(attributes.lastModifiedTime(), attributes.size());
        } catch (IOException e) {
            return Version.NONE; // mostly there is none; one that cannot be looked at cannot be read either
        }
    }

    private Optional<NotifyList> read(Version version) {
        if (version.bytes() > BYTES_MAX) {
            LOG.error("{} is larger than {} bytes and is not read; nobody is notified", file, BYTES_MAX);
            return Optional.empty();
        }
        try {
            List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            NotifyList parsed = NotifyList.parse(lines);
            parsed.problems().forEach(problem -> LOG.warn("{}: {}", file, problem));
            return Optional.of(parsed);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.error("cannot read {}: {}. Nobody is notified. Is it the server's to read?", file, e.toString());
            read = Version.NONE; // what keeps it from being read may pass without a change of the file
            return Optional.empty();
        }
    }

    private record Version(FileTime modified, long bytes) {
        static final Version NONE = new Version(FileTime.fromMillis(0), -1);
    }
}

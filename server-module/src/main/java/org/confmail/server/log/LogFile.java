package org.confmail.server.log;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The file that the log goes to, and the old ones beside it. Whoever moves the file away as well, as logrotate does, does no harm:
 * what stands under the name is opened, and made if nothing does.
 *
 * <p>Guarded by the monitor of the {@link LogOutput} that it belongs to.
 */
final class LogFile implements LogOutput.Source {
    /** Where moving aside failed, it will fail for the next line too. */
    private static final Duration RETRY_PAUSE = Duration.ofMinutes(10);

    private static final int DAY_BYTES = "yyyy-MM-dd".length();
    private static final int TIME_BYTES = "yyyy-MM-dd HH:mm:ss,SSS ".length();

    private final Path file;
    private final OldLogs old;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Function<String, byte[]> warning;
    private volatile Rotation rotation = Rotation.NEVER;
    private long size;
    private LocalDate begun = LocalDate.MAX;
    private Optional<Instant> failed = Optional.empty();

    /**
     * A file, which is not opened yet.
     *
     * @param file absolute
     * @param warning makes a line of the log
     */
    LogFile(Path file, InstantSource clock, ZoneId zone, Function<String, byte[]> warning) {
        this.file = file;
        this.old = new OldLogs(file);
        this.clock = clock;
        this.zone = zone;
        this.warning = warning;
    }

    /** Absolute. */
    Path path() {
        return file;
    }

    /** From the next line on. */
    void rotate(Rotation wanted) {
        rotation = wanted;
    }

    /** All files that hold lines of this log, the oldest first, the present one last. */
    List<Path> all() throws IOException {
        List<Path> all = old.list();
        all.add(file);
        return List.copyOf(all);
    }

    @Override
    public OutputStream open() throws IOException {
        OutputStream stream = append();
        try {
            size = Files.size(file);
            begun = begun();
            return stream;
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /** Made for the owner's eyes alone where it is absent. */
    private OutputStream append() throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, ownerOnly);
        } catch (FileAlreadyExistsException e) {
            // goes on at its end
        }
        // Not a channel: that would be closed by the interruption of a thread that logs.
        return new FileOutputStream(file.toFile(), true);
    }

    /** The day of the first line; today where there is none, or where it is no line of ours. */
    private LocalDate begun() throws IOException {
        byte[] time;
        try (InputStream in = new FileInputStream(file.toFile())) { // no channel, as above
            time = in.readNBytes(1 + TIME_BYTES);
        }
        int first = time.length > 0 && time[0] == '\n' ? 1 : 0; // the end of a line that was cut short
        if (LogLineParser.begins(time, first)) {
            try {
                return LocalDate.parse(new String(time, first, DAY_BYTES, StandardCharsets.US_ASCII));
            } catch (DateTimeException e) {
                // digits that are no day
            }
        }
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    @Override
    public boolean isFull(int bytes) {
        Rotation now = rotation;
        if (now.equals(Rotation.NEVER) || size == 0) {
            return false;
        }
        Instant moment = clock.instant();
        boolean large = now.bytes() > 0 && size + bytes > now.bytes();
        boolean aged = now.days() > 0
                && !LocalDate.ofInstant(moment, zone).minusDays(now.days()).isBefore(begun);
        return (large || aged) && !rests(moment);
    }

    /** A clock that went back meanwhile ends the pause. */
    private boolean rests(Instant moment) {
        return failed.filter(then -> !moment.isBefore(then) && moment.isBefore(then.plus(RETRY_PAUSE)))
                .isPresent();
    }

    @Override
    public void written(int bytes) {
        size += bytes;
    }

    @Override
    public byte[] moveAside() {
        Instant now = clock.instant();
        try {
            if (Files.size(file) > 0) { // or it is a new one, made by who moved ours away
                Files.move(file, old.next(now));
            }
        } catch (NoSuchFileException e) {
            return new byte[0]; // moved away already
        } catch (IOException e) {
            failed = Optional.of(now);
            return warning.apply("log: cannot move " + file + " aside: " + e
                    + ". The log goes on in it, and this is tried again. May this user write to that directory?");
        }
        return deleteOldest();
    }

    private byte[] deleteOldest() {
        try {
            List<Path> there = old.list();
            for (Path path : there.subList(0, Math.max(0, there.size() - rotation.keep()))) {
                Files.deleteIfExists(path);
            }
            return new byte[0];
        } catch (IOException e) {
            return warning.apply("log: cannot delete old log files: " + e + ". Delete them by hand.");
        }
    }
}

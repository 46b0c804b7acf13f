package org.confmail.server.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.confmail.server.account.Account;
import org.confmail.server.account.Accounts;
import org.confmail.server.block.Key;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.disk.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits here for other servers: a file for each block and purpose, in the reference format, named by the SHA-1 of its
 * content (PROTOCOL section 8). An entry is durable before its method returns.
 *
 * <p>The old queue has no order. Ours is the order of the files' modification times, which are set here and strictly
 * increase, over restarts too; so the order needs no file of its own, and the old server can take the queue over as it is.
 * An account change that comes back (added, removed, added again) replaces its equal and moves to the end, which is right:
 * the last state wins.
 */
public final class SendQueue implements Accounts.Passing {
    private static final Logger LOG = LoggerFactory.getLogger("send queue");
    /** The resolution of all file systems that we care about, and of what Java can set. */
    private static final ChronoUnit TIME_STEP = ChronoUnit.MICROS;

    private static final String TEMPORARY = ".tmp";

    private final Path directory;
    private final Disk disk;
    private final InstantSource clock;
    private Instant last;

    private SendQueue(Path directory, Disk disk, InstantSource clock, Instant last) {
        this.directory = directory;
        this.disk = disk;
        this.clock = clock;
        this.last = last;
    }

    /**
     * Opens the queue in {@code directory}, which exists and belongs to this server alone. Removes temporary files that a
     * killed server left.
     */
    public static SendQueue open(Path directory, Disk disk, InstantSource clock) throws IOException {
        Instant last = Instant.EPOCH;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (file.toString().endsWith(TEMPORARY)) {
                    removeLeftOver(disk, file);
                    continue;
                }
                Instant time = modified(file);
                last = time.isAfter(last) ? time : last;
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new SendQueue(directory, disk, clock, last);
    }

    /** Queues a text block as it was received. */
    public void replicate(Key key, String user, byte[] block) throws IOException {
        byte[] header = new QueueEntry.Replication(key, user).header();
        Key name = Key.sha1(header, block);
        put(name, file -> {
            file.write(ByteBuffer.wrap(header));
            file.write(ByteBuffer.wrap(block));
        });
        disk.forceDirectory(directory);
    }

    /**
     * Queues the data block that {@code file} holds as it was received.
     *
     * @param naming what {@link #naming} gave, fed with the whole block
     */
    public void replicate(Key key, String user, MessageDigest naming, FileChannel file) throws IOException {
        byte[] header = new QueueEntry.Replication(key, user).header();
        long size = file.size();
        put(Key.of(naming.digest()), entry -> {
            entry.write(ByteBuffer.wrap(header));
            entry.append(file, 0, size);
        });
        disk.forceDirectory(directory);
    }

    /** A digest that becomes the name of a data block's entry once it has been fed with the block. */
    public static MessageDigest naming(Key key, String user) {
        MessageDigest naming = Key.sha1Digest();
        naming.update(new QueueEntry.Replication(key, user).header());
        return naming;
    }

    @Override
    public void pass(List<Account> changes) throws IOException {
        for (Account change : changes) {
            byte[] header = new QueueEntry.AccountChange(change).header();
            put(Key.sha1(header), file -> file.write(ByteBuffer.wrap(header)));
        }
        disk.forceDirectory(directory);
    }

    private void put(Key name, Content content) throws IOException {
        Instant time = nextTime();
        Path target = directory.resolve(name.toString());
        // The time makes the name unique: two connections may queue the same block at once.
        Path temporary = directory.resolve(name + "." + time.getEpochSecond() + "-" + time.getNano() + TEMPORARY);
        try {
            try (DurableFile file = disk.create(temporary, Access.OWNER_ONLY)) {
                content.write(file);
                file.modified(time);
                file.force();
            }
            disk.rename(temporary, target);
        } catch (IOException e) {
            cleanUp(temporary, e);
            throw e;
        }
    }

    /** A file that cannot be deleted is in nobody's way. */
    private static void removeLeftOver(Disk disk, Path file) {
        try {
            disk.delete(file);
            LOG.info("removed {}, left over from an interrupted write", file);
        } catch (IOException e) {
            LOG.warn("cannot delete {}: {}. Delete it by hand.", file, e.toString());
        }
    }

    private void cleanUp(Path temporary, IOException failure) {
        try {
            disk.delete(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
            LOG.warn("cannot delete {}: {}. It goes at the next start.", temporary, e.getMessage());
        }
    }

    private synchronized Instant nextTime() {
        Instant now = clock.instant().truncatedTo(TIME_STEP);
        last = now.isAfter(last) ? now : last.truncatedTo(TIME_STEP).plus(1, TIME_STEP);
        return last;
    }

    private static Instant modified(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.EPOCH; // somebody tidied up by hand
        }
    }

    @FunctionalInterface
    private interface Content {
        void write(DurableFile file) throws IOException;
    }
}

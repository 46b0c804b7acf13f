package org.confmail.server.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.confmail.server.block.Key;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.DurableFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data block on its way in: a temporary file in its own leaf, written as the bytes arrive, so that it takes its place by a
 * rename. Closing removes what did not take its place. Belongs to one thread at a time.
 */
public final class Upload implements Closeable {
    /**
     * How much is written before the disk begins with it, while more arrives: the force at the end, which the poster waits for,
     * then finds little left to do.
     */
    private static final int WRITE_BACK_BYTES = 2 << 20;

    private static final Logger LOG = LoggerFactory.getLogger("store");

    private final Key key;
    private final Leaf leaf;
    private final Path temporary;
    private final Disk disk;
    private final DurableFile file;
    private final InstantSource clock;
    private @Nullable FutureTask<@Nullable Void> writeBack;
    private int unforced;
    private boolean forced;
    private boolean placed;

    Upload(Key key, Leaf leaf, Path temporary, Disk disk, DurableFile file, InstantSource clock) {
        this.key = key;
        this.leaf = leaf;
        this.temporary = temporary;
        this.disk = disk;
        this.file = file;
        this.clock = clock;
    }

    /** Appends bytes of the stored form. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        forced = false;
        file.write(ByteBuffer.wrap(bytes, offset, length));
        unforced += length;
        if (unforced >= WRITE_BACK_BYTES && (writeBack == null || writeBack.isDone())) {
            beginWriteBack();
        }
    }

    /** The file for reading, to be opened before the upload takes its place or is closed; it stays readable after that. */
    public FileChannel reader() throws IOException {
        return FileChannel.open(temporary, StandardOpenOption.READ);
    }

    Key key() {
        return key;
    }

    Leaf leaf() {
        return leaf;
    }

    /** Makes the content durable; does nothing the second time. */
    void force() throws IOException {
        if (!forced) {
            awaitWriteBack();
            Version.seal(file, clock.instant());
            file.force();
            forced = true;
        }
    }

    private void beginWriteBack() throws IOException {
        awaitWriteBack();
        FutureTask<@Nullable Void> force = new FutureTask<>(() -> {
            file.force();
            return null;
        });
        Thread.ofVirtual().name("write-back").start(force);
        writeBack = force;
        unforced = 0;
    }

    /** The system tells a failure to write once only: what the force in the background was told must not be lost. */
    private void awaitWriteBack() throws IOException {
        if (writeBack == null) {
            return;
        }
        try {
            writeBack.get();
        } catch (ExecutionException e) {
            throw new IOException("cannot write " + temporary, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing " + temporary, e);
        }
    }

    /** Takes the block's place. Called under the leaf's lock. */
    void place() throws IOException {
        disk.rename(temporary, leaf.block(key));
        placed = true;
    }

    @Override
    public void close() throws IOException {
        try (file) {
            endWriteBack();
        } finally {
            if (!placed) {
                delete();
            }
        }
    }

    /** Nothing is to work on a file that is closed. Whether it could be written has been asked by who wanted it placed. */
    private void endWriteBack() {
        try {
            awaitWriteBack();
        } catch (IOException e) {
            LOG.debug("writing {}", temporary, e);
        }
    }

    private void delete() {
        try {
            disk.delete(temporary);
        } catch (IOException e) {
            LOG.warn(
                    "cannot delete {}: {}. It goes when the server has started again and next writes there.",
                    temporary,
                    e.toString());
        }
    }
}

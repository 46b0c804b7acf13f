package org.confmail.server.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.confmail.server.account.Account;
import org.confmail.server.account.Accounts;
import org.confmail.server.block.Key;
import org.confmail.server.config.Settings;
import org.confmail.server.delivery.QueueFiles.Draft;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.DurableFile;

/**
 * What waits here for other servers: a file for each block and purpose, in the reference format, named by the SHA-1 of its
 * content (PROTOCOL section 8). An entry is durable before its method returns, and may be on its way by then. Safe for use by
 * many threads.
 *
 * <p>The old queue has no order. Ours is the order of the files' modification times, which are set here and strictly
 * increase, over restarts too; so the order needs no file of its own, and the old server can take the queue over as it is.
 * An account change that comes back (added, removed, added again) replaces its equal and moves to the end, which is right:
 * the last state wins.
 */
public final class SendQueue implements Accounts.Passing {
    private final QueueFiles files;
    private final Backlog backlog;
    private final Undo undo;

    private SendQueue(QueueFiles files, Backlog backlog, Undo undo) {
        this.files = files;
        this.backlog = backlog;
        this.undo = undo;
    }

    /**
     * Opens the queue. Of each entry only the head is read; what is none is moved away; temporary files that a killed server
     * left are removed.
     */
    public static SendQueue open(
            QueuePlaces places, Disk disk, InstantSource clock, Supplier<Settings.Delivery> settings)
            throws IOException {
        Backlog backlog = new Backlog(clock, settings);
        QueueFiles files = new QueueFiles(places, disk, clock, backlog);
        files.load();
        return new SendQueue(files, backlog, new Undo(places.undo(), disk));
    }

    /** Queues a text block as it was received. */
    public void replicate(Key key, String user, byte[] block) throws IOException {
        byte[] header = new QueueEntry.Replication(key, user).header();
        Key name = Key.sha1(header, block);
        Draft draft = files.draft(name);
        write(draft, file -> {
            file.write(ByteBuffer.wrap(header));
            file.write(ByteBuffer.wrap(block));
        });
        place(draft, name, EntryReader.replication(name, draft.time(), header.length + block.length, Lane.TEXT, key));
        files.force();
    }

    /**
     * Queues the data block that {@code file} holds as it was received.
     *
     * @param naming what {@link #naming} gave, fed with the whole block
     */
    public void replicate(Key key, String user, MessageDigest naming, FileChannel file) throws IOException {
        byte[] header = new QueueEntry.Replication(key, user).header();
        Key name = Key.of(naming.digest());
        Draft draft = files.draft(name);
        long block = file.size();
        write(draft, entry -> {
            entry.write(ByteBuffer.wrap(header));
            entry.append(file, 0, block);
        });
        place(draft, name, EntryReader.replication(name, draft.time(), header.length + block, Lane.DATA, key));
        files.force();
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
            Key name = Key.sha1(header);
            Draft draft = files.draft(name);
            write(draft, file -> file.write(ByteBuffer.wrap(header)));
            place(draft, name, EntryReader.accountChange(name, draft.time(), header.length, change));
        }
        files.force();
    }

    /**
     * Queues a text block for the servers that its Post-To lines name.
     *
     * @param embargo the time before which it must not leave
     * @param block as it was received; {@link PostTo#problem} finds none
     */
    public void proxy(Key key, Optional<Instant> embargo, byte[] block) throws IOException {
        QueueEntry.Proxy entry = new QueueEntry.Proxy(key, embargo);
        byte[] header = entry.header();
        Key name = Key.sha1(header, block);
        Draft draft = files.draft(name);
        Set<Target> targets = PostTo.targets(block);
        write(draft, file -> {
            file.write(ByteBuffer.wrap(header));
            file.write(ByteBuffer.wrap(block));
        });
        Optional<Instant> date = EntryReader.date(block);
        long size = (long) header.length + block.length;
        place(draft, name, EntryReader.proxy(name, draft.time(), size, Lane.TEXT, entry, date, targets));
        files.force();
    }

    /**
     * Begins to queue a data block for the servers that its Post-To lines name.
     *
     * @param embargo the time before which it must not leave
     * @param lines the header as it was received, without the Data line; {@link PostTo#problem} finds none
     * @param length of the data that {@link ProxyUpload#write} is going to get, in bytes
     */
    public ProxyUpload proxy(Key key, Optional<Instant> embargo, byte[] lines, long length) throws IOException {
        return new ProxyUpload(new QueueEntry.Proxy(key, embargo), lines, length);
    }

    QueueFiles files() {
        return files;
    }

    Backlog backlog() {
        return backlog;
    }

    Undo undo() {
        return undo;
    }

    private void write(Draft draft, Content content) throws IOException {
        try (DurableFile file = files.create(draft)) {
            content.write(file);
            QueueFiles.complete(file, draft);
        } catch (IOException e) {
            files.drop(draft);
            throw e;
        }
    }

    private void place(Draft draft, Key name, List<Entry> entries) throws IOException {
        try {
            files.place(draft, name, entries);
        } catch (IOException e) {
            files.drop(draft);
            throw e;
        }
    }

    @FunctionalInterface
    private interface Content {
        void write(DurableFile file) throws IOException;
    }

    /**
     * A data block on its way into the queue. Closing removes what was not {@linkplain #complete completed}. Belongs to one
     * thread.
     */
    public final class ProxyUpload implements Closeable {
        private final QueueEntry.Proxy entry;
        private final byte[] lines;
        private final MessageDigest naming = Key.sha1Digest();
        private final Draft draft;
        private final DurableFile file;
        private long size;
        private boolean complete;

        private ProxyUpload(QueueEntry.Proxy entry, byte[] lines, long length) throws IOException {
            this.entry = entry;
            this.lines = lines;
            this.draft = files.draft(entry.key());
            this.file = files.create(draft);
            try {
                byte[] dataLine = ("Data: " + length + "\n").getBytes(StandardCharsets.US_ASCII);
                for (byte[] part : List.of(entry.header(), lines, dataLine)) {
                    write(part, 0, part.length);
                }
            } catch (IOException e) {
                close();
                throw e;
            }
        }

        /** Appends data. */
        public void write(byte[] bytes, int offset, int count) throws IOException {
            naming.update(bytes, offset, count);
            file.write(ByteBuffer.wrap(bytes, offset, count));
            size += count;
        }

        /** Queues the block, durably, with all data that was promised. */
        public void complete() throws IOException {
            QueueFiles.complete(file, draft);
            file.close();
            Key name = Key.of(naming.digest());
            files.place(
                    draft,
                    name,
                    EntryReader.proxy(
                            name,
                            draft.time(),
                            size,
                            Lane.DATA,
                            entry,
                            EntryReader.date(lines),
                            PostTo.targets(lines)));
            complete = true;
            files.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
            if (!complete) {
                files.drop(draft);
            }
        }
    }
}

package org.confmail.server.store;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.DataHeader;
import org.confmail.server.block.DataJudgment;
import org.confmail.server.block.Key;
import org.confmail.server.block.Limits;
import org.confmail.server.disk.Disk;
import org.confmail.server.time.Ticker;

/** Valid blocks at one moment, and how they are posted to a store. */
final class Posts {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final String SERVER_ID = "0123abcd";
    static final String RECIPIENT = Blocks.hash("recipient");
    static final Key MAILBOX = Blocks.mailbox(RECIPIENT, "0");
    static final Key DATA = key("some data that is stored as a block");

    private static final byte[] BYTES = Blocks.bytes("some data that is stored as a block");
    private static final Limits LIMITS = Limits.server(Map.of());

    private final AtomicLong ticks = new AtomicLong();

    /** Each look at this clock comes later, so that a restart has a moment of its own. */
    InstantSource clock() {
        return () -> NOW.plusMillis(ticks.incrementAndGet());
    }

    BlockStore store(Path root, Disk disk) {
        return new BlockStore(root, disk, SERVER_ID, clock(), Ticker.SYSTEM);
    }

    private static Key key(String content) {
        return Key.sha1(Blocks.bytes(content));
    }

    static String announcement(String message) {
        return announcement("0", message);
    }

    static String announcement(String mailbox, String message) {
        String hash = Blocks.hash(message);
        return Blocks.announcement(RECIPIENT, mailbox, hash, NOW.minusSeconds(60), List.of(hash));
    }

    /** The data block of that date, as it is stored under {@link #DATA}. */
    static String data(Instant date) {
        return Blocks.dataHeader(BYTES, date) + "Data: " + BYTES.length + "\n" + Blocks.text(BYTES);
    }

    static Path file(Path root, Key key) {
        return Leaf.of(root, key).block(key);
    }

    /** Puts a file where a block is kept. */
    static void lay(Path root, Key key, String content) throws IOException {
        Files.createDirectories(Leaf.of(root, key).directory());
        Files.write(file(root, key), Blocks.bytes(content));
    }

    /** The whole file that the store serves. */
    static Optional<String> held(BlockStore store, Key key) throws IOException {
        Optional<StoredFile> open = store.open(key);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        try (StoredFile file = open.get()) {
            byte[] content = new byte[(int) file.size()];
            file.read(0, content, 0, content.length);
            return Optional.of(Blocks.text(content));
        }
    }

    static Outcome post(BlockStore store, String announcement) throws IOException {
        return post(store, MAILBOX, announcement);
    }

    static Outcome post(BlockStore store, Key key, String text) throws IOException {
        return store.merge(key, Blocks.valid(key, text, NOW));
    }

    /** Posts the data block of that date under {@link #DATA}. */
    static Outcome postData(BlockStore store, Instant date) throws IOException {
        DataHeader header = header(date, BYTES.length);
        try (Upload upload = store.upload(DATA, header)) {
            upload.write(BYTES, 0, 10);
            upload.write(BYTES, 10, BYTES.length - 10);
            return store.place(upload, header);
        }
    }

    /** The header of a data block of so many bytes, whatever they are. */
    static DataHeader header(Instant date, long length) {
        byte[] lines = Blocks.bytes(Blocks.dataHeader(BYTES, date));
        return assertInstanceOf(DataJudgment.Valid.class, DataHeader.parse(lines, length, LIMITS, NOW))
                .header();
    }
}

package org.confmail.server.home;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.confmail.server.block.DataCheck;
import org.confmail.server.block.DataHeader;
import org.confmail.server.block.DataJudgment;
import org.confmail.server.block.DataLine;
import org.confmail.server.block.Judgment;
import org.confmail.server.block.Key;
import org.confmail.server.block.KnownKeys;
import org.confmail.server.block.Limits;
import org.confmail.server.block.TextRules;
import org.confmail.server.dht.Dht;
import org.confmail.server.dht.Publication;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.net.LineReader;
import org.confmail.server.store.BlockStore;
import org.confmail.server.store.HeldBlock;
import org.confmail.server.store.Outcome;
import org.confmail.server.store.StoredKeys;
import org.confmail.server.store.Upload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what an old server accepted and had not yet validated when it ended (PROTOCOL sections 1 and 16). Our server has no
 * input queue, so this happens once, in the background, after a start on a home that was taken over.
 *
 * <p>An entry is deleted when its block is durable in the store, or invalid; so a server that is killed at any point takes the
 * rest in at its next start, and at worst merges one block twice, which changes nothing. Nothing is replicated: what came from
 * a client is in the send queue already. Entries of the DHT come last, as each may take seconds, and stay where they are when
 * there is no node.
 */
public final class InputQueue {
    /** No client could post a larger text. */
    private static final int TEXT_BYTES_MAX = 32 << 20;

    private static final int PIECE_BYTES = 64 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger("inputqueue");

    private final Home home;
    private final Disk disk;
    private final BlockStore store;
    private final KnownKeys keys;
    private final Supplier<Limits> limits;
    private final InstantSource clock;
    private final Optional<Dht> dht;

    /**
     * @param dht the node; empty where it is switched off
     */
    public InputQueue(
            Home home, Disk disk, BlockStore store, Supplier<Limits> limits, InstantSource clock, Optional<Dht> dht) {
        this.home = home;
        this.disk = disk;
        this.store = store;
        this.keys = new StoredKeys(store);
        this.limits = limits;
        this.clock = clock;
        this.dht = dht;
    }

    /**
     * Takes in all entries, oldest first.
     *
     * @param stopping is asked before each
     */
    public Report takeIn(BooleanSupplier stopping) {
        Report report = Report.EMPTY;
        try {
            List<Path> forDht = new ArrayList<>();
            for (Path entry : entries()) {
                if (stopping.getAsBoolean()) {
                    return report;
                }
                if (isForDht(entry)) {
                    forDht.add(entry);
                } else {
                    report = report.plus(takeIn(entry));
                }
            }
            for (Path entry : forDht) {
                if (stopping.getAsBoolean()) {
                    return report;
                }
                report = report.plus(takeIn(entry));
            }
        } catch (IOException e) {
            LOG.error("cannot read {}: {}. It is read again at the next start.", home.inputQueue(), e.toString());
        }
        if (!report.equals(Report.EMPTY)) {
            LOG.info("what an old server had accepted in {}: {}", home.inputQueue(), report);
        }
        return report;
    }

    private List<Path> entries() throws IOException {
        record Dated(Path file, FileTime time) {}
        List<Dated> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home.inputQueue(), InputQueue::isEntry)) {
            for (Path file : files) {
                found.add(new Dated(file, Files.getLastModifiedTime(file)));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(Comparator.comparing(Dated::time).thenComparing(Dated::file));
        return found.stream().map(Dated::file).toList();
    }

    private static boolean isEntry(Path file) {
        return Key.parse(String.valueOf(file.getFileName())).isPresent() && Files.isRegularFile(file);
    }

    private static boolean isForDht(Path entry) {
        try (InputStream in = Files.newInputStream(entry)) {
            return QueuedBlock.read(new LineReader(in))
                    .filter(block -> !(block instanceof QueuedBlock.ForStore))
                    .isPresent();
        } catch (IOException e) {
            return false; // it fails again when it is taken in, and that is told
        }
    }

    private Fate takeIn(Path entry) {
        try (InputStream in = Files.newInputStream(entry)) {
            LineReader lines = new LineReader(in);
            Optional<QueuedBlock> block = QueuedBlock.read(lines);
            if (block.isEmpty()) {
                return moveAway(entry, "it does not begin with the lines of an entry");
            }
            return switch (block.get()) {
                case QueuedBlock.ToDht(Key key) -> dht.isPresent() ? publish(dht.get(), entry, key) : Fate.LEFT;
                case QueuedBlock.FromDht(Key key) -> dht.isPresent() ? keep(dht.get(), entry, key) : Fate.LEFT;
                case QueuedBlock.ForStore forStore -> {
                    Fate fate = store(forStore, lines);
                    disk.delete(entry);
                    yield fate;
                }
            };
        } catch (EOFException e) {
            return moveAway(entry, "it ends too early");
        } catch (NoSuchFileException e) {
            return Fate.LEFT; // somebody tidied up by hand
        } catch (IOException | RuntimeException e) { // one that cannot be judged keeps no other waiting
            LOG.error(
                    "{} could not be taken in: {}. It stays, and is taken in at the next start.", entry, e.toString());
            return Fate.LEFT;
        }
    }

    private Fate publish(Dht node, Path entry, Key key) throws IOException {
        return switch (node.publish(key, behindTwoLines(entry))) {
            case Publication.Published _, Publication.Unchanged _ -> deleted(entry, Fate.STORED);
            case Publication.Invalid(String reason) -> deleted(entry, dropped(key, reason));
            case Publication.Failed(String reason) -> {
                LOG.warn("{} could not be given to the DHT: {}. It stays until the next start.", entry, reason);
                yield Fate.LEFT;
            }
        };
    }

    private Fate keep(Dht node, Path entry, Key key) throws IOException {
        Optional<HeldBlock> held = HeldBlock.read(behindTwoLines(entry));
        if (held.isEmpty()) {
            return moveAway(entry, "it does not go on with the lines of a held block");
        }
        HeldBlock block = held.get();
        return node.keep(key, block.block(), block.publisher(), block.originallyPublished())
                ? deleted(entry, Fate.STORED)
                : Fate.LEFT;
    }

    private Fate deleted(Path entry, Fate fate) throws IOException {
        disk.delete(entry);
        return fate;
    }

    /** What follows StoreType and StoreKeyid. */
    private static byte[] behindTwoLines(Path entry) throws IOException {
        byte[] all;
        try (InputStream in = Files.newInputStream(entry)) {
            all = in.readNBytes(TEXT_BYTES_MAX);
        }
        int from = 0;
        for (int lines = 0; lines < 2 && from < all.length; from++) {
            lines += all[from] == '\n' ? 1 : 0;
        }
        return Arrays.copyOfRange(all, from, all.length);
    }

    private Fate store(QueuedBlock.ForStore block, LineReader lines) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (String line = lines.line(); line != null; line = lines.line()) {
            OptionalLong length = DataLine.length(line);
            if (length.isPresent()) {
                return storeData(block.key(), text.toByteArray(), length.getAsLong(), lines);
            }
            if (text.size() > TEXT_BYTES_MAX) {
                return dropped(block.key(), "text over " + TEXT_BYTES_MAX + " bytes");
            }
            text.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
            text.write('\n');
        }
        return storeText(block, text.toByteArray());
    }

    private Fate storeText(QueuedBlock.ForStore block, byte[] text) throws IOException {
        return switch (TextRules.judge(block.key(), text, limits.get(), clock.instant(), block.poster(), keys)) {
            case Judgment.Invalid invalid -> dropped(block.key(), invalid.reason());
            case Judgment.Valid valid -> fate(block.key(), store.merge(block.key(), valid.block()));
        };
    }

    private Fate storeData(Key key, byte[] lines, long length, LineReader in) throws IOException {
        return switch (DataHeader.parse(lines, length, limits.get(), clock.instant())) {
            case DataJudgment.Invalid invalid -> dropped(key, invalid.reason());
            case DataJudgment.Valid valid -> {
                DataHeader header = valid.header();
                DataCheck check = header.check();
                try (Upload upload = store.upload(key, header)) {
                    byte[] piece = new byte[(int) Math.min(length, PIECE_BYTES)];
                    for (long left = length; left > 0; ) {
                        int count = in.read(piece, 0, (int) Math.min(left, piece.length));
                        check.update(piece, 0, count);
                        upload.write(piece, 0, count);
                        left -= count;
                    }
                    Optional<String> invalid = check.finish(key);
                    yield invalid.isPresent() ? dropped(key, invalid.get()) : fate(key, store.place(upload, header));
                }
            }
        };
    }

    private static Fate fate(Key key, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored _, Outcome.Unchanged _ -> Fate.STORED;
            case Outcome.Refused refused -> dropped(key, refused.reason());
        };
    }

    private static Fate dropped(Key key, String reason) {
        LOG.info("block {} dropped: {}", key, reason);
        return Fate.DROPPED;
    }

    private Fate moveAway(Path entry, String reason) {
        try {
            disk.createDirectory(home.damaged(), Access.OWNER_ONLY);
            disk.rename(entry, home.damaged().resolve("inputqueue-" + entry.getFileName()));
            LOG.warn("{} is damaged: {}. It was moved to {}.", entry, reason, home.damaged());
            return Fate.DAMAGED;
        } catch (IOException e) {
            LOG.error("{} is damaged: {}. It cannot be moved away: {}", entry, reason, e.toString());
            return Fate.LEFT;
        }
    }

    /** What became of an entry. */
    private enum Fate {
        STORED,
        DROPPED,
        DAMAGED,
        LEFT
    }

    /**
     * What became of the entries.
     *
     * @param stored blocks that are in the store now
     * @param dropped blocks that were invalid
     * @param damaged entries that were moved away
     * @param left entries that stay: those that could not be taken in, and those of the DHT where there is no node
     */
    public record Report(int stored, int dropped, int damaged, int left) {
        static final Report EMPTY = new Report(0, 0, 0, 0);

        private Report plus(Fate fate) {
            return switch (fate) {
                case STORED -> new Report(stored + 1, dropped, damaged, left);
                case DROPPED -> new Report(stored, dropped + 1, damaged, left);
                case DAMAGED -> new Report(stored, dropped, damaged + 1, left);
                case LEFT -> new Report(stored, dropped, damaged, left + 1);
            };
        }

        @Override
        public String toString() {
            return stored + " stored, " + dropped + " dropped as invalid, " + damaged + " damaged and moved away, "
                    + left + " left for later";
        }
    }
}

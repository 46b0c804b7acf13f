package org.confmail.server.session;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.confmail.server.block.DataCheck;
import org.confmail.server.block.DataHeader;
import org.confmail.server.block.Key;
import org.confmail.server.net.LineReader;
import org.confmail.server.net.Pace;
import org.confmail.server.store.BlockStore;
import org.confmail.server.store.Outcome;
import org.confmail.server.store.Upload;
import org.jspecify.annotations.Nullable;

/**
 * One data block on its way from the connection into the store: the bytes are written and hashed as they arrive, so that the
 * block is judged when the last one is here, in constant memory, written once. Hashing of a large block runs beside reading
 * and writing, on a thread that the system may interrupt; virtual threads are not time-sliced.
 *
 * <p>All bytes are read whatever happens, because the next command stands behind them: a full disk is told to the client
 * after that.
 */
final class DataIntake {
    /** What is hashed and written at once; a large upload holds two of these. With half as much it took a tenth longer. */
    static final int PIECE_BYTES = 128 * 1024;

    private final LineReader in;
    private final Pace pace;
    private final BlockStore store;
    private final ExecutorService hashing;

    DataIntake(LineReader in, Pace pace, BlockStore store, ExecutorService hashing) {
        this.in = in;
        this.pace = pace;
        this.store = store;
        this.hashing = hashing;
    }

    /**
     * Takes the block in.
     *
     * @param copy where a second copy of a block goes that was not refused, or null
     * @throws StoreFailure if it could not be made durable; all bytes were read
     */
    StoreResult take(Key key, DataHeader header, @Nullable Copy copy) throws IOException, StoreFailure {
        DataCheck check = header.check();
        Digests digests = new Digests(check, copy == null ? null : copy.naming());
        digests.name(header.stored());
        try (Sink<Upload> sink = new Sink<>(() -> store.upload(key, header), Upload::write, store.root())) {
            receive(header.length(), digests, sink);
            pace.end();
            Optional<String> invalid = check.finish(key);
            if (invalid.isPresent()) {
                return new StoreResult.Invalid(invalid.get());
            }
            return finish(header, copy, sink.upload());
        }
    }

    private StoreResult finish(DataHeader header, @Nullable Copy copy, Upload upload) throws StoreFailure {
        try (FileChannel reader = copy == null ? null : upload.reader()) {
            Outcome outcome = store.place(upload, header);
            if (reader != null && copy != null && !(outcome instanceof Outcome.Refused)) {
                copy.save(reader);
            }
            return new StoreResult.Valid(outcome);
        } catch (IOException e) {
            throw new StoreFailure(e);
        }
    }

    private void receive(long length, Digests digests, Sink<Upload> sink) throws IOException {
        if (length <= PIECE_BYTES) {
            byte[] all = new byte[(int) length];
            fill(all, all.length);
            digests.update(all, all.length);
            sink.write(all, all.length);
            return;
        }
        byte[] filling = new byte[PIECE_BYTES];
        byte[] hashed = new byte[PIECE_BYTES];
        @Nullable Future<?> busy = null;
        try {
            for (long left = length; left > 0; ) {
                int count = (int) Math.min(left, PIECE_BYTES);
                fill(filling, count);
                left -= count;
                await(busy);
                byte[] piece = filling;
                busy = submit(() -> digests.update(piece, count));
                sink.write(piece, count);
                filling = hashed;
                hashed = piece;
            }
        } finally {
            await(busy);
        }
    }

    private Future<?> submit(Runnable work) throws EndOfSession {
        try {
            return hashing.submit(work);
        } catch (RejectedExecutionException e) {
            throw new EndOfSession("the server is stopping");
        }
    }

    private void fill(byte[] piece, int count) throws IOException {
        for (int filled = 0; filled < count; ) {
            int more = in.read(piece, filled, count - filled);
            pace.moved(more);
            filled += more;
        }
    }

    private static void await(@Nullable Future<?> hashing) throws EndOfSession {
        if (hashing == null) {
            return;
        }
        try {
            hashing.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("hashing failed", e.getCause());
        } catch (InterruptedException | CancellationException e) {
            throw new EndOfSession("the server is stopping");
        }
    }

    /** Where a copy of the block goes besides the store. */
    interface Copy {
        /** Is fed with the whole block, header and bytes. */
        MessageDigest naming();

        /** Takes the whole block, durably. */
        void save(FileChannel block) throws IOException;
    }

    /** What became of a block, unless something failed. */
    sealed interface StoreResult {
        record Invalid(String reason) implements StoreResult {}

        record Valid(Outcome outcome) implements StoreResult {}
    }

    /** All hashes over one block. */
    private record Digests(DataCheck check, @Nullable MessageDigest naming) {
        void name(byte[] header) {
            if (naming != null) {
                naming.update(header);
            }
        }

        void update(byte[] piece, int count) {
            check.update(piece, 0, count);
            if (naming != null) {
                naming.update(piece, 0, count);
            }
        }
    }
}

package org.confmail.server.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.confmail.server.block.DataHeader;
import org.confmail.server.block.DataJudgment;
import org.confmail.server.block.Judgment;
import org.confmail.server.block.Key;
import org.confmail.server.block.KnownKeys;
import org.confmail.server.block.Limits;
import org.confmail.server.block.Poster;
import org.confmail.server.block.TextBlock;
import org.confmail.server.block.TextRules;
import org.confmail.server.delivery.SendQueue;
import org.confmail.server.net.Pace;
import org.confmail.server.session.DataIntake.StoreResult;
import org.confmail.server.store.Outcome;
import org.confmail.server.store.StoredKeys;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a block into the store (DESIGN: read within limits, validate, merge under the leaf's lock, queue for the
 * partner, answer). An invalid block is answered DONE like any other and dropped, because a server that gets anything else
 * keeps it queued for ever (PROTOCOL section 2). All but the judging of signed texts runs in the connection's thread.
 */
final class StoreCommands {
    private static final Logger LOG = LoggerFactory.getLogger("store");

    private final Services services;
    private final Connection connection;
    private final BlockReader reader;
    private final DataIntake intake;
    private final AuthKeyMask mask;
    private final KnownKeys knownKeys;

    StoreCommands(Services services, Connection connection, BlockReader reader, Pace pace, AuthKeyMask mask) {
        this.services = services;
        this.connection = connection;
        this.mask = mask;
        this.reader = reader;
        this.intake = new DataIntake(connection.in(), pace, services.store(), services.hashing());
        this.knownKeys = new StoredKeys(services.store());
    }

    /**
     * Reads the block and stores it; returns the answer.
     *
     * @param poster who posts it
     * @param replicate whether it goes to the partner as well, where there is one: it came from a client, not from him
     */
    String store(Key key, Poster poster, String posterName, boolean replicate) throws IOException {
        if (isRefused(key)) {
            return refuse();
        }
        Posted posted = reader.read();
        boolean queued = replicate && services.replicating().getAsBoolean();
        try {
            return switch (posted) {
                case Posted.Text text -> storeText(key, text.lines(), poster, queued ? posterName : null, replicate);
                case Posted.Data data -> storeData(key, data, queued ? posterName : null);
                case Posted.Dropped dropped -> drop(key, dropped.reason());
                case Posted.Forbidden forbidden -> {
                    LOG.warn("connection {}: block {} refused: {}", connection.number(), key, forbidden.reason());
                    yield Reply.FAILED;
                }
            };
        } catch (StoreFailure e) {
            LOG.error(
                    "connection {}: cannot save block {} in {} or for the partner: {}. The client was told FAILED.",
                    connection.number(),
                    key,
                    services.store().root(),
                    e.reason());
            services.counters().storeFailures().increment();
            return Reply.FAILED;
        }
    }

    /** Whether no new block is taken now, for this server or for others, because disk_reserve is reached. */
    boolean isRefused(Key key) {
        boolean refused = services.refusing().getAsBoolean();
        if (refused) {
            services.counters().refusedFull().increment();
            // Upkeep has said it loudly; a line for each block would help to fill the disk.
            LOG.debug("connection {}: block {} refused, as the disk is nearly full", connection.number(), key);
        }
        return refused;
    }

    /** Reads a block to its end and refuses it. */
    String refuse() throws IOException {
        if (reader.read() instanceof Posted.Data data) {
            reader.readAway(data.length());
        }
        return Reply.FAILED;
    }

    private String storeText(Key key, byte[] lines, Poster poster, @Nullable String queuedAs, boolean fromClient)
            throws EndOfSession, StoreFailure {
        return switch (judge(key, lines, poster)) {
            case Judgment.Invalid invalid -> drop(key, invalid.reason());
            case Judgment.Valid valid -> {
                TextBlock block = valid.block();
                block.remark()
                        .ifPresent(remark ->
                                LOG.info("connection {}: block {}: {}", connection.number(), key, mask.hide(remark)));
                try {
                    Outcome outcome = services.store().merge(key, block);
                    if (queuedAs != null && !(outcome instanceof Outcome.Refused)) {
                        services.sendQueue().replicate(key, queuedAs, lines);
                    }
                    if (fromClient && outcome instanceof Outcome.Stored) {
                        block.newMailFor().ifPresent(services.notifications()::stored);
                    }
                    yield answer(key, outcome);
                } catch (IOException e) {
                    throw new StoreFailure(e);
                }
            }
        };
    }

    /** Signatures are verified on a thread that the system may interrupt; virtual threads are not time-sliced. */
    private Judgment judge(Key key, byte[] lines, Poster poster) throws EndOfSession, StoreFailure {
        Limits limits = services.limits().get();
        Instant now = services.clock().instant();
        Callable<Judgment> judging = () -> TextRules.judge(key, lines, limits, now, poster, knownKeys);
        try {
            return TextRules.isSigned(lines)
                    ? services.hashing().submit(judging).get()
                    : TextRules.judge(key, lines, limits, now, poster, knownKeys);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException unreadable) {
                throw new StoreFailure(Objects.requireNonNull(unreadable.getCause()));
            }
            throw new IllegalStateException("judging a block failed", e.getCause());
        } catch (InterruptedException | RejectedExecutionException | CancellationException e) {
            throw new EndOfSession("the server is stopping");
        }
    }

    private String storeData(Key key, Posted.Data data, @Nullable String queuedAs) throws IOException, StoreFailure {
        Limits limits = services.limits().get();
        Instant now = services.clock().instant();
        return switch (DataHeader.parse(data.header(), data.length(), limits, now)) {
            case DataJudgment.Invalid invalid -> {
                reader.readAway(data.length());
                yield drop(key, invalid.reason());
            }
            case DataJudgment.Valid valid -> {
                DataIntake.Copy copy = queuedAs == null ? null : new QueueCopy(services.sendQueue(), key, queuedAs);
                yield switch (intake.take(key, valid.header(), copy)) {
                    case StoreResult.Invalid invalid -> drop(key, invalid.reason());
                    case StoreResult.Valid result -> answer(key, result.outcome());
                };
            }
        };
    }

    private String answer(Key key, Outcome outcome) {
        switch (outcome) {
            case Outcome.Stored stored -> {
                services.counters().stored().increment();
                LOG.debug("connection {}: block {} stored", connection.number(), key);
            }
            case Outcome.Unchanged unchanged ->
                LOG.debug("connection {}: block {}: what is held is as new", connection.number(), key);
            case Outcome.Refused refused -> drop(key, refused.reason());
        }
        return Reply.DONE;
    }

    private String drop(Key key, String reason) {
        services.counters().dropped().increment();
        LOG.info("connection {}: block {} dropped: {}", connection.number(), key, mask.hide(reason));
        return Reply.DONE;
    }

    /** The entry in the send queue that a data block gets. */
    private record QueueCopy(SendQueue queue, Key key, String user, MessageDigest naming) implements DataIntake.Copy {
        QueueCopy(SendQueue queue, Key key, String user) {
            this(queue, key, user, SendQueue.naming(key, user));
        }

        @Override
        public void save(FileChannel block) throws IOException {
            queue.replicate(key, user, naming, block);
        }
    }
}

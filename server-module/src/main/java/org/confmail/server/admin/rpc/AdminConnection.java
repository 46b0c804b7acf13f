package org.confmail.server.admin.rpc;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.confmail.server.net.DeadlineWatch;
import org.confmail.server.time.Scheduler;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminEvent;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminJson;
import org.confmail.shared.admin.AdminMessage;
import org.confmail.shared.admin.MessageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * One client of the admin socket. Three kinds of virtual threads: one reads, one writes ({@link Outbox}), and each request has
 * its own, so that a slow one does not hold up the others. Requests beyond the bounds below wait unread in the socket.
 */
final class AdminConnection {
    /** An answer comes within this time; a method that needs longer goes on without one. */
    static final Duration REQUEST_TIME_MAX = Duration.ofSeconds(30);

    /** Requests of one client under way, their answers included. */
    static final int REQUESTS_MAX = 8;

    static final int SUBSCRIPTIONS_MAX = 16;

    /** Requests up to this size need no permit. */
    private static final int SMALL_BYTES = 64 << 10;

    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final Logger LOG = LoggerFactory.getLogger("admin");

    private final SocketChannel channel;
    private final String who;
    private final Methods methods;
    private final Shared shared;
    private final Outbox outbox;
    private final Semaphore underWay = new Semaphore(REQUESTS_MAX);
    private final AtomicLong subscriptions = new AtomicLong();
    private final Map<Long, Feed> feeds = new ConcurrentHashMap<>();
    private boolean large; // the reading thread's own

    AdminConnection(SocketChannel channel, String who, Methods methods, Shared shared) {
        this.channel = channel;
        this.who = who;
        this.methods = methods;
        this.shared = shared;
        this.outbox = new Outbox(channel);
    }

    /** Serves the client until one side has enough. */
    void run() {
        Thread writer = Thread.ofVirtual().name("admin-writer").start(this::write);
        try (DeadlineWatch.Deadline deadline = shared.deadlines().watch(channel)) {
            read(deadline);
        } catch (IOException e) {
            LOG.debug("admin connection of {} ended", who, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            giveBackLarge();
            outbox.close();
            hangUp();
            writer.interrupt();
        }
    }

    /** Says that subscriptions may have something new. */
    void wake() {
        outbox.wake();
    }

    /** Ends the connection, from any thread. */
    void hangUp() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing an admin connection", e);
        }
    }

    private void read(DeadlineWatch.Deadline deadline) throws IOException, InterruptedException {
        MessageReader reader = new MessageReader(channel, size -> mayGrow(size, deadline));
        while (true) {
            try {
                Optional<JsonNode> value = reader.next();
                if (value.isEmpty()) {
                    awaitAnswers();
                    return;
                }
                if (large) {
                    deadline.in(FOR_EVER);
                    reader.idle();
                    giveBackLarge();
                }
                underWay.acquire();
                start(value.get());
            } catch (AdminException e) {
                underWay.acquire();
                outbox.answer(new AdminMessage.Failure(AdminMessage.NO_ID, e.error(), e.text()), underWay::release);
            } catch (MessageReader.TooLong e) {
                hangUpWith(String.valueOf(e.getMessage()));
                return;
            }
        }
    }

    /** The client asks no more, and may still read, as {@code socat} at the end of a pipe does. */
    private void awaitAnswers() throws InterruptedException {
        boolean answered = underWay.tryAcquire(REQUESTS_MAX, REQUEST_TIME_MAX.toNanos(), TimeUnit.NANOSECONDS);
        LOG.debug("{} asks no more, and was {}", who, answered ? "answered" : "not answered in time");
    }

    /** A large message needs one of a few permits and must come to its end, or few clients could fill the memory. */
    private boolean mayGrow(int size, DeadlineWatch.Deadline deadline) {
        if (size <= SMALL_BYTES || large) {
            return true;
        }
        large = shared.largeMessages().tryAcquire();
        if (large) {
            deadline.in(REQUEST_TIME_MAX);
        }
        return large;
    }

    private void giveBackLarge() {
        if (large) {
            large = false;
            shared.largeMessages().release();
        }
    }

    private void hangUpWith(String message) throws InterruptedException {
        Semaphore written = new Semaphore(0);
        outbox.answer(
                new AdminMessage.Failure(AdminMessage.NO_ID, AdminError.INVALID_REQUEST, message), written::release);
        shared.scheduler().after(REQUEST_TIME_MAX, written::release); // a client that does not read
        written.acquire();
    }

    private void start(JsonNode value) {
        AdminMessage.Request request;
        try {
            request = AdminMessage.request(value);
        } catch (AdminException e) {
            outbox.answer(new AdminMessage.Failure(AdminMessage.idOf(value), e.error(), e.text()), underWay::release);
            return;
        }
        Thread.ofVirtual().name("admin-request").start(() -> new Call(request).run());
    }

    private void write() {
        try {
            outbox.writeAll();
        } catch (IOException e) {
            LOG.debug("admin connection of {} ended", who, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            outbox.close();
            hangUp();
        }
    }

    /**
     * What all connections share.
     *
     * @param running how many requests are executed at a time; the others wait
     * @param largeMessages how many large messages are read at a time
     */
    record Shared(Semaphore running, Semaphore largeMessages, Scheduler scheduler, DeadlineWatch deadlines) {}

    /** One request on its way to its one answer. */
    private final class Call implements Caller, Runnable {
        private final AdminMessage.Request request;
        private final AtomicBoolean answered = new AtomicBoolean();
        private final Map<Long, Feed> begun = new ConcurrentHashMap<>();
        private final List<Runnable> afterwards = new CopyOnWriteArrayList<>();

        Call(AdminMessage.Request request) {
            this.request = request;
        }

        @Override
        public void run() {
            Scheduler.Scheduled late = shared.scheduler().after(REQUEST_TIME_MAX, this::tooLate);
            try {
                if (shared.running().tryAcquire(REQUEST_TIME_MAX.toNanos(), TimeUnit.NANOSECONDS)) {
                    try {
                        execute();
                    } finally {
                        shared.running().release();
                    }
                } else {
                    fail(AdminError.BUSY, "the server has too many requests under way; it was not done");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                late.cancel();
            }
        }

        private void execute() {
            try {
                JsonNode result = methods.call(request.method(), request.params(), this);
                if (answer(new AdminMessage.Result(request.id().orElse(AdminMessage.NO_ID), result))) {
                    begun.forEach((number, feed) -> outbox.open(number, feed));
                } else {
                    endBegun(); // the client was told that it failed
                }
            } catch (AdminException e) {
                fail(e.error(), e.text());
            } catch (IOException e) {
                LOG.warn("{} for {} failed: {}", request.method(), who, e.toString());
                fail(AdminError.FAILED, e.getMessage() == null ? e.toString() : e.getMessage());
            } catch (RuntimeException | StackOverflowError e) {
                LOG.error("{} for {}: internal error, please report it", request.method(), who, e);
                fail(AdminError.INTERNAL, "internal error: " + e + ". The server's log has more; please report it");
            }
        }

        private void fail(AdminError error, String message) {
            endBegun();
            answer(new AdminMessage.Failure(request.id().orElse(AdminMessage.NO_ID), error, message));
        }

        private void endBegun() {
            begun.forEach((number, feed) -> {
                feeds.remove(number);
                feed.close();
            });
        }

        private void tooLate() {
            answer(new AdminMessage.Failure(
                    request.id().orElse(AdminMessage.NO_ID),
                    AdminError.TIME_OUT,
                    "no answer within " + REQUEST_TIME_MAX.toSeconds() + " s; it may still be done"));
        }

        /** Answers, unless that was done before. */
        private boolean answer(AdminMessage message) {
            if (answered.getAndSet(true)) {
                return false;
            }
            if (request.id().isEmpty()) {
                done();
            } else {
                outbox.answer(message, this::done);
            }
            return true;
        }

        private void done() {
            underWay.release();
            afterwards.forEach(Runnable::run);
        }

        @Override
        public void afterwards(Runnable work) {
            afterwards.add(work);
        }

        @Override
        public String who() {
            return who;
        }

        @Override
        public AdminEvent.Subscribed subscribe(Feed feed) throws AdminException {
            if (feeds.size() >= SUBSCRIPTIONS_MAX) {
                feed.close();
                throw new AdminException(
                        AdminError.BUSY, "a client may have " + SUBSCRIPTIONS_MAX + " subscriptions; end one first");
            }
            long number = subscriptions.incrementAndGet();
            feeds.put(number, feed);
            begun.put(number, feed);
            return new AdminEvent.Subscribed(number);
        }

        @Override
        public boolean unsubscribe(long subscription) {
            outbox.end(subscription);
            return feeds.remove(subscription) != null;
        }

        @Override
        public <E extends Record> void tell(AdminEvent<E> event, E params) {
            outbox.event(new AdminMessage.Notification(event.name(), AdminJson.tree(params)));
        }
    }
}

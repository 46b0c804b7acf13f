package org.confmail.server.admin.rpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.confmail.shared.admin.AdminJson;
import org.confmail.shared.admin.AdminMessage;

/**
 * What is on its way to one client: answers first, then events, then what its subscriptions have. One thread writes; everybody
 * else only leaves something and goes on, so that a client that never reads holds up nobody. Answers are bounded by the
 * requests under way; events by their number; subscriptions hold nothing here.
 */
final class Outbox {
    /** Steps of a probe and the like; more are dropped. */
    private static final int EVENTS_MAX = 64;

    private final WritableByteChannel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    // All guarded by the lock.
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Deque<AdminMessage> events = new ArrayDeque<>();
    private final Map<Long, Feed> feeds = new LinkedHashMap<>();
    private boolean woken;
    private boolean closed;

    Outbox(WritableByteChannel channel) {
        this.channel = channel;
    }

    /** Leaves an answer; {@code written} runs when it was written, or never will be. */
    void answer(AdminMessage message, Runnable written) {
        boolean late;
        lock.lock();
        try {
            late = closed;
            if (!late) {
                answers.add(new Answer(message, written));
                something.signal();
            }
        } finally {
            lock.unlock();
        }
        if (late) {
            written.run();
        }
    }

    void event(AdminMessage.Notification event) {
        lock.lock();
        try {
            if (!closed && events.size() < EVENTS_MAX) {
                events.add(event);
                something.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Begins a subscription; what was left before comes first. */
    void open(long subscription, Feed feed) {
        boolean late;
        lock.lock();
        try {
            late = closed;
            if (!late) {
                feeds.put(subscription, feed);
                woken = true;
                something.signal();
            }
        } finally {
            lock.unlock();
        }
        if (late) {
            feed.close();
        }
    }

    /** Ends a subscription. */
    void end(long subscription) {
        Optional<Feed> feed;
        lock.lock();
        try {
            feed = Optional.ofNullable(feeds.remove(subscription));
        } finally {
            lock.unlock();
        }
        feed.ifPresent(Feed::close);
    }

    /** Says that subscriptions may have something new. */
    void wake() {
        lock.lock();
        try {
            if (!feeds.isEmpty()) {
                woken = true;
                something.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes until the connection ends. The writing thread's own. */
    void writeAll() throws IOException, InterruptedException {
        for (Optional<Batch> next = take(); next.isPresent(); next = take()) {
            writeAnswers(next.get().answers);
            writeFeeds(next.get().feeds);
        }
    }

    /** Each one is told that it was written, or never will be: those behind one that cannot be written as well. */
    private void writeAnswers(List<Answer> taken) throws IOException {
        Iterator<Answer> left = taken.iterator();
        try {
            while (left.hasNext()) {
                Answer answer = left.next();
                try {
                    write(answer.message);
                } finally {
                    answer.written.run();
                }
            }
        } finally {
            left.forEachRemaining(answer -> answer.written.run());
        }
    }

    /** Drops what is left and ends all subscriptions. */
    void close() {
        List<Answer> dropped;
        List<Feed> ended;
        lock.lock();
        try {
            closed = true;
            dropped = List.copyOf(answers);
            answers.clear();
            events.clear();
            ended = List.copyOf(feeds.values());
            feeds.clear();
            something.signalAll();
        } finally {
            lock.unlock();
        }
        dropped.forEach(answer -> answer.written.run());
        ended.forEach(Feed::close);
    }

    /** Waits for something to write: answers and events, maybe none where only subscriptions have something. */
    private Optional<Batch> take() throws InterruptedException {
        lock.lock();
        try {
            while (answers.isEmpty() && events.isEmpty() && !woken && !closed) {
                something.await();
            }
            if (closed) {
                return Optional.empty();
            }
            List<Answer> taken = new ArrayList<>(answers);
            events.forEach(event -> taken.add(new Answer(event, () -> {})));
            answers.clear();
            events.clear();
            woken = false;
            return Optional.of(new Batch(taken, Map.copyOf(feeds)));
        } finally {
            lock.unlock();
        }
    }

    /** One notification of each subscription that has one; answers that came meanwhile are not kept waiting for more. */
    private void writeFeeds(Map<Long, Feed> open) throws IOException {
        for (Map.Entry<Long, Feed> feed : open.entrySet()) {
            Optional<AdminMessage.Notification> news = feed.getValue().next(feed.getKey());
            if (news.isPresent()) {
                write(news.get());
                wake(); // there may be more
            }
        }
    }

    private void write(AdminMessage message) throws IOException {
        byte[] json = AdminJson.bytes(message.toJson());
        ByteBuffer line =
                ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    private record Answer(AdminMessage message, Runnable written) {}

    /**
     * What is written at a time.
     *
     * @param feeds the subscriptions that were open when the answers were taken: one that begins later has its own answer still
     *     in the queue, and nothing of it may be written before that
     */
    private record Batch(List<Answer> answers, Map<Long, Feed> feeds) {}
}

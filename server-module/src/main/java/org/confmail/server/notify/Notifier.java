package org.confmail.server.notify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.confmail.server.block.Key;
import org.confmail.server.time.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the mails, one after the other, in a thread of its own. A recipient who waits already is not queued again: the mail to
 * come tells of both. A mail that fails is given up with a line in the log, because the next message brings the next one. The
 * queue is guarded by this object's monitor, which is never held while anything is sent.
 */
public final class Notifier implements Notifications, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("notify");
    /** A slow mail server drops notifications, not messages. */
    private static final int WAITING_MAX = 1000;

    private final NotifyFile file;
    private final Mailer mailer;
    private final Queue<Key> queue = new ArrayDeque<>();
    private final Set<Key> waiting = new HashSet<>();
    private final Thread sender;
    private boolean overflowing;

    /** @param file notify.txt, which need not be there */
    public Notifier(Path file, Ticker ticker, Mailer mailer) {
        this.file = new NotifyFile(file, ticker);
        this.mailer = mailer;
        this.sender = Thread.ofVirtual().name("notify").start(this::run);
    }

    @Override
    public void stored(Key recipient) {
        if (file.isThere()) { // mostly it is not, and to wake a thread for each message would cost more than to look
            enqueue(recipient);
        }
    }

    private synchronized void enqueue(Key recipient) {
        if (waiting.contains(recipient)) {
            return;
        }
        if (queue.size() >= WAITING_MAX) {
            if (!overflowing) {
                overflowing = true;
                LOG.warn(
                        "{} notifications wait for the mail server: more are dropped until it has caught up",
                        WAITING_MAX);
            }
            return;
        }
        waiting.add(recipient);
        queue.add(recipient);
        notifyAll();
    }

    /** Ends the thread; what waits is dropped. */
    @Override
    public void close() {
        sender.interrupt();
        try {
            sender.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                notify(next());
            }
        } catch (InterruptedException e) {
            LOG.debug("notifier stopped");
        }
    }

    private synchronized Key next() throws InterruptedException {
        while (queue.isEmpty()) {
            overflowing = false;
            wait();
        }
        Key recipient = queue.remove();
        waiting.remove(recipient);
        return recipient;
    }

    private void notify(Key recipient) throws InterruptedException {
        Optional<NotifyList> list = file.current();
        if (list.isEmpty() || list.get().from().isEmpty()) {
            return;
        }
        for (String address : list.get().addresses().getOrDefault(recipient, List.of())) {
            try {
                mailer.send(list.get(), address);
                LOG.debug("told {} of new mail", recipient);
            } catch (IOException | RuntimeException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LOG.warn(
                        "cannot tell {} by mail through {}: {}. The message itself is stored. Is the mail server up, and"
                                + " does it take mail from {}?",
                        recipient,
                        list.get().server(),
                        e.getMessage(),
                        list.get().from().orElse(""));
            }
        }
    }
}

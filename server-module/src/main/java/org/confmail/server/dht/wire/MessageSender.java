package org.confmail.server.dht.wire;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.metrics.Metrics.Counter;
import org.confmail.server.net.DatagramLink;
import org.confmail.server.time.Scheduler;

/**
 * Sends messages: one of a single datagram at once, the fragments of a longer one at intervals, several such side by side. What
 * waits to be sent is bounded. Close it before the scheduler. Safe for use by many threads.
 */
public final class MessageSender implements AutoCloseable {
    /** Two of the largest mailboxes, or a thousand data blocks; and a part of the memory, which others must not exhaust. */
    static final long WAITING_BYTES_MAX =
            Math.min(80L << 20, Runtime.getRuntime().maxMemory() / 8);

    private final DatagramLink link;
    private final Scheduler scheduler;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Counter notSent;
    private volatile boolean closed;

    public MessageSender(DatagramLink link, Scheduler scheduler, Metrics metrics) {
        this.link = link;
        this.scheduler = scheduler;
        notSent = metrics.counter("dht_messages_not_sent_total", "long DHT messages for which too many others waited");
        metrics.gauge("dht_sending_bytes", "long DHT messages that are being sent", waitingBytes::get);
    }

    /** Sends a message, or counts it as not sent if too much waits already. */
    public void send(InetSocketAddress to, Fragments fragments) {
        if (fragments.count() == 1) {
            link.send(to, fragments.datagram(0));
        } else if (waitingBytes.addAndGet(fragments.bytes()) > WAITING_BYTES_MAX) {
            waitingBytes.addAndGet(-fragments.bytes());
            notSent.increment();
        } else {
            sendFrom(0, to, fragments);
        }
    }

    /** Sends no more of what waits. */
    @Override
    public void close() {
        closed = true;
    }

    private void sendFrom(int number, InetSocketAddress to, Fragments fragments) {
        link.send(to, fragments.datagram(number));
        if (number + 1 < fragments.count() && !closed) {
            scheduler.after(Fragments.SPACING, () -> sendFrom(number + 1, to, fragments));
        } else {
            waitingBytes.addAndGet(-fragments.bytes());
        }
    }
}

package org.confmail.server.dht.wire;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Reassembly.Outcome;
import org.confmail.server.dht.wire.Reassembly.Refusal;
import org.confmail.server.dht.wire.Reassembly.Waiting;
import org.confmail.server.dht.wire.Reassembly.Whole;
import org.confmail.server.time.Ticker;

/**
 * Incomplete messages, bounded in number, bytes and time, for each address and in all. Who has too much under way gets no more;
 * when all together have too much, those make room that have waited longest for a fragment. Everything in this class runs in
 * one thread, except the two figures.
 */
final class ReassemblyPool {
    /** The time-out of an existing node's requests: after that its sender has given up. Spacing is a thousandth of it. */
    static final Duration SILENCE_MAX = Duration.ofSeconds(5);
    /** So that fragments that drip don't hold memory for ever; the longest message takes a tenth of it. */
    static final Duration LIFE_MAX = Duration.ofSeconds(60);

    private final Bounds bounds;
    private final Ticker ticker;
    /** In the order of their last new fragments. */
    private final LinkedHashMap<Name, Incomplete> messages = new LinkedHashMap<>();

    private final Map<Origin, Share> shares = new HashMap<>();
    private final AtomicLong heldBytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /** A message's name. */
    private record Name(InetSocketAddress from, Key messageId) {}

    /** What one origin has here. */
    private static final class Share {
        private int messages;
        private long bytes;
    }

    /**
     * What is allowed.
     *
     * @param messageBytes of one message
     * @param addressBytes of one address's messages that are incomplete
     * @param bytes of all of them
     * @param addressMessages how many an address may have incomplete at a time
     * @param messages how many there may be of all addresses
     */
    record Bounds(int messageBytes, long addressBytes, long bytes, int addressMessages, int messages) {}

    ReassemblyPool(Bounds bounds, Ticker ticker) {
        this.bounds = bounds;
        this.ticker = ticker;
    }

    long heldBytes() {
        return heldBytes.get();
    }

    long dropped() {
        return dropped.get();
    }

    /** Adds a fragment of right size and number. */
    Outcome add(InetSocketAddress from, Key messageId, int count, int number, byte[] fragment) {
        expire();
        Name name = new Name(from, messageId);
        Incomplete known = messages.get(name);
        if (known == null) {
            // All fragments but the last are full.
            boolean tooLong = (count - 1L) * Fragments.PIECE_BYTES_MAX >= bounds.messageBytes;
            return tooLong
                    ? Refusal.MESSAGE_TOO_LONG
                    : hold(name, new Incomplete(count, ticker.nanos()), number, fragment);
        }
        if (known.count() != count) {
            return Refusal.OTHER_COUNT;
        }
        if (known.has(number)) {
            return Refusal.REPEATED_FRAGMENT;
        }
        if (known.age(ticker.nanos()) > LIFE_MAX.toNanos()) {
            drop(name, known);
            return Refusal.TOO_SLOW;
        }
        if (known.missing() > 1) {
            return hold(name, known, number, fragment);
        }
        remove(name, known);
        known.put(number, fragment, ticker.nanos());
        return new Whole(messageId, known.whole());
    }

    /** How long ago the last new fragment of a message came; empty where there is none. */
    Optional<Duration> silence(InetSocketAddress from, Key messageId) {
        return Optional.ofNullable(messages.get(new Name(from, messageId)))
                .map(message -> Duration.ofNanos(message.silence(ticker.nanos())));
    }

    void forget(InetSocketAddress from, Key messageId) {
        Name name = new Name(from, messageId);
        Incomplete message = messages.get(name);
        if (message != null) {
            remove(name, message);
        }
    }

    void expire() {
        long now = ticker.nanos();
        while (!messages.isEmpty()) {
            Map.Entry<Name, Incomplete> oldest = messages.firstEntry();
            if (oldest.getValue().silence(now) <= SILENCE_MAX.toNanos()) {
                return;
            }
            drop(oldest.getKey(), oldest.getValue());
        }
    }

    private Outcome hold(Name name, Incomplete message, int number, byte[] fragment) {
        boolean isNew = !messages.containsKey(name);
        long more = fragment.length + (isNew ? message.heldBytes() : 0);
        Origin origin = Origin.of(name.from().getAddress());
        Share share = shares.getOrDefault(origin, new Share());
        if (share.bytes + more > bounds.addressBytes || (isNew && share.messages == bounds.addressMessages)) {
            return Refusal.TOO_MUCH_UNDER_WAY;
        }
        while (heldBytes.get() + more > bounds.bytes || (isNew && messages.size() == bounds.messages)) {
            Map.Entry<Name, Incomplete> oldest = messages.firstEntry();
            drop(oldest.getKey(), oldest.getValue());
            if (oldest.getValue() == message) {
                return Refusal.TOO_MUCH_UNDER_WAY;
            }
        }
        message.put(number, fragment, ticker.nanos());
        messages.putLast(name, message);
        Share taken = shares.computeIfAbsent(origin, _ -> new Share());
        taken.bytes += more;
        taken.messages += isNew ? 1 : 0;
        heldBytes.addAndGet(more);
        return Waiting.WAITING;
    }

    private void drop(Name name, Incomplete message) {
        remove(name, message);
        dropped.incrementAndGet();
    }

    private void remove(Name name, Incomplete message) {
        messages.remove(name);
        Origin origin = Origin.of(name.from().getAddress());
        Share share = Objects.requireNonNull(shares.get(origin));
        share.bytes -= message.heldBytes();
        share.messages--;
        if (share.messages == 0) {
            shares.remove(origin);
        }
        heldBytes.addAndGet(-message.heldBytes());
    }
}

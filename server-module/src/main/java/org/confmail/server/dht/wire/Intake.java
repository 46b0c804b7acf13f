package org.confmail.server.dht.wire;

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.confmail.server.dht.wire.MalformedMessageException.Reason;
import org.confmail.server.dht.wire.Message.Request;
import org.confmail.server.dht.wire.Reassembly.Refusal;
import org.confmail.server.dht.wire.Reassembly.Waiting;
import org.confmail.server.dht.wire.Reassembly.Whole;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.metrics.Metrics.Counter;

/**
 * What becomes of every datagram that arrives: a message, a fragment that waits for others, or one more on the counter of a
 * refusal. Never an exception. Everything in this class runs in one thread.
 */
public final class Intake {
    private final Reassembly reassembly;
    private final Budgets budgets;
    private final Map<Reason, Counter> malformed = new EnumMap<>(Reason.class);
    private final Map<Refusal, Counter> refusedFragments = new EnumMap<>(Refusal.class);
    private final Counter overBudget;

    public Intake(Reassembly reassembly, Budgets budgets, Metrics metrics) {
        this.reassembly = reassembly;
        this.budgets = budgets;
        for (Reason reason : Reason.values()) {
            malformed.put(reason, counter(metrics, reason.name(), "DHT packets that were no message"));
        }
        for (Refusal refusal : Refusal.values()) {
            refusedFragments.put(refusal, counter(metrics, refusal.name(), "DHT fragments that were dropped"));
        }
        overBudget = counter(metrics, "OVER_BUDGET", "DHT requests above the budget of their address");
        metrics.gauge("dht_reassembly_bytes", "memory of incomplete DHT messages", reassembly::heldBytes);
        metrics.gauge("dht_reassembly_dropped", "incomplete DHT messages that were given up", reassembly::dropped);
    }

    /**
     * Takes a datagram.
     *
     * @param datagram may be kept, and nobody changes it
     * @return the message that it is, or that is now complete
     */
    public Optional<Message> take(InetSocketAddress from, byte[] datagram) {
        if (!Fragments.isFragment(datagram)) {
            return decoded(datagram).flatMap(message -> admitted(from, message));
        }
        return switch (reassembly.add(from, datagram)) {
            case Whole whole -> message(from, whole);
            case Waiting _ -> Optional.empty();
            case Refusal refusal -> refuse(refusedFragments, refusal);
        };
    }

    private Optional<Message> message(InetSocketAddress from, Whole whole) {
        Optional<Message> message = decoded(whole.message());
        if (message.isPresent() && !message.get().messageId().equals(whole.messageId())) {
            return refuse(malformed, Reason.OTHER_ID);
        }
        return message.flatMap(one -> admitted(from, one));
    }

    private Optional<Message> decoded(byte[] bytes) {
        try {
            return Optional.of(MessageCodec.decode(bytes));
        } catch (MalformedMessageException e) {
            return refuse(malformed, e.reason());
        }
    }

    private Optional<Message> admitted(InetSocketAddress from, Message message) {
        if (message instanceof Request && !budgets.admitsRequest(from.getAddress())) {
            overBudget.increment();
            return Optional.empty();
        }
        return Optional.of(message);
    }

    private static <R> Optional<Message> refuse(Map<R, Counter> counters, R reason) {
        Objects.requireNonNull(counters.get(reason)).increment();
        return Optional.empty();
    }

    private static Counter counter(Metrics metrics, String reason, String help) {
        return metrics.counter("dht_refused_" + reason.toLowerCase(Locale.ROOT) + "_total", help);
    }
}

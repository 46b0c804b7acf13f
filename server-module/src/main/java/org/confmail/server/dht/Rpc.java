package org.confmail.server.dht;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;
import org.confmail.server.dht.wire.Fragments;
import org.confmail.server.dht.wire.Message;
import org.confmail.server.dht.wire.Query;
import org.confmail.server.dht.wire.Result;
import org.confmail.server.time.Scheduler.Scheduled;
import org.jspecify.annotations.Nullable;

/**
 * Asks other nodes and matches their answers. An answer counts only from the address that was asked, with the message id that
 * only the asked one has seen, and from the node that was meant, where that is known. Belongs to the loop.
 *
 * <p>A request that is slow to be answered is sent once more, since a datagram may be lost; every request may be answered
 * twice without harm.
 */
final class Rpc {
    /** PROTOCOL section 10; ours only as the upper limit. */
    static final Duration TIME_OUT_MAX = Duration.ofSeconds(5);
    /** An answer that takes so many times as long as is usual does not come any more. */
    private static final int PATIENCES = 3;
    /** A store goes to eight nodes at once: together two megabits a second. */
    private static final long STORE_BYTES_PER_SECOND = 32 << 10;
    /** No request is sent again later than this. */
    private static final Duration PATIENCE_MAX = TIME_OUT_MAX.dividedBy(2);
    /** A long answer of which parts still come is waited for; by then nobody wants it any more. */
    private static final Duration ARRIVAL_MAX = Duration.ofSeconds(10);
    /** How often it is looked whether they still come. */
    private static final Duration ARRIVAL_CHECK = Duration.ofMillis(500);
    /** Requests on the way; each may hold a value that is to be stored. */
    private static final int PENDING_MAX = 4096;

    private final Key own;
    private final EventLoop loop;
    private final Transport transport;
    private final RandomGenerator random;
    private final RoundTrips roundTrips = new RoundTrips();
    private final Contacts contacts;
    private final DhtCounters counters;
    private final Map<Key, Pending> pending = new HashMap<>();

    Rpc(Key own, EventLoop loop, Transport transport, RandomGenerator random, Contacts contacts, DhtCounters counters) {
        this.own = own;
        this.loop = loop;
        this.transport = transport;
        this.random = random;
        this.contacts = contacts;
        this.counters = counters;
    }

    /** What every answer and every failure says about a contact. */
    interface Contacts {
        void answered(Contact contact);

        void failed(Contact contact);
    }

    /** What becomes of a request: slow perhaps, then answered or failed. */
    interface Fate {
        /** It takes longer than usual; it may yet be answered. */
        default void slow() {}

        void answered(Contact by, Result result);

        /** No answer, one from another node than was meant, or an error. */
        void failed();
    }

    /** Asks a node that is known. */
    void ask(Contact contact, Query query, Fate fate) {
        ask(contact.address(), contact.id(), query, fate);
    }

    /** Asks whoever is at this address. */
    void ask(InetSocketAddress address, Query query, Fate fate) {
        ask(address, null, query, fate);
    }

    private void ask(InetSocketAddress address, @Nullable Key expected, Query query, Fate fate) {
        if (pending.size() >= PENDING_MAX) {
            loop.post(fate::failed);
            return;
        }
        byte[] id = new byte[Key.BYTES];
        random.nextBytes(id);
        Pending request =
                new Pending(new Message.Request(Key.of(id), own, query), address, expected, fate, loop.nanos());
        pending.put(request.message.messageId(), request);
        counters.requestsSent().increment();
        request.send();
    }

    /** An answer has arrived from this address. */
    void received(Message answer, InetSocketAddress from) {
        Pending request = pending.get(answer.messageId());
        if (request == null) {
            counters.answersUnasked().increment();
        } else if (!request.address.equals(from)) {
            counters.answersSpoofed().increment();
        } else {
            pending.remove(answer.messageId());
            request.answered(answer);
        }
    }

    /** Whether an answer of this message id may come from this address. */
    boolean expects(InetSocketAddress from, Key messageId) {
        Pending request = pending.get(messageId);
        return request != null && request.address.equals(from);
    }

    /** How many requests wait for their answer. */
    int pending() {
        return pending.size();
    }

    /** A request that waits for its answer. */
    private final class Pending {
        private final Message.Request message;
        private final InetSocketAddress address;
        private final @Nullable Key expected;
        private final Fate fate;
        private final long sentNanos;
        private boolean sentAgain;
        /** Whether the answer is a long one, whose time says little about the next. */
        private boolean inParts;

        private @Nullable Scheduled timer;

        Pending(Message.Request message, InetSocketAddress address, @Nullable Key expected, Fate fate, long sentNanos) {
            this.message = message;
            this.address = address;
            this.expected = expected;
            this.fate = fate;
            this.sentNanos = sentNanos;
        }

        void send() {
            timer = loop.after(patience(), this::slow);
            transport.send(message, address);
        }

        /** A long message takes its time on the line, besides the round trip. */
        private Duration patience() {
            Duration patience = roundTrips.patience(address);
            if (message.query() instanceof Query.Store store && store.value().length > Fragments.PIECE_BYTES_MAX) {
                patience = patience.plusMillis(1000L * store.value().length / STORE_BYTES_PER_SECOND);
            }
            return patience.compareTo(PATIENCE_MAX) < 0 ? patience : PATIENCE_MAX;
        }

        private Duration waited() {
            return Duration.ofNanos(loop.nanos() - sentNanos);
        }

        private boolean isArriving() {
            return transport.isArriving(address, message.messageId());
        }

        private void slow() {
            Duration patience = waited();
            Duration timeOut = patience.multipliedBy(PATIENCES);
            Duration limit = timeOut.compareTo(TIME_OUT_MAX) < 0 ? timeOut : TIME_OUT_MAX;
            timer = loop.after(limit.minus(patience), this::timedOut);
            if (isArriving()) {
                inParts = true;
            } else {
                sentAgain = true;
                transport.send(message, address);
            }
            fate.slow();
        }

        private void timedOut() {
            if (isArriving() && waited().compareTo(ARRIVAL_MAX) < 0) {
                inParts = true;
                timer = loop.after(ARRIVAL_CHECK, this::timedOut);
                return;
            }
            pending.remove(message.messageId());
            transport.givenUp(address, message.messageId());
            counters.timeOuts().increment();
            if (expected != null) {
                contacts.failed(new Contact(expected, address));
            }
            fate.failed();
        }

        private void answered(Message answer) {
            if (timer != null) {
                timer.cancel();
            }
            if (!inParts) {
                roundTrips.measured(address, waited(), !sentAgain);
            }
            Contact by = new Contact(answer.sender(), address);
            transport.answered(address);
            contacts.answered(by);
            if (expected != null && !expected.equals(by.id())) {
                counters.answersOfOthers().increment();
                fate.failed();
                return;
            }
            switch (answer) {
                case Message.Response response -> fate.answered(by, response.result());
                case Message.Failure _, Message.Request _ -> fate.failed();
            }
        }
    }
}

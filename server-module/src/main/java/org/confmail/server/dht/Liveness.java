package org.confmail.server.dht;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;
import org.confmail.server.dht.wire.Query;
import org.confmail.server.dht.wire.Result;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the table to nodes that are there. Who asks us something is pinged before it enters; who failed is pinged again while
 * another waits for its place; who answers at a new address takes it only when the old one is dead. Belongs to the loop.
 */
final class Liveness implements Rpc.Contacts {
    /** Strangers that are pinged in a second: whoever forges senders makes us ping no more than that. */
    private static final int STRANGERS_PER_SECOND = 20;
    /** Contacts of any kind that are under examination. */
    private static final int EXAMINED_MAX = 256;
    /** Five failures in a row are to say that a node is gone, not that the network was interrupted for a moment. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final RoutingTable table;
    private final EventLoop loop;
    private final Set<InetSocketAddress> examined = new HashSet<>();
    private @Nullable Rpc rpc;
    private long secondNanos;
    private int strangers;

    Liveness(RoutingTable table, EventLoop loop) {
        this.table = table;
        this.loop = loop;
        this.secondNanos = loop.nanos();
    }

    /** Says by what to ask; once, before anything else. */
    void askBy(Rpc asking) {
        rpc = asking;
    }

    /** Somebody who calls himself so has asked us something. */
    void asked(Contact stranger) {
        if (table.wants(stranger) && mayPingStranger()) {
            ping(stranger, new Nothing());
        }
    }

    /** Asks a stranger whether he is there; if he is, goes on. */
    void prove(Contact stranger, Runnable then) {
        if (rpc != null && mayPingStranger()) {
            rpc.ask(stranger, new Query.Ping(), new Proving(then));
        }
    }

    @Override
    public void answered(Contact contact) {
        table.answered(contact).ifPresent(elsewhere -> ping(elsewhere, new Moving(elsewhere, contact)));
    }

    @Override
    public void failed(Contact contact) {
        if (table.failed(contact) && examined.size() < EXAMINED_MAX && examined.add(contact.address())) {
            loop.after(AGAIN, () -> {
                examined.remove(contact.address());
                if (table.find(contact.id())
                        .filter(entry -> entry.failures() > 0)
                        .isPresent()) {
                    ping(contact, new Nothing());
                }
            });
        }
    }

    private boolean mayPingStranger() {
        if (loop.nanos() - secondNanos > Duration.ofSeconds(1).toNanos()) {
            secondNanos = loop.nanos();
            strangers = 0;
        }
        return strangers++ < STRANGERS_PER_SECOND;
    }

    private void ping(Contact contact, Rpc.Fate fate) {
        if (rpc != null && examined.size() < EXAMINED_MAX && examined.add(contact.address())) {
            rpc.ask(contact, new Query.Ping(), new Examination(contact.address(), fate));
        }
    }

    /** Ends the examination of an address before it acts on the outcome. */
    private final class Examination implements Rpc.Fate {
        private final InetSocketAddress address;
        private final Rpc.Fate then;

        Examination(InetSocketAddress address, Rpc.Fate then) {
            this.address = address;
            this.then = then;
        }

        @Override
        public void answered(Contact by, Result result) {
            examined.remove(address);
            then.answered(by, result);
        }

        @Override
        public void failed() {
            examined.remove(address);
            then.failed();
        }
    }

    /** What is to be known of it, the table has heard. */
    private static final class Nothing implements Rpc.Fate {
        @Override
        public void answered(Contact by, Result result) {}

        @Override
        public void failed() {}
    }

    /** Goes on when it is answered. */
    private static final class Proving implements Rpc.Fate {
        private final Runnable then;

        Proving(Runnable then) {
            this.then = then;
        }

        @Override
        public void answered(Contact by, Result result) {
            then.run();
        }

        @Override
        public void failed() {}
    }

    /** Whether a known node is still where it was, now that one of the same id has answered elsewhere. */
    private final class Moving implements Rpc.Fate {
        private final Contact from;
        private final Contact to;

        Moving(Contact from, Contact to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public void answered(Contact by, Result result) {}

        @Override
        public void failed() {
            Key id = from.id();
            boolean dead = table.find(id)
                    .filter(entry -> entry.contact().equals(from) && entry.failures() > 1)
                    .isPresent();
            if (dead) {
                table.moved(from, to);
            }
        }
    }
}

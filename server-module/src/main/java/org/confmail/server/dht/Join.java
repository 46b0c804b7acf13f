package org.confmail.server.dht;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.confmail.server.dht.wire.Contact;
import org.confmail.server.dht.wire.Query;
import org.confmail.server.dht.wire.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the first contacts: asks the nodes that the operator named and those remembered from the last run, then looks up the
 * own id from there. While nobody is known it tries again and again, less and less often. Belongs to the loop.
 */
final class Join {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    /** An operator who repairs the network sees the node come back within this time. */
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);
    /** Named nodes beyond these are not asked. */
    private static final int ADDRESSES_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger("dht");

    private final RoutingTable table;
    private final Rpc rpc;
    private final Refresh refresh;
    private final EventLoop loop;
    private final Executor resolvers;
    private final Supplier<List<InetSocketAddress>> knodes;
    private List<Contact> remembered;
    private Duration pause = FIRST_PAUSE;
    private int waitingFor;
    private boolean told;

    /**
     * @param resolvers where names may be resolved, which blocks
     * @param knodes the addresses that the operator's names mean at this moment; those that can't be resolved are left out
     * @param remembered contacts of the last run
     */
    Join(
            RoutingTable table,
            Rpc rpc,
            Refresh refresh,
            EventLoop loop,
            Executor resolvers,
            Supplier<List<InetSocketAddress>> knodes,
            List<Contact> remembered) {
        this.table = table;
        this.rpc = rpc;
        this.refresh = refresh;
        this.loop = loop;
        this.resolvers = resolvers;
        this.knodes = knodes;
        this.remembered = remembered;
    }

    /** Asks all, whoever is known already. A node that joined others meanwhile makes two networks one again. */
    void start() {
        try {
            resolvers.execute(() -> {
                List<InetSocketAddress> addresses = knodes.get();
                loop.post(() -> ask(addresses));
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the server is stopping", e);
        }
    }

    private void ask(List<InetSocketAddress> addresses) {
        waitingFor = 1;
        for (InetSocketAddress address : addresses.subList(0, Math.min(ADDRESSES_MAX, addresses.size()))) {
            waitingFor++;
            rpc.ask(address, new Query.FindNode(table.own()), new Answer());
        }
        for (Contact contact : remembered) {
            waitingFor++;
            rpc.ask(contact, new Query.FindNode(table.own()), new Answer());
        }
        remembered = List.of(); // they are in the table, or gone
        done();
    }

    private void done() {
        waitingFor--;
        if (waitingFor > 0) {
            return;
        }
        if (table.size() == 0) {
            tryAgain();
            return;
        }
        pause = FIRST_PAUSE;
        told = false;
        refresh.all();
    }

    private void tryAgain() {
        if (!told) {
            told = true;
            LOG.info("no other node answers. Those of the knode lines are asked again from time to time.");
        }
        loop.after(pause, () -> {
            if (table.size() == 0) {
                start();
            } else {
                refresh.all();
            }
        });
        pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
    }

    /** Whoever answers is in the table by that. */
    private final class Answer implements Rpc.Fate {
        @Override
        public void answered(Contact by, Result result) {
            done();
        }

        @Override
        public void failed() {
            done();
        }
    }
}

package org.confmail.server.dht;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Budgets;
import org.confmail.server.dht.wire.Fragments;
import org.confmail.server.dht.wire.Intake;
import org.confmail.server.dht.wire.Message;
import org.confmail.server.dht.wire.MessageCodec;
import org.confmail.server.dht.wire.MessageSender;
import org.confmail.server.dht.wire.Reassembly;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.net.DatagramLink;
import org.confmail.server.time.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A node's messages as datagrams: decoded, put together and within the budgets of their addresses on the way in, cut on the way
 * out. Belongs to the loop.
 */
final class Endpoint implements Transport, AutoCloseable {
    /** How often incomplete messages are looked through. */
    private static final Duration EXPIRY = Duration.ofSeconds(5);

    private final DatagramLink link;
    private final LoopThread loop;
    private final Budgets budgets;
    private final Reassembly reassembly;
    private final Intake intake;
    private final MessageSender sender;
    private @Nullable Node node;

    Endpoint(DatagramLink link, LoopThread loop, Budgets.Limits limits, Scheduler scheduler, Metrics metrics) {
        this.link = link;
        this.loop = loop;
        this.budgets = new Budgets(limits, loop);
        this.reassembly = new Reassembly(loop, this::expects);
        this.intake = new Intake(reassembly, budgets, metrics);
        this.sender = new MessageSender(link, scheduler, metrics);
    }

    /** Begins to receive for a node. */
    void start(Node receiver) {
        loop.post(() -> {
            node = receiver;
            expire();
            link.start((from, datagram) -> loop.run(() -> received(receiver, from, datagram)));
        });
    }

    private void received(Node receiver, InetSocketAddress from, byte[] datagram) {
        intake.take(from, datagram).ifPresent(message -> receiver.received(message, from));
    }

    private boolean expects(InetSocketAddress from, Key messageId) {
        return node != null && node.expects(from, messageId);
    }

    private void expire() {
        reassembly.expire();
        loop.after(EXPIRY, this::expire);
    }

    @Override
    public boolean send(Message message, InetSocketAddress to) {
        Fragments fragments = new Fragments(message.messageId(), MessageCodec.encode(message));
        if (message instanceof Message.Request || budgets.admitsReply(to.getAddress(), fragments.bytes())) {
            sender.send(to, fragments);
            return true;
        }
        return budgets.isProven(to.getAddress()); // it has had enough; a stranger may prove himself
    }

    @Override
    public Leave leaveForValue(InetSocketAddress to, long bytes) {
        if (budgets.admitsReply(to.getAddress(), bytes)) {
            return Leave.GRANTED;
        }
        return budgets.isProven(to.getAddress()) ? Leave.REFUSED : Leave.PROOF_WANTED;
    }

    @Override
    public void sendValue(Message.Response answer, InetSocketAddress to) {
        sender.send(to, new Fragments(answer.messageId(), MessageCodec.encode(answer)));
    }

    @Override
    public boolean isArriving(InetSocketAddress from, Key messageId) {
        return reassembly.isArriving(from, messageId);
    }

    @Override
    public void answered(InetSocketAddress by) {
        budgets.proved(by.getAddress());
    }

    @Override
    public void givenUp(InetSocketAddress address, Key messageId) {
        reassembly.forget(address, messageId);
    }

    /** Sends and receives no more. */
    @Override
    public void close() {
        sender.close();
        link.close();
    }
}

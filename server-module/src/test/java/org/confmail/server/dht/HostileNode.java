package org.confmail.server.dht;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;
import org.confmail.server.dht.wire.Message;
import org.confmail.server.dht.wire.Query;
import org.confmail.server.dht.wire.Result;

/**
 * A node that does harm, by turns in all the ways it has: it names its accomplices, nodes that do not exist and honest
 * addresses under false ids; is silent; swallows what it is to store; serves false values; answers in others' names; and floods.
 * It answers pings, so that it gets into tables, and makes itself known to as many as it can.
 */
final class HostileNode implements SimulatedNetwork.Receiver {
    private final Contact self;
    private final List<Contact> accomplices;
    private final List<Contact> victims;
    private final SimulatedNetwork network;
    private final RandomGenerator random;

    /**
     * @param accomplices all hostile nodes
     * @param victims honest nodes
     */
    HostileNode(
            Contact self,
            List<Contact> accomplices,
            List<Contact> victims,
            SimulatedNetwork network,
            RandomGenerator random) {
        this.self = self;
        this.accomplices = accomplices;
        this.victims = victims;
        this.network = network;
        this.random = random;
    }

    /** Asks somebody something, so that it gets known. */
    void callOn(Contact victim) {
        request(victim.address(), self.address(), new Query.FindNode(self.id()));
    }

    /** Sends what nobody asked for: requests in honest nodes' names, answers to nothing. */
    void flood(Contact victim) {
        InetSocketAddress innocent = victims.get(random.nextInt(victims.size())).address();
        request(victim.address(), innocent, new Query.Ping());
        network.send(
                new Message.Response(randomKey(), self.id(), new Result.Contacts(false8(randomKey()))),
                innocent,
                victim.address());
    }

    private void request(InetSocketAddress to, InetSocketAddress from, Query query) {
        network.send(new Message.Request(randomKey(), self.id(), query), from, to);
    }

    @Override
    public void received(Message message, InetSocketAddress from) {
        if (!(message instanceof Message.Request request)) {
            return;
        }
        switch (request.query()) {
            case Query.Ping _ -> respond(request, from, Result.PONG);
            case Query.Store _ -> respond(request, from, Result.OK);
            case Query.FindNode(Key key) -> mislead(request, from, key);
            case Query.FindValue(Key key) -> {
                if (random.nextInt(4) == 0) {
                    byte[] lie = ("a lie about " + key + ":00009").getBytes(StandardCharsets.US_ASCII);
                    respond(request, from, new Result.Value(key, lie));
                } else {
                    mislead(request, from, key);
                }
            }
            case Query.Delete(Key key) -> mislead(request, from, key);
            case Query.Unknown _, Query.WrongArguments _ -> {}
        }
    }

    private void mislead(Message.Request request, InetSocketAddress from, Key key) {
        switch (random.nextInt(5)) {
            case 0 -> {} // silence
            case 1 -> respond(request, from, new Result.Contacts(false8(key)));
            case 2 -> respond(request, from, new Result.Contacts(closestAccomplices(key)));
            case 3 -> {
                // In the name of an accomplice, and from the address of somebody else.
                Contact other = accomplices.get(random.nextInt(accomplices.size()));
                network.send(
                        new Message.Response(
                                request.messageId(), other.id(), new Result.Contacts(closestAccomplices(key))),
                        self.address(),
                        from);
                network.send(
                        new Message.Response(randomKey(), other.id(), new Result.Contacts(false8(key))),
                        victims.get(random.nextInt(victims.size())).address(),
                        from);
            }
            default -> {
                List<Contact> mixed = new ArrayList<>(closestAccomplices(key).subList(0, 4));
                mixed.addAll(false8(key).subList(0, 4));
                respond(request, from, new Result.Contacts(mixed));
            }
        }
    }

    private List<Contact> closestAccomplices(Key key) {
        return accomplices.stream()
                .sorted((a, b) -> Distance.to(key).compare(a.id(), b.id()))
                .limit(Bucket.K)
                .toList();
    }

    /** Ids right beside the key, at addresses of nobody and of honest nodes. */
    private List<Contact> false8(Key key) {
        List<Contact> lies = new ArrayList<>();
        for (int i = 0; i < Bucket.K; i++) {
            Key id = Distance.randomSharing(key, 12 + random.nextInt(20), random);
            InetSocketAddress address = i % 2 == 0
                    ? SimulatedNet.address(1_000_000 + random.nextInt(1_000_000))
                    : victims.get(random.nextInt(victims.size())).address();
            lies.add(new Contact(id, address));
        }
        return lies;
    }

    private void respond(Message.Request request, InetSocketAddress to, Result result) {
        network.send(new Message.Response(request.messageId(), self.id(), result), self.address(), to);
    }

    private Key randomKey() {
        byte[] bytes = new byte[Key.BYTES];
        random.nextBytes(bytes);
        return Key.of(bytes);
    }
}

package org.confmail.server.dht;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;
import org.confmail.server.metrics.Metrics;

/** Many nodes under one simulated network and clock; the same again for the same seed. */
final class SimulatedNet {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int EPORT = 8081;

    final SimulatedLoop loop = new SimulatedLoop();
    final RandomGenerator random;
    final SimulatedNetwork network;
    final List<Member> members = new ArrayList<>();
    final DhtCounters counters = DhtCounters.in(new Metrics());
    private final List<HostileNode> hostile = new ArrayList<>();
    private final List<Contact> hostileContacts = new ArrayList<>();
    private int addresses;

    /** An honest node. */
    record Member(Contact contact, Node node, SimulatedHeld held) {}

    /** How a lookup ended. */
    record Search(boolean right, Duration time, int hops, int asked) {}

    SimulatedNet(long seed, SimulatedNetwork.Weather weather) {
        random = new SplittableRandom(seed);
        network = new SimulatedNetwork(loop, new SplittableRandom(seed + 1), weather);
    }

    /** Each in a subnet of its own. */
    static InetSocketAddress address(int number) {
        try {
            byte[] bytes = {(byte) (20 + (number >> 16)), (byte) (number >> 8), (byte) number, (byte) (number * 7 + 1)};
            return new InetSocketAddress(InetAddress.getByAddress(bytes), EPORT);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    Key randomKey() {
        byte[] bytes = new byte[Key.BYTES];
        random.nextBytes(bytes);
        return Key.of(bytes);
    }

    /** Adds honest nodes, a few a second, each of which joins through one that is there; and lets all refresh their buckets. */
    void join(int count) {
        grow(count);
        loop.run(Duration.ofMinutes(90));
    }

    /** Adds honest nodes, and leaves them no time. */
    void grow(int count) {
        for (int i = 0; i < count; i++) {
            joinOne();
            loop.run(Duration.ofMillis(200));
        }
    }

    Member joinOne() {
        Contact contact = new Contact(randomKey(), address(addresses++));
        SimulatedHeld held = new SimulatedHeld(loop);
        Node node = new Node(
                contact.id(),
                loop,
                network.from(contact.address()),
                held,
                Runnable::run,
                new SplittableRandom(random.nextLong()),
                loop,
                counters);
        network.attach(contact.address(), node::received);
        List<InetSocketAddress> knodes = new ArrayList<>();
        for (int i = 0; i < Math.min(2, members.size()); i++) {
            knodes.add(members.get(random.nextInt(members.size())).contact().address());
        }
        node.start(Runnable::run, () -> knodes, List.of(), _ -> {});
        Member member = new Member(contact, node, held);
        members.add(member);
        return member;
    }

    /** A node goes without a word. */
    void leave(Member member) {
        members.remove(member);
        network.detach(member.contact().address());
    }

    /** Adds hostile nodes: half anywhere, half gathered where ids share {@code bits} or more bits with {@code victim}. */
    void addHostile(int count, Key victim, int bits) {
        List<Contact> victims = members.stream().map(Member::contact).toList();
        for (int i = 0; i < count; i++) {
            Key id = i % 2 == 0
                    ? randomKey()
                    : Distance.randomSharing(
                            victim, bits + Integer.numberOfTrailingZeros(random.nextInt() | 1 << 12), random);
            Contact contact = new Contact(id, address(addresses++));
            hostileContacts.add(contact);
        }
        for (Contact contact : hostileContacts) {
            HostileNode node = new HostileNode(contact, hostileContacts, victims, network, random);
            hostile.add(node);
            network.attach(contact.address(), node);
        }
        // They call on everybody, those whose tables have room for them first of all.
        for (int round = 0; round < 3; round++) {
            for (HostileNode node : hostile) {
                for (int i = 0; i < 60; i++) {
                    node.callOn(victims.get(random.nextInt(victims.size())));
                }
                loop.run(Duration.ofMillis(500));
            }
        }
        loop.run(Duration.ofSeconds(30));
    }

    /** Lets hostile nodes flood for the time of one lookup. */
    void flood(int messages) {
        for (int i = 0; i < messages && !hostile.isEmpty(); i++) {
            HostileNode node = hostile.get(random.nextInt(hostile.size()));
            node.flood(anyone().contact());
        }
    }

    Member anyone() {
        return members.get(random.nextInt(members.size()));
    }

    Publication publish(Member by, String name, int version) {
        List<Publication> end = new ArrayList<>();
        by.node().publish(SimulatedHeld.key(name), SimulatedHeld.value(name, version), end::add);
        loop.runUntil(() -> !end.isEmpty(), PATIENCE);
        return end.getFirst();
    }

    Search find(Member by, String name) {
        long start = loop.nanos();
        List<Optional<byte[]>> end = new ArrayList<>();
        ValueLookup lookup = by.node().find(SimulatedHeld.key(name), end::add);
        boolean ended = loop.runUntil(() -> !end.isEmpty(), PATIENCE);
        if (!ended) {
            throw new AssertionError("no answer within " + PATIENCE);
        }
        return new Search(
                end.getFirst().isPresent(), Duration.ofNanos(loop.nanos() - start), lookup.hops(), lookup.asked());
    }
}

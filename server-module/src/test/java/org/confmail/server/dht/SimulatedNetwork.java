package org.confmail.server.dht;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Message;

/**
 * A network that loses messages and delays each by another time, so that they overtake one another. The time between two
 * addresses has a part of its own for each pair.
 */
final class SimulatedNetwork {
    /** How it treats messages. */
    record Weather(double loss, Duration delayMin, Duration delaySpread, Duration jitter) {
        /** As between hosts of one continent, with nothing lost. */
        static final Weather GOOD = new Weather(0, Duration.ofMillis(10), Duration.ofMillis(60), Duration.ofMillis(10));

        Weather losing(double part) {
            return new Weather(part, delayMin, delaySpread, jitter);
        }
    }

    /** What is at an address. */
    interface Receiver {
        void received(Message message, InetSocketAddress from);
    }

    private final SimulatedLoop loop;
    private final RandomGenerator random;
    private final Weather weather;
    private final Map<InetSocketAddress, Receiver> receivers = new HashMap<>();
    private long sent;
    /** What is said to those who want to send a value. */
    Transport.Leave leave = Transport.Leave.GRANTED;

    SimulatedNetwork(SimulatedLoop loop, RandomGenerator random, Weather weather) {
        this.loop = loop;
        this.random = random;
        this.weather = weather;
    }

    void attach(InetSocketAddress address, Receiver receiver) {
        receivers.put(address, receiver);
    }

    void detach(InetSocketAddress address) {
        receivers.remove(address);
    }

    /** What a node at this address sends by. */
    Transport from(InetSocketAddress address) {
        return new Transport() {
            @Override
            public boolean send(Message message, InetSocketAddress to) {
                SimulatedNetwork.this.send(message, address, to);
                return true;
            }

            @Override
            public Leave leaveForValue(InetSocketAddress to, long bytes) {
                return leave;
            }

            @Override
            public void sendValue(Message.Response answer, InetSocketAddress to) {
                send(answer, to);
            }

            @Override
            public boolean isArriving(InetSocketAddress from, Key messageId) {
                return false;
            }

            @Override
            public void answered(InetSocketAddress by) {}

            @Override
            public void givenUp(InetSocketAddress to, Key messageId) {}
        };
    }

    /** Sends a message, with any address as its sender. */
    void send(Message message, InetSocketAddress from, InetSocketAddress to) {
        sent++;
        if (random.nextDouble() < weather.loss) {
            return;
        }
        loop.after(delay(from, to), () -> {
            Receiver receiver = receivers.get(to);
            if (receiver != null) {
                receiver.received(message, from);
            }
        });
    }

    /** How many messages were sent so far. */
    long sent() {
        return sent;
    }

    private Duration delay(InetSocketAddress from, InetSocketAddress to) {
        long mixed = (from.hashCode() ^ to.hashCode()) * 0x9E3779B97F4A7C15L;
        double distance = (mixed >>> 11) / (double) (1L << 53);
        double jitter = random.nextExponential();
        return weather.delayMin.plusNanos(
                (long) (weather.delaySpread.toNanos() * distance + weather.jitter.toNanos() * Math.min(jitter, 8)));
    }
}

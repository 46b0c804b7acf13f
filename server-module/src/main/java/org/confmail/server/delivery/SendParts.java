package org.confmail.server.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.confmail.server.config.Settings;
import org.confmail.server.delivery.peer.Peers;

/**
 * What each session of the sender needs. All parts are safe for use by many threads.
 *
 * @param dht empty where this server has no node
 * @param linger how long a session stays open with nothing to do, so that a trickle of blocks needs no handshake for each
 */
record SendParts(
        SendQueue queue,
        Peers peers,
        Optional<OwnDht> dht,
        Supplier<Settings.Delivery> settings,
        Supplier<Settings.Routes> routes,
        InstantSource clock,
        RandomGenerator random,
        Expiry expiry,
        DeliveryCounters counters,
        ServerPlaces places,
        Duration linger) {

    Backlog backlog() {
        return queue.backlog();
    }
}

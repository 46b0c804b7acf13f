package org.confmail.server.delivery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.confmail.server.config.Settings;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.PreferredConnection;

/** In which order the servers of a target are tried: at random, but grouped by the kind of their names (PROTOCOL section 8). */
final class ServerOrder {
    private static final List<Kind> DIRECT = List.of(Kind.DIRECT, Kind.ONION, Kind.I2P);
    private static final List<Kind> TOR = List.of(Kind.ONION, Kind.DIRECT, Kind.I2P);
    private static final List<Kind> I2P = List.of(Kind.I2P, Kind.ONION, Kind.DIRECT);

    private enum Kind {
        DIRECT,
        ONION,
        I2P;

        static Kind of(HostPort server) {
            String host = server.host().toLowerCase(Locale.ROOT);
            if (host.endsWith(".onion")) {
                return ONION;
            }
            return host.endsWith(".i2p") ? I2P : DIRECT;
        }
    }

    private ServerOrder() {}

    static List<HostPort> of(List<HostPort> servers, Settings.Routes routes, RandomGenerator random) {
        List<Kind> kinds = kinds(routes);
        List<HostPort> ordered = new ArrayList<>(servers);
        Collections.shuffle(ordered, random);
        ordered.sort(Comparator.comparingInt(server -> kinds.indexOf(Kind.of(server)))); // stable
        return ordered;
    }

    private static List<Kind> kinds(Settings.Routes routes) {
        if (routes.preferredConnection() == PreferredConnection.I2P) {
            return I2P;
        }
        return routes.preferredConnection() == PreferredConnection.TOR || routes.useExitNode() ? TOR : DIRECT;
    }
}

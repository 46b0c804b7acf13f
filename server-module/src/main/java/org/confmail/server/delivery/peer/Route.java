package org.confmail.server.delivery.peer;

import java.util.Locale;
import java.util.Optional;
import org.confmail.server.config.Settings;
import org.confmail.shared.config.HostPort;

/** The way to another server (PROTOCOL section 8). */
public sealed interface Route {

    /** Straight to the server, its name looked up by the system. */
    record Direct() implements Route {}

    /** Through a SOCKS proxy, which gets the name as it is. */
    record Socks(HostPort proxy, Network network) implements Route {}

    /**
     * There is none, and nothing may be sent.
     *
     * @param remedy what is missing, and what to do
     */
    record None(String remedy) implements Route {}

    /** What lies behind a proxy. */
    enum Network {
        TOR("tor_proxy"),
        I2P("i2p_proxy"),
        PLAIN("socks_proxy");

        private final String option;

        Network(String option) {
            this.option = option;
        }

        /** The option that names the proxy. */
        String option() {
            return option;
        }
    }

    /** The way to {@code server} by these settings. A hidden address, and a hidden sender, never goes out directly. */
    static Route to(HostPort server, Settings.Routes settings) {
        return switch (AddressKind.of(server.host())) {
            case ONION ->
                through(settings.torProxy(), Network.TOR, ".onion servers are reached through TOR only: set tor_proxy");
            case I2P ->
                through(settings.i2pProxy(), Network.I2P, ".i2p servers are reached through I2P only: set i2p_proxy");
            case ORDINARY -> {
                if (settings.useExitNode()) {
                    yield through(
                            settings.torProxy(),
                            Network.TOR,
                            "use_exit_node sends everything through TOR: set tor_proxy, or use_exit_node to false");
                }
                yield settings.socksProxy()
                        .<Route>map(proxy -> new Socks(proxy, Network.PLAIN))
                        .orElseGet(Direct::new);
            }
        };
    }

    private static Route through(Optional<HostPort> proxy, Network network, String remedy) {
        return proxy.<Route>map(found -> new Socks(found, network)).orElseGet(() -> new None(remedy));
    }

    /** Which network an address belongs to, by its ending. */
    enum AddressKind {
        ONION,
        I2P,
        ORDINARY;

        static AddressKind of(String host) {
            String name = host.toLowerCase(Locale.ROOT);
            while (name.endsWith(".")) {
                name = name.substring(0, name.length() - 1); // the DNS root, which resolvers and proxies ignore
            }
            if (name.endsWith(".onion")) {
                return ONION;
            }
            return name.endsWith(".i2p") ? I2P : ORDINARY;
        }
    }
}

package org.confmail.shared.config;

import java.util.List;

/** Options of the Entangled network. */
public final class DhtOptions {
    private static final String BOUND_AT_START = "the server opens its UDP port when it starts";

    public static final ConfigOption<Integer> EPORT = ConfigOption.of("eport", new OptionType.Port(), "8081", """
                    The UDP port of this server's node in the Entangled network, the distributed store that all servers
                    share. It may be the same number as sport, and it must be open in the firewall.
                    """)
            .defaultingTo("8081")
            .atRestart(BOUND_AT_START);

    public static final ConfigOption<HostPort> KNODE = ConfigOption.of(
                    "knode", new OptionType.Endpoint(), "192.0.2.1:8081", """
                    A node of the Entangled network through which this one finds the others. Give several, each on a line
                    of its own, so that one may be down. Without any this node stays alone until others find it.
                    """)
            .onSeveralLines();

    /** An option of ours: a wrong value is refused, for it was meant to keep a hidden server off UDP. */
    public static final ConfigOption<Boolean> DHT = ConfigOption.of("dht", new OptionType.Switch(), "false", """
                    Whether this server takes part in the Entangled network. With false it opens no UDP port and sends no
                    UDP packet, as a hidden server should.
                    """)
            .defaultingTo("true")
            .atRestart(BOUND_AT_START);

    static final OptionGroup GROUP = new OptionGroup("Entangled network", List.of(EPORT, KNODE, DHT));

    private DhtOptions() {}
}

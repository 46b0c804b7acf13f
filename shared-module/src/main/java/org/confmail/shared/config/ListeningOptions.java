package org.confmail.shared.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Options of the listener and of clients' sessions. */
public final class ListeningOptions {
    private static final String BOUND_AT_START = "the server binds its ports when it starts";
    private static final int CONNECTIONS_MAX = 1_000_000;

    public static final ConfigOption<Integer> SPORT = ConfigOption.of("sport", new OptionType.Port(), "8081", """
                    The TCP port on which clients and other servers reach this server. It must be open in the firewall.
                    """)
            .defaultingTo("8081")
            .atRestart(BOUND_AT_START);

    public static final ConfigOption<InetAddress> BIND_ADDRESS = ConfigOption.of(
                    "bind_address", new OptionType.LocalAddress(), "127.0.0.1", """
                    Listen on this address only, for TCP and for UDP. Meant for hidden services, which only the TOR or I2P
                    software on the same machine should reach. Without it the server listens on all addresses.
                    """)
            .atRestart(BOUND_AT_START);

    public static final ConfigOption<Boolean> ENABLE_IPV6 = ConfigOption.of(
                    "enable_ipv6", new OptionType.Switch(), "true", """
                    Listen on IPv6 addresses as well as on IPv4 ones.
                    """)
            .defaultingTo("false")
            .toleratingWrongValues()
            .atRestart(BOUND_AT_START);

    public static final ConfigOption<Integer> MAX_CONNECTIONS = ConfigOption.of(
                    "max_connections", new OptionType.Count(1, CONNECTIONS_MAX), "20", """
                    How many connections may be open to this server at the same time. One more is told that the server is
                    busy and is closed. A lower number closes no connection that is open.
                    """)
            .defaultingTo("20");

    public static final ConfigOption<Duration> TIMEOUT =
            ConfigOption.of("timeout", new OptionType.Seconds(1), "60", """
                    After how many seconds a client that sends nothing is disconnected. A command must arrive whole within
                    this time; for a large block slowest_connection adds to it.
                    """).defaultingTo("60");

    public static final ConfigOption<Long> SLOWEST_CONNECTION = ConfigOption.of(
                    "slowest_connection", new OptionType.BytesPerSecond(), "768", """
                    The speed, in bytes per second, that the slowest client is expected to reach. It decides how long a
                    large block may take in either direction: 768 suits a mobile line of the oldest kind, and a client that
                    is slower is disconnected.
                    """)
            .defaultingTo("768");

    public static final ConfigOption<Boolean> PERMIT_DNS_TXT = ConfigOption.of(
                    "permit_dns_txt", new OptionType.Switch(), "false", """
                    Whether clients may have this server look up the TXT records with which a mail domain names its
                    servers. Set it to false on a hidden server: its questions could give away where it is. Clients then
                    need a DNS server of their own choice.
                    """)
            .defaultingTo("true")
            .toleratingWrongValues();

    public static final ConfigOption<Boolean> PROXY_REQUIRES_LOGIN = ConfigOption.of(
                    "proxy_requires_login", new OptionType.Switch(), "true", """
                    Whether a client must log in before this server sends messages to other servers on its behalf.
                    """)
            .defaultingTo("false")
            .toleratingWrongValues();

    static final OptionGroup GROUP = new OptionGroup(
            "Listening and clients",
            List.of(
                    SPORT,
                    BIND_ADDRESS,
                    ENABLE_IPV6,
                    MAX_CONNECTIONS,
                    TIMEOUT,
                    SLOWEST_CONNECTION,
                    PERMIT_DNS_TXT,
                    PROXY_REQUIRES_LOGIN));

    private ListeningOptions() {}
}

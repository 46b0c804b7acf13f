package org.confmail.shared.config;

import java.time.Duration;
import java.util.List;

/** Options of replication and of sending to other servers. */
public final class DeliveryOptions {
    public static final ConfigOption<HostPort> REPLPEER =
            ConfigOption.of("replpeer", new OptionType.Endpoint(), "mail2.example.com:8081", """
                    The other server of a replicating pair, to which this one passes on all that it stores. There can be
                    only one, and it should name this server in turn. Without it nothing is replicated.
                    """);

    public static final ConfigOption<Secret> REPL_AUTHKEY = ConfigOption.of(
                    "repl_authkey", new OptionType.AuthKey(), "0123456789ABCDEF0123456789ABCDEF01234567", """
                    The key with which this server logs in at its replication partner as the user replication. The same key
                    stands behind the word replication in the partner's auth.txt. Keep it secret.
                    """)
            .toleratingWrongValues();

    public static final ConfigOption<CertificatePins> REPL_CERT = ConfigOption.of(
                    "repl_cert",
                    new OptionType.CertificateDigests(),
                    "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33",
                    """
                    The SHA-1 digest of the replication partner's certificate, as this server logs it at the first
                    connection. When it is set, nothing is sent to a partner that shows another certificate, so nobody can
                    step between the two. Several digests, with commas between, allow for a change of certificates.
                    """)
            .toleratingWrongValues();

    public static final ConfigOption<HostPort> TOR_PROXY =
            ConfigOption.of("tor_proxy", new OptionType.Endpoint(), "127.0.0.1:9050", """
                    The SOCKS proxy of a TOR client, through which servers with .onion names are reached. Without it
                    messages can't be sent to such servers.
                    """);

    public static final ConfigOption<HostPort> I2P_PROXY =
            ConfigOption.of("i2p_proxy", new OptionType.Endpoint(), "127.0.0.1:4447", """
                    The SOCKS proxy of an I2P router, through which servers with .i2p names are reached. Without it
                    messages can't be sent to such servers.
                    """);

    public static final ConfigOption<HostPort> SOCKS_PROXY =
            ConfigOption.of("socks_proxy", new OptionType.Endpoint(), "127.0.0.1:1080", """
                    A SOCKS proxy for all other connections that this server makes. Needed where it can't connect directly.
                    """);

    public static final ConfigOption<Boolean> USE_EXIT_NODE = ConfigOption.of(
                    "use_exit_node", new OptionType.Switch(), "true", """
                    Whether connections to ordinary servers, too, go through tor_proxy and leave TOR at an exit node, so that
                    those servers do not learn this one's address. Without tor_proxy nothing is then sent to them at all.
                    """)
            .defaultingTo("false")
            .toleratingWrongValues();

    public static final ConfigOption<PreferredConnection> PREFERRED_CONNECTION = ConfigOption.of(
                    "preferred_connection", new OptionType.Choice<>(List.of(PreferredConnection.values())), "TOR", """
                    Which way is tried first when another server can be reached in several: Direct, TOR or I2P. The others
                    come after it.
                    """)
            .defaultingTo("Direct")
            .toleratingWrongValues();

    public static final ConfigOption<Duration> EXPIRE_DAYS =
            ConfigOption.of("expire_days", new OptionType.Days(0), "7", """
                    For how many days a message for another server is kept while that server can't be reached; after that it
                    is discarded. What waits for the replication partner is never discarded.
                    """).defaultingTo("7");

    public static final ConfigOption<Duration> RUN_QUEUE_INTERVAL = ConfigOption.of(
                    "run_queue_interval", new OptionType.Seconds(1), "120", """
                    How many seconds may pass before the send queue is looked through again for messages whose time has
                    come. New messages do not wait for it.
                    """)
            .defaultingTo("120");

    public static final ConfigOption<RetrySchedule> RETRY_SCHEDULE = ConfigOption.of(
                    "retry_schedule", new OptionType.Delays(), "0,120,300,1800,3600", """
                    How many seconds to wait before another server is tried again. The second number counts after the first
                    failure, the third after the second, and so on; the last one repeats. The first is the wait before the
                    first attempt.
                    """)
            .defaultingTo("0,120,300,1800,3600");

    static final OptionGroup GROUP = new OptionGroup(
            "Replication and sending",
            List.of(
                    REPLPEER,
                    REPL_AUTHKEY,
                    REPL_CERT,
                    TOR_PROXY,
                    I2P_PROXY,
                    SOCKS_PROXY,
                    USE_EXIT_NODE,
                    PREFERRED_CONNECTION,
                    EXPIRE_DAYS,
                    RUN_QUEUE_INTERVAL,
                    RETRY_SCHEDULE));

    private DeliveryOptions() {}
}

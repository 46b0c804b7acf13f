package org.confmail.server.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.confmail.server.log.Rotation;
import org.confmail.shared.config.AdminOptions;
import org.confmail.shared.config.CertificatePins;
import org.confmail.shared.config.ConfigValues;
import org.confmail.shared.config.DeliveryOptions;
import org.confmail.shared.config.DhtOptions;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.ListeningOptions;
import org.confmail.shared.config.LogOptions;
import org.confmail.shared.config.PreferredConnection;
import org.confmail.shared.config.RetrySchedule;
import org.confmail.shared.config.Secret;
import org.confmail.shared.config.StoreOptions;

/** All that config.txt says, as values, at one moment. Safe to print: secrets do not show. */
public record Settings(
        Listening listening,
        Sessions sessions,
        Store store,
        Upkeep upkeep,
        Delivery delivery,
        Routes routes,
        Dht dht,
        Admin admin,
        Log log,
        Metrics metrics) {

    /**
     * The settings that these values make.
     *
     * @throws IllegalArgumentException when the values have errors
     */
    public static Settings of(ConfigValues values) {
        if (values.hasErrors()) {
            throw new IllegalArgumentException("a config.txt with errors makes no settings");
        }
        return new Settings(
                Listening.of(values),
                Sessions.of(values),
                Store.of(values),
                Upkeep.of(values),
                Delivery.of(values),
                Routes.of(values),
                Dht.of(values),
                Admin.of(values),
                Log.of(values),
                Metrics.of(values));
    }

    /**
     * Where clients connect. Read at start only.
     *
     * @param port TCP
     * @param bindAddress the only address to listen on, TCP and UDP; empty = all
     */
    public record Listening(int port, Optional<InetAddress> bindAddress, boolean enableIpv6) {
        static Listening of(ConfigValues values) {
            return new Listening(
                    values.value(ListeningOptions.SPORT),
                    values.find(ListeningOptions.BIND_ADDRESS),
                    values.value(ListeningOptions.ENABLE_IPV6));
        }
    }

    /**
     * What clients may do, and for how long.
     *
     * @param maxConnections open at the same time, at least 1
     * @param timeout for a command or an idle connection, at least a second
     * @param slowestConnection bytes per second, at least 1; see {@link #transferLimit}
     */
    public record Sessions(
            int maxConnections,
            Duration timeout,
            long slowestConnection,
            boolean permitDnsTxt,
            boolean proxyRequiresLogin) {
        static Sessions of(ConfigValues values) {
            return new Sessions(
                    values.value(ListeningOptions.MAX_CONNECTIONS),
                    values.value(ListeningOptions.TIMEOUT),
                    values.value(ListeningOptions.SLOWEST_CONNECTION),
                    values.value(ListeningOptions.PERMIT_DNS_TXT),
                    values.value(ListeningOptions.PROXY_REQUIRES_LOGIN));
        }

        /** How long a data block of so many bytes may take in either direction: timeout + bytes / slowestConnection. */
        public Duration transferLimit(long bytes) {
            return timeout.plusSeconds(bytes / slowestConnection);
        }
    }

    /**
     * The block store.
     *
     * @param altLocalstore absolute; takes the place of the home's own localstore. Read at start only
     */
    public record Store(Optional<Path> altLocalstore, Ages ages) {
        static Store of(ConfigValues values) {
            // A relative path starts at the working directory, not at the home: so it was with the old server.
            return new Store(values.find(StoreOptions.ALT_LOCALSTORE).map(Path::toAbsolutePath), Ages.of(values));
        }
    }

    /** How old a block may be in the local store, by its type; PROTOCOL section 3. Zero and more. */
    public record Ages(Duration key, Duration data, Duration message, Duration ack, Duration claim) {
        /** The ages that hold where nothing else is said, and always in the DHT. */
        public static final Ages DEFAULT = of(ConfigValues.DEFAULTS);

        static Ages of(ConfigValues values) {
            return new Ages(
                    values.value(StoreOptions.MAX_AGE_KEY),
                    values.value(StoreOptions.MAX_AGE_DATA),
                    values.value(StoreOptions.MAX_AGE_MESSAGE),
                    values.value(StoreOptions.MAX_AGE_ACK),
                    values.value(StoreOptions.MAX_AGE_CLAIM));
        }
    }

    /**
     * How the server looks after its store by itself.
     *
     * @param pruneInterval zero = it does not prune
     * @param diskReserve bytes that are to stay free; 0 = none
     */
    public record Upkeep(Duration pruneInterval, long diskReserve) {
        static Upkeep of(ConfigValues values) {
            return new Upkeep(values.value(StoreOptions.PRUNE_INTERVAL), values.value(StoreOptions.DISK_RESERVE));
        }
    }

    /**
     * The send queue.
     *
     * @param replication empty = nothing is replicated
     * @param expiry how long a block for an unreachable server is kept
     * @param runQueueInterval the longest time between two looks at the queue; SELFTEST counts in it too
     */
    public record Delivery(
            Optional<Replication> replication,
            Duration expiry,
            Duration runQueueInterval,
            RetrySchedule retrySchedule) {
        static Delivery of(ConfigValues values) {
            return new Delivery(
                    values.find(DeliveryOptions.REPLPEER)
                            .map(peer -> new Replication(
                                    peer,
                                    values.find(DeliveryOptions.REPL_AUTHKEY),
                                    values.find(DeliveryOptions.REPL_CERT))),
                    values.value(DeliveryOptions.EXPIRE_DAYS),
                    values.value(DeliveryOptions.RUN_QUEUE_INTERVAL),
                    values.value(DeliveryOptions.RETRY_SCHEDULE));
        }
    }

    /**
     * The other server of a replicating pair.
     *
     * @param authKey empty = this server can't log in there
     * @param pins the only certificates to accept; empty = any
     */
    public record Replication(HostPort peer, Optional<Secret> authKey, Optional<CertificatePins> pins) {}

    /** How other servers are reached; PROTOCOL section 8. */
    public record Routes(
            Optional<HostPort> torProxy,
            Optional<HostPort> i2pProxy,
            Optional<HostPort> socksProxy,
            boolean useExitNode,
            PreferredConnection preferredConnection) {
        static Routes of(ConfigValues values) {
            return new Routes(
                    values.find(DeliveryOptions.TOR_PROXY),
                    values.find(DeliveryOptions.I2P_PROXY),
                    values.find(DeliveryOptions.SOCKS_PROXY),
                    values.value(DeliveryOptions.USE_EXIT_NODE),
                    values.value(DeliveryOptions.PREFERRED_CONNECTION));
        }
    }

    /**
     * The Entangled node.
     *
     * @param enabled false = no UDP at all. Read at start only
     * @param port UDP. Read at start only
     * @param knodes where to join; may be empty
     */
    public record Dht(boolean enabled, int port, List<HostPort> knodes) {
        static Dht of(ConfigValues values) {
            return new Dht(values.value(DhtOptions.DHT), values.value(DhtOptions.EPORT), values.all(DhtOptions.KNODE));
        }
    }

    /**
     * The administration socket. Read at start only.
     *
     * @param socket to be resolved against the home directory; empty = none
     * @param group who may open it besides the owner
     */
    public record Admin(Optional<Path> socket, Optional<String> group) {
        static Admin of(ConfigValues values) {
            return new Admin(values.find(AdminOptions.ADMIN_SOCKET), values.find(AdminOptions.ADMIN_SOCKET_GROUP));
        }
    }

    /** The log file. */
    public record Log(Rotation rotation) {
        static Log of(ConfigValues values) {
            return new Log(new Rotation(
                    values.value(LogOptions.LOG_ROTATE_SIZE),
                    values.value(LogOptions.LOG_ROTATE_DAYS),
                    values.value(LogOptions.LOG_ROTATE_KEEP)));
        }
    }

    /**
     * The metrics for other programs. Read at start only.
     *
     * @param port TCP, on 127.0.0.1; empty = none
     */
    public record Metrics(Optional<Integer> port) {
        static Metrics of(ConfigValues values) {
            return new Metrics(values.find(LogOptions.METRICS_PORT));
        }
    }
}

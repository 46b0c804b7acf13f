package org.confmail.shared.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminMethod.Nothing;

/** The server as a whole: is all well, what does it do, stop it. */
public final class ServerMethods {
    public static final AdminMethod<Nothing, State> STATE =
            AdminMethod.of("server.state", State.class, "Everything at a glance.");

    public static final AdminMethod<Nothing, Health> HEALTH = AdminMethod.of(
            "server.health",
            Health.class,
            "Looks whether store, disk, certificate, settings, queue, partner and DHT are well. The store is tried with a"
                    + " real file.");

    public static final AdminMethod<Nothing, Text> METRICS =
            AdminMethod.of("server.metrics", Text.class, "All counters and gauges in the Prometheus text format.");

    public static final AdminMethod<Nothing, Nothing> SHUTDOWN = AdminMethod.of(
            "server.shutdown",
            Nothing.class,
            "Stops the server in an orderly way: commands that run come to their end.");

    private ServerMethods() {}

    /** Result of {@link #STATE}. */
    public record State(
            @Doc("the server's version") String version,
            @Doc("the Java that runs it") String java,
            @Doc("its home directory") String home,
            @Doc("its process id") long processId,
            @Doc("when it started") Instant started,
            @Doc("seconds since then") long uptimeSeconds,
            @Doc("the TCP port of clients (sport)") int port,

            @Doc("the UDP port of the DHT (eport), if it takes part")
            Optional<Integer> dhtPort,

            @Doc("the one address that it listens on (bind_address), if there is one")
            Optional<String> bindAddress,

            @Doc("the log file, if there is one") Optional<String> logFile,
            @Doc("client connections open now") int connections,
            @Doc("how many may be open (max_connections)") int connectionsMax,

            @Doc("connections since the start, and how fast they come")
            Rate connectionRate,

            @Doc("commands by kind") List<Rate> requests,
            @Doc("bytes from and to clients, inside TLS") List<Rate> bytes,

            @Doc("what waits for other servers, if this server counts it")
            Optional<QueueLength> queue,

            @Doc("its memory") Memory memory,
            @Doc("the disks that its files lie on") List<DiskSpace> disks,
            @Doc("its own certificate") CertificateMethods.OwnCertificate certificate,

            @Doc("options that config.txt changes at the next start only")
            List<String> atRestart,

            @Doc("whether saved settings wait to be confirmed")
            boolean unconfirmed,

            @Doc("the last lines of level ERROR, the newest last")
            List<LogMethods.LogLine> lastErrors) {}

    /** A counter and its speed. */
    public record Rate(
            @Doc("what is counted") String name,
            @Doc("since the start") long total,
            @Doc("per minute, over the last minute") double perMinute,
            @Doc("per minute, over the last five minutes") double perMinuteOfFive) {}

    /** The send queue in two numbers. */
    public record QueueLength(
            @Doc("entries") long entries,
            @Doc("their bytes") long bytes) {}

    /** What the process uses. */
    public record Memory(
            @Doc("bytes of Java's heap in use") long heapUsed,
            @Doc("bytes to which the heap may grow") long heapMax,

            @Doc("bytes of the process that are in memory, where the system tells it")
            Optional<Long> resident) {}

    /** A disk. */
    public record DiskSpace(
            @Doc("what lies on it, as a path") String path,
            @Doc("bytes that are free for the server") long free,
            @Doc("bytes in all") long size) {}

    /** Result of {@link #HEALTH}. */
    public record Health(
            @Doc("whether no check failed; a warning is no failure")
            boolean well,

            @Doc("what was looked at") List<Check> checks) {}

    /** One thing that was looked at. */
    public record Check(
            @Doc("what: store, sender, disk, disk_reserve, prune, certificate, settings, queue, partner or dht")
            String name,

            @Doc("how it is") Verdict verdict,
            @Doc("what was found, and what to do") String text) {}

    /** How something is. */
    public enum Verdict {
        WELL("well"),
        WARNING("warning"),
        FAILED("failed");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** Text of several lines. */
    public record Text(@Doc("the text") String text) {}
}

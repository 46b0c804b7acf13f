package org.confmail.server.systemd;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service manager that started this process, if it is one that wants to hear how the process fares (sd_notify(3)). Telling it
 * never fails and never blocks for more than a second. Safe for use by many threads.
 */
public final class ServiceManager {
    private static final Logger LOG = LoggerFactory.getLogger("systemd");

    private final Optional<String> address;
    private final Optional<Duration> watchdog;
    private final Optional<UnixDatagrams> datagrams;
    private boolean stopping; // guarded by this
    private boolean failed; // guarded by this

    private ServiceManager(Optional<String> address, Optional<Duration> watchdog) {
        this.address = address;
        this.watchdog = watchdog;
        this.datagrams = address.map(_ -> new UnixDatagrams());
    }

    /** The manager that the environment of process {@code pid} names in NOTIFY_SOCKET; on other systems than Linux none. */
    public static ServiceManager of(Map<String, String> environment, long pid) {
        Optional<String> address = Optional.ofNullable(environment.get("NOTIFY_SOCKET"))
                .filter(name -> System.getProperty("os.name").equals("Linux"));
        if (address.isPresent()
                && !address.get().startsWith("/")
                && !address.get().startsWith("@")) {
            LOG.warn("NOTIFY_SOCKET is neither a path nor an abstract socket: nobody is told that the server is ready");
            return new ServiceManager(Optional.empty(), Optional.empty());
        }
        String forWhom = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid));
        return new ServiceManager(
                address,
                Optional.ofNullable(environment.get("WATCHDOG_USEC"))
                        .filter(_ -> address.isPresent() && forWhom.equals(Long.toString(pid)))
                        .flatMap(ServiceManager::micros));
    }

    private static Optional<Duration> micros(String text) {
        try {
            return Optional.of(Duration.of(Long.parseLong(text), ChronoUnit.MICROS))
                    .filter(time -> time.isPositive());
        } catch (NumberFormatException e) {
            LOG.warn("WATCHDOG_USEC is no number: there is no watchdog");
            return Optional.empty();
        }
    }

    /** How long this process may stay silent before it is taken for hung; empty = as long as it likes. */
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    /** The server serves, for the first time or after {@link #reloading}. */
    public synchronized void ready(String status) {
        if (!stopping) {
            tell("READY=1\nSTATUS=" + oneLine(status));
        }
    }

    /** It was told to read its settings again; {@link #ready} follows. */
    public synchronized void reloading() {
        if (!stopping && datagrams.isPresent()) {
            try {
                tell("RELOADING=1\nMONOTONIC_USEC=" + datagrams.get().monotonicMicros());
            } catch (IOException e) {
                LOG.warn("cannot read the monotonic clock: {}", e.getMessage());
            }
        }
    }

    /** It is alive. */
    public synchronized void alive(String status) {
        if (!stopping) {
            tell("WATCHDOG=1\nSTATUS=" + oneLine(status));
        }
    }

    /** It stops, by whoever's will. Nothing is told after that. */
    public synchronized void stopping() {
        tell("STOPPING=1\nSTATUS=stopping");
        stopping = true;
    }

    private void tell(String message) {
        if (address.isEmpty() || datagrams.isEmpty()) {
            return;
        }
        try {
            datagrams.get().send(address.get(), message);
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn(
                        "cannot tell the service manager at {} how the server fares: {}. It may take it for hung, and restart it.",
                        address.get(),
                        e.getMessage());
            }
            failed = true;
        }
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ');
    }
}

package org.confmail.server.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.server.admin.rpc.Caller;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.server.config.Settings;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.ConfigMethods.Change;
import org.confmail.shared.admin.ServerMethods;
import org.confmail.shared.admin.ServerMethods.DiskSpace;
import org.confmail.shared.admin.ServerMethods.Memory;
import org.confmail.shared.admin.ServerMethods.Rate;
import org.confmail.shared.admin.ServerMethods.State;
import org.confmail.shared.admin.ServerMethods.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server as a whole. */
final class ServerGroup {
    private static final Logger LOG = LoggerFactory.getLogger("admin");
    private static final int ERRORS_SHOWN = 10;

    /** Where Linux tells what a process uses. */
    private static final Path PROCESS_STATUS = Path.of("/proc/self/status");

    private final AdminParts parts;
    private final Rates rates;
    private final ConfigGroup config;
    private final CertificateGroup certificates;
    private final HealthChecks health;

    ServerGroup(AdminParts parts, Rates rates, ConfigGroup config, CertificateGroup certificates) {
        this.parts = parts;
        this.rates = rates;
        this.config = config;
        this.certificates = certificates;
        this.health = new HealthChecks(parts, config);
    }

    void register(Methods methods) {
        methods.on(ServerMethods.STATE, this::state)
                .on(ServerMethods.HEALTH, (nothing, caller) -> health.look())
                .on(
                        ServerMethods.METRICS,
                        (nothing, caller) ->
                                new Text(PrometheusText.of(parts.metrics().samples())))
                .on(ServerMethods.SHUTDOWN, this::shutdown);
    }

    private State state(Nothing nothing, Caller caller) {
        Settings settings = parts.settings().current();
        List<Rate> bytes = new ArrayList<>(rates.of("received_bytes_total", "received"));
        bytes.addAll(rates.of("sent_bytes_total", "sent"));
        List<Rate> requests = new ArrayList<>(rates.of("commands_total", "all"));
        requests.addAll(rates.of("commands_by_kind_total", ""));
        return new State(
                parts.version(),
                Runtime.version().toString(),
                parts.home().root().toString(),
                ProcessHandle.current().pid(),
                parts.started(),
                Duration.between(parts.started(), parts.clock().instant()).toSeconds(),
                parts.port().getAsInt(),
                settings.dht().enabled() ? Optional.of(settings.dht().port()) : Optional.empty(),
                settings.listening().bindAddress().map(InetAddress::getHostAddress),
                parts.log().file().map(Path::toString),
                parts.sessions().open(),
                settings.sessions().maxConnections(),
                rates.of("connections_total", "connections").getFirst(),
                requests,
                bytes,
                parts.queue().map(QueueControl::length),
                memory(),
                disks(),
                certificates.present(),
                atRestart(),
                config.isUnconfirmed(),
                parts.log().errors().newest(ERRORS_SHOWN, line -> true).stream()
                        .map(Levels::toShared)
                        .toList());
    }

    private static Memory memory() {
        Runtime java = Runtime.getRuntime();
        return new Memory(java.totalMemory() - java.freeMemory(), java.maxMemory(), resident());
    }

    private static Optional<Long> resident() {
        try {
            for (String line : Files.readAllLines(PROCESS_STATUS)) {
                String[] words = line.split("\\s+", -1);
                if (words[0].equals("VmRSS:") && words.length == 3) {
                    return Optional.of(Long.parseLong(words[1]) << 10); // KiB
                }
            }
        } catch (IOException | NumberFormatException e) {
            LOG.debug("{} does not tell the memory in use", PROCESS_STATUS, e);
        }
        return Optional.empty();
    }

    /** What cannot be told is left away: the state of a server in trouble is asked for more than any other, and health says why. */
    private List<DiskSpace> disks() {
        List<DiskSpace> disks = new ArrayList<>();
        for (Path path : List.of(parts.home().root(), parts.home().localStore())) {
            try {
                FileStore disk = Files.getFileStore(path);
                disks.add(new DiskSpace(path.toString(), disk.getUsableSpace(), disk.getTotalSpace()));
            } catch (IOException e) {
                LOG.debug("the disk of {} does not tell its space", path, e);
            }
        }
        return disks;
    }

    private List<String> atRestart() {
        try {
            return config.atRestart().stream().map(Change::option).toList();
        } catch (IOException e) {
            LOG.debug("config.txt cannot be read", e);
            return List.of();
        }
    }

    private Nothing shutdown(Nothing nothing, Caller caller) {
        LOG.warn("{} stops the server", caller.who());
        caller.afterwards(parts.stop());
        return Nothing.AT_ALL;
    }
}

package org.confmail.server.home;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.server.config.Settings;
import org.confmail.shared.config.AdminOptions;
import org.confmail.shared.config.ConfigFile;
import org.confmail.shared.config.ConfigProblem;
import org.confmail.shared.config.ConfigValues;
import org.confmail.shared.config.DeliveryOptions;
import org.confmail.shared.config.DhtOptions;
import org.confmail.shared.config.ListeningOptions;
import org.confmail.shared.config.StoreOptions;

/**
 * Looks a home over (-check) and tells everything that is wrong with it, not just the first thing. Changes nothing: makes no
 * file and no directory, and may be used beside the running server. Ports are tried by taking them for a moment.
 */
public final class HomeCheck {
    /** The shortest limit of the systems that we run on is 104 bytes with a zero at the end (macOS); Linux has 108. */
    private static final int SOCKET_PATH_BYTES_MAX = 103;

    private final InstantSource clock;

    public HomeCheck(InstantSource clock) {
        this.clock = clock;
    }

    /** All that is to be said about the home at {@code root}, in the order in which a server would come upon it. */
    public List<Finding> check(Path root) {
        Home home = Home.at(root);
        List<Finding> findings = new ArrayList<>(DirectoryCheck.root(home));
        if (!findings.isEmpty()) {
            return findings; // nothing else can be seen
        }
        LockProbe.State lock = LockProbe.of(home);
        lockFinding(home, lock).ifPresent(findings::add);
        Optional<ConfigValues> config = config(home, findings);
        if (config.isPresent()) {
            home = config.get()
                    .find(StoreOptions.ALT_LOCALSTORE)
                    .map(home::withLocalStore)
                    .orElse(home);
        }
        boolean replicates =
                config.flatMap(values -> values.find(DeliveryOptions.REPLPEER)).isPresent();
        findings.addAll(AccountsCheck.of(home.accounts(), replicates));
        findings.addAll(TlsCheck.of(home, clock.instant()));
        findings.addAll(DirectoryCheck.storesAndQueues(home));
        oldNode(home).ifPresent(findings::add);
        findings.addAll(PrivacyCheck.of(home, config.isPresent() && hasSecret(config.get())));
        if (config.isPresent() && !config.get().hasErrors()) {
            adminSocket(home, config.get()).ifPresent(findings::add);
            findings.addAll(ports(config.get(), lock == LockProbe.State.HELD));
            findings.addAll(CovertCheck.of(home, Settings.of(config.get())));
        }
        return findings;
    }

    private static Optional<Finding> lockFinding(Home home, LockProbe.State lock) {
        return switch (lock) {
            case FREE -> Optional.empty();
            case HELD ->
                Optional.of(Finding.note(
                        home.lockFile(),
                        "a server is running on this home.",
                        "What changes here, changes under its hands."));
            case UNKNOWN ->
                Optional.of(Finding.warning(
                        home.lockFile(),
                        "cannot be read, so it is not known whether a server is running on this home.",
                        "Run the check as the user that the server runs as."));
        };
    }

    private static Optional<ConfigValues> config(Home home, List<Finding> findings) {
        ConfigValues values;
        try {
            values = ConfigValues.of(ConfigFile.load(home.config()).document());
        } catch (IOException e) {
            findings.add(Finding.error(
                    home.config(),
                    "cannot be read: " + Reason.of(e) + ".",
                    "A home needs this file: is -homedir right? A new home is made with -init; one whose -init was"
                            + " interrupted is deleted first."));
            return Optional.empty();
        }
        for (ConfigProblem problem : values.problems()) {
            String where = problem.line() == ConfigProblem.WHOLE_FILE
                    ? home.config().toString()
                    : home.config() + " line " + problem.line();
            Finding.Severity severity = switch (problem.severity()) {
                case ERROR -> Finding.Severity.ERROR;
                case WARNING -> Finding.Severity.WARNING;
            };
            findings.add(new Finding(severity, where, problem.message(), ""));
        }
        return Optional.of(values);
    }

    private static boolean hasSecret(ConfigValues config) {
        return config.find(DeliveryOptions.REPL_AUTHKEY).isPresent();
    }

    private static Optional<Finding> adminSocket(Home home, ConfigValues config) {
        Optional<Path> socket = config.find(AdminOptions.ADMIN_SOCKET).map(home.root()::resolve);
        return socket.filter(path -> bytes(path) > SOCKET_PATH_BYTES_MAX)
                .map(path -> Finding.error(
                        path,
                        "the administration socket cannot be made: its path has " + bytes(path)
                                + " bytes, and operating systems allow " + SOCKET_PATH_BYTES_MAX + ".",
                        "Name a shorter path as admin_socket in config.txt."));
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static Optional<Finding> oldNode(Home home) {
        return OldNodeState.id(home)
                .map(id -> Finding.note(
                        OldNodeState.file(home), "the DHT node of the existing server had the id " + id + ".", ""));
    }

    private static List<Finding> ports(ConfigValues config, boolean serverRuns) {
        Optional<InetAddress> address = config.find(ListeningOptions.BIND_ADDRESS);
        List<Finding> findings = new ArrayList<>();
        PortCheck.tcp(address, config.value(ListeningOptions.SPORT), serverRuns).ifPresent(findings::add);
        if (config.value(DhtOptions.DHT)) {
            PortCheck.udp(address, config.value(DhtOptions.EPORT), serverRuns).ifPresent(findings::add);
        }
        return findings;
    }
}

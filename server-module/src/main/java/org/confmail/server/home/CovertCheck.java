package org.confmail.server.home;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.confmail.server.config.Settings;
import org.confmail.server.delivery.peer.Route;
import org.confmail.server.net.NameLookup;
import org.confmail.server.notify.NotifyList;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.PreferredConnection;

/**
 * Names every way by which a server that means to hide would still show its address: by DNS, by the DHT's datagrams, by mail,
 * and by direct connections to other servers. A server means to hide that prefers TOR or I2P, sends through exit nodes, or
 * listens on the loopback address only, as hidden services do.
 */
final class CovertCheck {
    private static final String LOCALHOST = "localhost";
    /** Any name that is neither hidden nor an address. */
    private static final HostPort ORDINARY = new HostPort("mail.example.com", 8081);

    private final Home home;
    private final Settings settings;
    private final List<Finding> findings = new ArrayList<>();

    private CovertCheck(Home home, Settings settings) {
        this.home = home;
        this.settings = settings;
    }

    static List<Finding> of(Home home, Settings settings) {
        Optional<String> sign = sign(settings);
        if (sign.isEmpty()) {
            return List.of();
        }
        CovertCheck check = new CovertCheck(home, settings);
        check.dns();
        check.datagrams();
        check.targets();
        check.proxies();
        check.mail();
        if (!check.findings.isEmpty()) {
            check.findings.addFirst(Finding.note(
                    home.config(),
                    "this server seems meant to be hidden (" + sign.get() + "), and it would still go out directly:",
                    "see the next " + check.findings.size() + " lines; if it need not be hidden, all is well."));
        }
        return check.findings;
    }

    private static Optional<String> sign(Settings settings) {
        PreferredConnection preferred = settings.routes().preferredConnection();
        if (preferred != PreferredConnection.DIRECT) {
            return Optional.of("preferred_connection is " + preferred.spelling());
        }
        if (settings.routes().useExitNode()) {
            return Optional.of("use_exit_node is true");
        }
        return settings.listening()
                .bindAddress()
                .filter(InetAddress::isLoopbackAddress)
                .map(address -> "bind_address is " + address.getHostAddress());
    }

    private void dns() {
        if (settings.sessions().permitDnsTxt()) {
            warn(
                    "DNS: what clients look up with DNS TXT is asked of this machine's resolvers.",
                    "Set permit_dns_txt to false; clients then need a DNS server of their own choice.");
        }
    }

    private void datagrams() {
        boolean leaves = settings.listening()
                .bindAddress()
                .filter(InetAddress::isLoopbackAddress)
                .isEmpty();
        if (settings.dht().enabled() && leaves) {
            warn(
                    "UDP: the node of the DHT talks to other nodes directly, on port "
                            + settings.dht().port() + "; no proxy takes its datagrams.",
                    "Set dht to false.");
        }
        if (settings.dht().enabled() && settings.dht().knodes().stream().anyMatch(node -> isLookedUp(node.host()))) {
            warn("DNS: names among the knodes are asked of this machine's resolvers.", "Set dht to false.");
        }
    }

    private void targets() {
        if (Route.to(ORDINARY, settings.routes()) instanceof Route.Direct) {
            warn(
                    "servers without .onion or .i2p names are looked up and connected to directly.",
                    "Set use_exit_node to true and tor_proxy, or socks_proxy.");
        }
        settings.delivery()
                .replication()
                .map(Settings.Replication::peer)
                .filter(peer -> Route.to(peer, settings.routes()) instanceof Route.Direct)
                .ifPresent(peer -> warn(
                        "the replication partner " + peer + " is connected to directly.",
                        "Name it by its .onion or .i2p address as replpeer, or send through a proxy."));
    }

    private void proxies() {
        Stream.of(
                        settings.routes().torProxy(),
                        settings.routes().i2pProxy(),
                        settings.routes().socksProxy())
                .flatMap(Optional::stream)
                .distinct()
                .filter(proxy -> isLookedUp(proxy.host()))
                .forEach(proxy -> warn(
                        "DNS: the name of the proxy " + proxy + " is asked of this machine's resolvers.",
                        "Name it by its address."));
    }

    private void mail() {
        if (Files.notExists(home.notification())) {
            return;
        }
        try {
            NotifyList list = NotifyList.parse(Files.readAllLines(home.notification()));
            if (list.from().isEmpty() || list.addresses().isEmpty()) {
                return;
            }
            String host = list.server().host();
            boolean local = !isLookedUp(host)
                    && NameLookup.literal(host)
                            .map(InetAddress::isLoopbackAddress)
                            .orElse(true);
            findings.add(Finding.warning(
                    home.notification(),
                    local
                            ? "SMTP: notifications go to this machine's mail server, which mostly sends them on directly."
                            : "SMTP: notifications go to " + list.server() + " directly.",
                    "Remove the file, or have the mail server send through TOR."));
        } catch (IOException e) {
            findings.add(Finding.warning(
                    home.notification(),
                    "SMTP: cannot be read (" + Reason.of(e) + "), so it is not known where notifications go.",
                    "Run the check as the user that the server runs as."));
        }
    }

    private static boolean isLookedUp(String host) {
        return !host.equalsIgnoreCase(LOCALHOST) && NameLookup.literal(host).isEmpty();
    }

    private void warn(String what, String remedy) {
        findings.add(Finding.warning(home.config(), what, remedy));
    }
}

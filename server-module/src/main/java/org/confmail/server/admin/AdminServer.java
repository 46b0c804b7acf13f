package org.confmail.server.admin;

import java.io.IOException;
import java.nio.file.Path;
import org.confmail.server.admin.rpc.AdminSocket;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.server.admin.rpc.Pulse;
import org.confmail.server.config.Settings;
import org.confmail.server.net.DeadlineWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin socket of a server, with all its methods. */
public final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("admin");

    private final Rates rates;
    private final AdminSocket socket;

    private AdminServer(Rates rates, AdminSocket socket) {
        this.rates = rates;
        this.socket = socket;
    }

    /**
     * Opens the admin socket.
     *
     * @param where the settings say
     * @param path absolute
     * @throws IOException with what to do, when the socket cannot be made
     */
    public static AdminServer open(AdminParts parts, Settings.Admin where, Path path, DeadlineWatch deadlines)
            throws IOException {
        Rates rates = new Rates(parts.metrics(), parts.ticker(), parts.scheduler());
        Pulse pulse = new Pulse();
        try {
            AdminSocket socket = AdminSocket.open(
                    path,
                    where.group(),
                    parts.serverId(),
                    parts.disk(),
                    methods(parts, rates, pulse),
                    parts.scheduler(),
                    deadlines,
                    pulse);
            LOG.info("admin socket {}", path);
            return new AdminServer(rates, socket);
        } catch (IOException e) {
            rates.close();
            throw new IOException("admin socket " + path + ": cannot be made: " + e.getMessage(), e);
        }
    }

    /** All methods of a server with these parts. */
    static Methods methods(AdminParts parts, Rates rates, Pulse pulse) {
        Methods methods = new Methods();
        ConfigGroup config = new ConfigGroup(
                parts.home().config(),
                parts.configHistory(),
                parts.configAtStart(),
                parts.reloading(),
                parts.scheduler(),
                parts.clock());
        CertificateGroup certificates = new CertificateGroup(parts.certificate(), parts.peerCertificates());
        new SessionGroup(parts, methods).register();
        new ServerGroup(parts, rates, config, certificates).register(methods);
        config.register(methods);
        new LogGroup(parts.log(), parts.traffic(), pulse).register(methods);
        new ConnectionGroup(parts.sessions(), parts.clock(), pulse, parts.scheduler()).register(methods);
        new AccountGroup(parts.accounts(), parts.random()).register(methods);
        certificates.register(methods);
        new QueueGroup(parts.queue(), pulse, parts.scheduler()).register(methods);
        new DhtGroup(parts.dht()).register(methods);
        new StorageGroup(parts, pulse).register(methods);
        return methods;
    }

    @Override
    public void close() throws IOException {
        rates.close();
        socket.close();
    }
}

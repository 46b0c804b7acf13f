package org.confmail.server.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.confmail.server.log.ServerLog;
import org.confmail.server.net.Fixture;
import org.confmail.server.net.FreePort;
import org.confmail.server.session.TestClient;
import org.confmail.shared.admin.AdminClient;

/** A whole server in this process, as main builds it, with its admin socket and a log file in its home. */
public final class WholeServer implements AutoCloseable {
    /** The administrator's key in {@code auth.txt}. */
    public static final String ADMINISTRATOR_KEY = "AdminKey0001";

    private final Path home;
    private final ServerLog log;
    private final RunningServer server;

    private WholeServer(Path home, ServerLog log, RunningServer server) {
        this.home = home;
        this.log = log;
        this.server = server;
    }

    /** Makes a home whose server listens on a free port, with these further lines in its config.txt. */
    public static void makeHome(Path home, String... lines) throws IOException {
        int port = FreePort.next();
        Files.createDirectories(home.resolve("ssl"));
        Fixture.copyTo("ec-p256.key", home.resolve("ssl/server.key"));
        Fixture.copyTo("ec-p256.crt", home.resolve("ssl/server.crt"));
        Files.writeString(home.resolve("auth.txt"), "administrator " + ADMINISTRATOR_KEY + "\n");
        Files.writeString(
                home.resolve("config.txt"),
                "# kept\nbind_address: 127.0.0.1\nsport: " + port + "\ndht: false\nadmin_socket: admin.sock\n"
                        + String.join("\n", lines) + "\n");
    }

    /** Starts a server on a home. */
    public static WholeServer start(Path home) throws Exception {
        ServerLog log = ServerLog.toFile(home.resolve("server.log"), new ServerLog.Detail(false, false, false));
        RunOptions options = new RunOptions(home, false, false, false, false, Optional.empty(), Optional.empty());
        return new WholeServer(home, log, Server.start(options, log));
    }

    /** Makes a home and starts a server on it. */
    public static WholeServer startNew(Path home, String... lines) throws Exception {
        makeHome(home, lines);
        return start(home);
    }

    /** Makes a home and starts a server on it that takes part in the DHT, by way of the node at this UDP port. */
    public static WholeServer startInDht(Path home, int knode) throws Exception {
        makeHome(home);
        Path config = home.resolve("config.txt");
        int udp = FreePort.next();
        String text = Files.readString(config);
        Files.writeString(config, text.replace("dht: false", "eport: " + udp + "\nknode: 127.0.0.1:" + knode));
        return start(home);
    }

    public Path home() {
        return home;
    }

    public ServerLog log() {
        return log;
    }

    public Path socket() {
        return home.resolve("admin.sock");
    }

    public int port() {
        return ((Server) server).port();
    }

    /** A client of the admin socket. */
    public AdminClient admin() throws IOException {
        return AdminClient.connect(socket());
    }

    /** A mail client that has read the greeting. */
    public TestClient client() throws IOException {
        return TestClient.connect(port());
    }

    /** As HUP does. */
    public void reload() {
        server.reload();
    }

    /** Waits until it has stopped by itself. */
    public void awaitStop() throws InterruptedException {
        server.awaitStop();
    }

    @Override
    public void close() {
        server.stop();
        try {
            server.awaitStop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ServerLog.toStandardError(new ServerLog.Detail(true, false, false));
    }
}

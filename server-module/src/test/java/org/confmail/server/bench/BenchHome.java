package org.confmail.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.home.Home;
import org.confmail.server.net.FreePort;
import org.confmail.server.net.NewTlsIdentity;

/** A home for a server that is measured, with one account, and one for a partner. */
record BenchHome(Home home, int port) {
    static final String USER = "administrator";
    static final String AUTH_KEY = "BENCHBENCHBENCHBENCHBENCHBENCHBENCHBENCH";
    private static final String REPLICATION_KEY = "REPLREPLREPLREPLREPLREPLREPLREPLREPLREPL";

    /** Makes a home in the new directory {@code root}. */
    static BenchHome make(Path root, int maxConnections) throws IOException {
        return make(root, maxConnections, "dht: false");
    }

    /** Makes a home whose node of the DHT joins by the server of {@code knode}; by nobody where there is none. */
    static BenchHome inDht(Path root, Optional<BenchHome> knode) throws IOException {
        return make(
                root,
                100,
                knode.map(other -> "dht: true\nknode: 127.0.0.1:" + other.port).orElse("dht: true"));
    }

    private static BenchHome make(Path root, int maxConnections, String dht) throws IOException {
        Home home = Home.at(Files.createDirectory(root));
        int port = FreePort.next();
        Files.writeString(home.config(), """
                sport: %d
                eport: %d
                bind_address: 127.0.0.1
                timeout: 3600
                max_connections: %d
                %s
                """.formatted(port, port, maxConnections, dht));
        Files.writeString(home.accounts(), USER + " " + AUTH_KEY + "\nreplication " + REPLICATION_KEY + "\n");
        Files.createDirectory(home.ssl());
        NewTlsIdentity identity = NewTlsIdentity.make("bench", Instant.now(), new SecureRandom());
        Files.writeString(home.tlsKey(), identity.keyPem());
        Files.writeString(home.tlsCertificate(), identity.certificatePem());
        return new BenchHome(home, port);
    }

    /** Where the store keeps the block of {@code key} (PROTOCOL section 6). */
    static Path file(Path store, Key key) {
        String digits = key.toString();
        return store.resolve(digits.substring(0, 2))
                .resolve(digits.substring(2, 4))
                .resolve(digits);
    }

    /** Makes a home whose store is {@code store}, which it may share with others. */
    static BenchHome sharing(Path root, Path store, int maxConnections) throws IOException {
        BenchHome made = make(root, maxConnections);
        Files.writeString(made.home.config(), "alt_localstore: " + store + "\n", StandardOpenOption.APPEND);
        return made;
    }

    /** Replicates to a server on this machine, as soon as the server here starts or reloads its settings. */
    void replicateTo(int port) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(home.config()));
        lines.removeIf(line -> line.startsWith("repl") || line.startsWith("retry_schedule"));
        lines.addAll(List.of("replpeer: 127.0.0.1:" + port, "repl_authkey: " + REPLICATION_KEY, "retry_schedule: 0,1"));
        Files.write(home.config(), lines);
    }
}

package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.confmail.server.account.Accounts;
import org.confmail.server.block.Key;
import org.confmail.server.block.Limits;
import org.confmail.server.config.Settings;
import org.confmail.server.delivery.QueuePlaces;
import org.confmail.server.delivery.SendQueue;
import org.confmail.server.dht.Dht;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.home.Home;
import org.confmail.server.log.TrafficLog;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.net.DeadlineWatch;
import org.confmail.server.net.Fixture;
import org.confmail.server.net.Listener;
import org.confmail.server.net.TlsException;
import org.confmail.server.net.TlsIdentity;
import org.confmail.server.net.TlsServer;
import org.confmail.server.net.TxtRecords;
import org.confmail.server.store.BlockStore;
import org.confmail.server.time.ManualTime;
import org.confmail.shared.config.RetrySchedule;

/**
 * A server in this JVM on a loopback port, of the parts that the real one has, with the accounts below. Its clock stands at
 * {@link #NOW}, its deadlines act only when a test moves {@link #time}, and its disk fails when it is told to.
 */
final class TestServer implements AutoCloseable {
    /** When the vectors' blocks were made; their dates lie shortly before. */
    static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");

    static final String ADMIN_LOGIN = "LOGIN administrator AdminKey0001";
    static final String REPLICATION_LOGIN = "LOGIN replication PartnerKey01";
    /** Fingerprint-like, as real users are. */
    static final String USER = "1111111111111111111111111111111111111111";

    static final String USER_LOGIN = "LOGIN " + USER + " UserKey00001";
    static final List<String> ACCOUNTS = List.of(
            "administrator AdminKey0001 2026-11-01T00:00:00Z",
            "replication PartnerKey01 2026-11-01T00:00:00Z",
            USER + " UserKey00001 2026-11-01T00:00:00Z",
            "undefined FreeKey00001 2026-11-01T00:00:00Z",
            "disabled GoneKey00001 2026-11-01T00:00:00Z");

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    static final String SERVER_ID = "0123abcd";

    final Setup setup;
    final Home home;
    final ManualTime time = new ManualTime();
    final AtomicReference<Instant> now;
    final FaultyDisk disk = new FaultyDisk(new FileDisk());
    /** Whose new mail was told of. */
    final List<Key> notified = new CopyOnWriteArrayList<>();

    /** Whether the disk is nearly full. */
    volatile boolean refusing;

    /** What DNS TXT asks; knows no name until a test says otherwise. */
    volatile TxtRecords dns = name -> new TxtRecords.NoName();

    final BlockStore store;
    final Sessions sessions;

    private final ExecutorService hashing;
    private final DeadlineWatch deadlines;
    private final Listener listener;
    private final CountDownLatch stopAsked = new CountDownLatch(1);

    /** How a server is to be. */
    record Setup(
            int maxConnections,
            Duration timeout,
            long slowestConnection,
            boolean replicating,
            boolean permitDnsTxt,
            boolean proxyRequiresLogin,
            Instant now) {
        static final Setup USUAL = new Setup(20, Duration.ofSeconds(60), 768, false, true, false, NOW);

        Setup withMaxConnections(int number) {
            return new Setup(number, timeout, slowestConnection, replicating, permitDnsTxt, proxyRequiresLogin, now);
        }

        Setup withSlowestConnection(long bytesPerSecond) {
            return new Setup(
                    maxConnections, timeout, bytesPerSecond, replicating, permitDnsTxt, proxyRequiresLogin, now);
        }

        Setup withoutDnsTxt() {
            return new Setup(maxConnections, timeout, slowestConnection, replicating, false, proxyRequiresLogin, now);
        }

        Setup withProxyForUsers() {
            return new Setup(maxConnections, timeout, slowestConnection, replicating, permitDnsTxt, true, now);
        }

        Setup withPartner() {
            return new Setup(maxConnections, timeout, slowestConnection, true, permitDnsTxt, proxyRequiresLogin, now);
        }

        Setup at(Instant moment) {
            return new Setup(
                    maxConnections, timeout, slowestConnection, replicating, permitDnsTxt, proxyRequiresLogin, moment);
        }
    }

    private TestServer(Path root, Setup setup, Optional<Dht> dht) throws Exception {
        this.setup = setup;
        now = new AtomicReference<>(setup.now());
        home = Home.at(root);
        home.prepare(new FileDisk());
        if (Files.notExists(home.accounts())) {
            Files.write(home.accounts(), ACCOUNTS);
        }
        hashing = Executors.newFixedThreadPool(
                2, Thread.ofPlatform().name("hashing-", 1).daemon().factory());
        store = new BlockStore(home.localStore(), disk, SERVER_ID, now::get, time);
        SendQueue sendQueue = SendQueue.open(
                new QueuePlaces(home.sendQueue(), home.damaged(), home.undo(), home.holds()),
                disk,
                now::get,
                () -> new Settings.Delivery(
                        Optional.empty(),
                        Duration.ofDays(7),
                        Duration.ofMinutes(2),
                        new RetrySchedule(List.of(Duration.ZERO))));
        Accounts accounts = Accounts.load(home.accounts(), disk, now::get, new SecureRandom(), changes -> {
            if (setup.replicating()) {
                sendQueue.pass(changes);
            }
        });
        Settings.Sessions settings = new Settings.Sessions(
                setup.maxConnections(),
                setup.timeout(),
                setup.slowestConnection(),
                setup.permitDnsTxt(),
                setup.proxyRequiresLogin());
        Services services = new Services(
                () -> settings,
                () -> Limits.server(Map.of()),
                () -> refusing,
                setup::replicating,
                accounts,
                store,
                sendQueue,
                dht,
                new SelfTest(store, SERVER_ID, Optional::empty),
                () -> Tls.SERVER,
                name -> dns.of(name),
                notified::add,
                hashing,
                now::get,
                time,
                new TrafficLog(),
                SessionCounters.in(new Metrics()),
                stopAsked::countDown);
        deadlines = new DeadlineWatch(time, time);
        sessions = new Sessions(services, deadlines);
        listener = Listener.bind(Optional.of(InetAddress.getLoopbackAddress()), 0, false, sessions::accept);
        listener.start();
    }

    static TestServer start(Path home) throws Exception {
        return new TestServer(home, Setup.USUAL, Optional.empty());
    }

    static TestServer start(Path home, Setup setup) throws Exception {
        return new TestServer(home, setup, Optional.empty());
    }

    static TestServer start(Path home, Dht dht) throws Exception {
        return new TestServer(home, Setup.USUAL, Optional.of(dht));
    }

    /** A client in plain text that has read the greeting. */
    TestClient client() throws IOException {
        return TestClient.connect(listener.port());
    }

    /** A client in plain text that has logged in as {@link #USER}. */
    TestClient user() throws IOException {
        TestClient client = client();
        assertEquals("DONE", client.ask(USER_LOGIN));
        return client;
    }

    int port() {
        return listener.port();
    }

    /** The file of a block, stored or not. */
    Path file(Key key) {
        String name = key.toString();
        return home.localStore()
                .resolve(name.substring(0, 2))
                .resolve(name.substring(2, 4))
                .resolve(name);
    }

    /** Puts a file into the store by hand. */
    void put(Key key, byte[] content) throws IOException {
        Path file = file(key);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /** All that lies in the store, but for the lock files. */
    List<Path> stored() throws IOException {
        try (Stream<Path> files = Files.walk(home.localStore())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("LOCKFILE"))
                    .toList();
        }
    }

    /** What waits for the partner, in no order. */
    List<String> queued() throws IOException {
        try (Stream<Path> files = Files.list(home.sendQueue())) {
            return files.map(TestServer::text).toList();
        }
    }

    /** Waits until {@code count} connections are open, and all of them wait for a command, their deadlines set. */
    void awaitIdle(int count) throws Exception {
        Await.until(
                () -> count + " idle connections; open are " + sessions.open() + ", idle " + sessions.waiting(),
                () -> sessions.open() == count && sessions.waiting() == count);
    }

    /** Lets deadlines act that have passed, until {@code count} connections are open. */
    void awaitOpen(int count) throws Exception {
        Await.until(() -> count + " open connections; there are " + sessions.open(), () -> {
            time.advance(Duration.ZERO);
            return sessions.open() == count;
        });
    }

    boolean awaitStopAsked() throws InterruptedException {
        return stopAsked.await(5, TimeUnit.SECONDS);
    }

    boolean stopAsked() {
        return stopAsked.getCount() == 0;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sessions.stop(STOP_PATIENCE);
        deadlines.close();
        hashing.shutdownNow();
        assertEquals(0, sessions.open());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One identity for all: reading it takes longer than a test. */
    private static final class Tls {
        static final TlsServer SERVER = load();

        private static TlsServer load() {
            try {
                Path directory = Files.createTempDirectory("confmail-tls");
                try {
                    Path key = Fixture.copy("ec-p256.key", directory);
                    Path certificate = Fixture.copy("ec-p256.crt", directory);
                    TlsServer server = new TlsServer(TlsIdentity.load(key, certificate));
                    Files.delete(key);
                    Files.delete(certificate);
                    return server;
                } finally {
                    Files.delete(directory);
                }
            } catch (IOException | TlsException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

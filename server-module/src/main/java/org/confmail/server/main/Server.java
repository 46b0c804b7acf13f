package org.confmail.server.main;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.confmail.server.account.Accounts;
import org.confmail.server.admin.MetricsPort;
import org.confmail.server.admin.ServerGauges;
import org.confmail.server.admin.SystemLimits;
import org.confmail.server.block.Limits;
import org.confmail.server.config.LiveSettings;
import org.confmail.server.config.Reload;
import org.confmail.server.config.Settings;
import org.confmail.server.delivery.Delivery;
import org.confmail.server.delivery.QueuePlaces;
import org.confmail.server.delivery.SendQueue;
import org.confmail.server.delivery.peer.OutgoingPeers;
import org.confmail.server.delivery.peer.RememberedCertificates;
import org.confmail.server.dht.Dht;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.home.ConfigHistory;
import org.confmail.server.home.Home;
import org.confmail.server.home.HomeException;
import org.confmail.server.home.HomeLock;
import org.confmail.server.home.HostName;
import org.confmail.server.home.InputQueue;
import org.confmail.server.home.OwnIdentity;
import org.confmail.server.log.ServerLog;
import org.confmail.server.log.TrafficLog;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.net.CertificateFacts;
import org.confmail.server.net.DeadlineWatch;
import org.confmail.server.net.Listener;
import org.confmail.server.net.NameLookup;
import org.confmail.server.net.SystemTxtRecords;
import org.confmail.server.net.TlsDefaults;
import org.confmail.server.net.TlsException;
import org.confmail.server.notify.Notifier;
import org.confmail.server.notify.SmtpMailer;
import org.confmail.server.session.SelfTest;
import org.confmail.server.session.Services;
import org.confmail.server.session.SessionCounters;
import org.confmail.server.session.Sessions;
import org.confmail.server.store.BlockStore;
import org.confmail.server.store.HeldStore;
import org.confmail.server.time.Scheduler;
import org.confmail.server.time.SystemScheduler;
import org.confmail.server.time.Ticker;
import org.confmail.server.upkeep.DiskReserve;
import org.confmail.shared.config.ConfigFile;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.ConfigProblem;
import org.confmail.shared.config.ConfigValues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server on one home: builds its parts from the bottom up, and takes them down in reverse. The home's lock comes first,
 * before anything is touched and before a port is bound.
 */
final class Server implements RunningServer {
    private static final Logger LOG = LoggerFactory.getLogger("server");
    /** How long commands that are running may go on when the server stops; none takes longer unless its peer stalls. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);

    private final LiveSettings settings;
    private final Path config;
    private final Teardown teardown;
    private final ServerLog log;
    private final Scheduler scheduler;
    private final Sessions sessions;
    private final Listener listener;
    private final Delivery delivery;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopBegun = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Server(
            Home home, HomeLock lock, ConfigFile configFile, LiveSettings settings, ServerLog log, Teardown teardown)
            throws IOException, HomeException, TlsException {
        this.settings = settings;
        this.config = home.config();
        this.teardown = teardown;
        this.log = log;
        Settings now = settings.current();
        log.rotate(now.log().rotation());
        SystemLimits.ofThisProcess().shortages(now.sessions().maxConnections()).forEach(LOG::warn);
        Disk disk = new FileDisk();
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        home.prepare(disk);

        // Before any class of TLS is loaded: it reads these once.
        TlsDefaults.install(home.dhParameters()).ifPresent(LOG::warn);
        ShownCertificate certificate = new ShownCertificate(new OwnIdentity(home, disk, clock, random));

        scheduler = teardown.own(new SystemScheduler());
        ExecutorService hashing = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().name("hashing-", 1).daemon().factory());
        teardown.own(hashing::shutdown); // what was submitted is awaited by a connection
        Metrics metrics = new Metrics();
        Foundation base = new Foundation(home, settings, disk, clock, random, scheduler, metrics, teardown);
        DiskReserve reserve = ServerUpkeep.watchDisks(base);
        BlockStore store = new BlockStore(home.localStore(), disk, lock.serverId(), clock, Ticker.SYSTEM);
        QueuePlaces places = new QueuePlaces(home.sendQueue(), home.damaged(), home.undo(), home.holds());
        SendQueue sendQueue = SendQueue.open(places, disk, clock, settings.supplier(Settings::delivery));
        Accounts accounts = Accounts.load(home.accounts(), disk, clock, random, changes -> {
            if (replicating()) {
                sendQueue.pass(changes);
            }
        });
        DeadlineWatch deadlines = teardown.own(new DeadlineWatch(scheduler, Ticker.SYSTEM));
        HeldStore held =
                new HeldStore(home.entangled(), disk, lock.serverId(), clock, Ticker.SYSTEM, reserve::isReached);
        Optional<Dht> dht = now.dht().enabled() ? Optional.of(ServerNode.start(base, held, store)) : Optional.empty();
        NameLookup names = teardown.own(new NameLookup());
        TrafficLog traffic = new TrafficLog();
        RememberedCertificates remembered = RememberedCertificates.load(home.certificates(), disk, store, clock);
        OutgoingPeers peers = teardown.own(new OutgoingPeers(
                settings.supplier(Settings::sessions),
                settings.supplier(Settings::routes),
                names,
                remembered,
                deadlines,
                Ticker.SYSTEM,
                traffic));
        delivery = teardown.own(Delivery.start(new Delivery.Parts(
                sendQueue,
                places,
                disk,
                peers,
                dht.map(DeliveryToDht::new),
                settings.supplier(Settings::delivery),
                settings.supplier(Settings::routes),
                clock,
                Ticker.SYSTEM,
                scheduler,
                random,
                metrics,
                Delivery.LINGER)));
        Notifier notifier =
                teardown.own(new Notifier(home.notification(), Ticker.SYSTEM, new SmtpMailer(names, deadlines, clock)));
        Supplier<Limits> limits =
                new CurrentLimits(settings.supplier(current -> current.store().ages()));
        ServerUpkeep upkeep = ServerUpkeep.start(base, store, held, limits);
        SelfTest selfTest = new SelfTest(store, lock.serverId(), delivery::overdue);
        Services services = new Services(
                settings.supplier(Settings::sessions),
                limits,
                reserve::isReached,
                this::replicating,
                accounts,
                store,
                sendQueue,
                dht,
                selfTest,
                certificate::server,
                teardown.own(new SystemTxtRecords(SystemTxtRecords.SYSTEM_RESOLVERS)),
                notifier,
                hashing,
                clock,
                Ticker.SYSTEM,
                traffic,
                SessionCounters.in(metrics),
                this::stop);
        sessions = new Sessions(services, deadlines);
        ServerGauges.register(metrics, clock.instant(), log, certificate, settings.supplier(Settings::sessions));
        metrics.gauge("connections_open", "Connections open now.", sessions::open);
        teardown.own(() -> sessions.stop(STOP_PATIENCE));
        Settings.Listening where = now.listening();
        listener = teardown.own(bind(where, sessions));
        CertificateFacts facts = certificate.identity().facts();
        LOG.info(
                "own certificate {}, {} {} bits, valid until {}",
                facts.digest(),
                facts.keyAlgorithm(),
                facts.keyBits(),
                facts.validUntil());
        if (now.metrics().port().isPresent()) {
            teardown.own(MetricsPort.open(now.metrics().port().get(), metrics, deadlines));
        }
        new AdminAccess(
                        lock.serverId(),
                        configFile.document(),
                        this::reloadSettings,
                        listener::port,
                        log,
                        traffic,
                        sessions,
                        accounts,
                        selfTest,
                        certificate,
                        delivery,
                        peers,
                        remembered,
                        dht,
                        upkeep,
                        reserve,
                        this::stop)
                .open(base, deadlines);
        listener.start();
        takeInInputQueue(new InputQueue(home, disk, store, services.limits(), clock, dht));
        LOG.info("listening on port {}", listener.port());
    }

    /** In the background: an old server may have left thousands of blocks, and clients need not wait for them. */
    private void takeInInputQueue(InputQueue queue) {
        Thread thread = Thread.ofPlatform().name("inputqueue").daemon().start(() -> queue.takeIn(stopping::get));
        teardown.own(() -> {
            if (!thread.join(STOP_PATIENCE)) {
                LOG.warn("the taking in of inputqueue does not end; it goes on at the next start");
            }
        });
    }

    /**
     * Starts a server.
     *
     * @param log of the process, set up
     * @throws StartFailure with all that is wrong, where it cannot run; nothing of it is left then
     */
    static RunningServer start(RunOptions options, ServerLog log) throws StartFailure {
        Home home = Home.at(options.home());
        Teardown teardown = new Teardown();
        try {
            HomeLock lock =
                    teardown.own(HomeLock.take(home, HostName.ofThisMachine(), new FileDisk(), new SecureRandom()));
            new ConfigHistory(home, new FileDisk(), InstantSource.system())
                    .recover()
                    .ifPresent(LOG::warn);
            ConfigFile configFile = load(home.config());
            LiveSettings settings = new LiveSettings(home.config(), values(configFile));
            Home whole = settings.current()
                    .store()
                    .altLocalstore()
                    .map(home::withLocalStore)
                    .orElse(home);
            LOG.info("Confidant Mail server {} starting", Version.number());
            return new Server(whole, lock, configFile, settings, log, teardown);
        } catch (HomeException | TlsException e) {
            teardown.run();
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            teardown.run();
            throw new StartFailure(
                    "home " + home.root() + ": " + FailureText.withFile(e) + ". The server does not start.", e);
        } catch (StartFailure | RuntimeException | Error e) {
            teardown.run();
            throw e;
        }
    }

    @Override
    public void awaitStopBegin() throws InterruptedException {
        stopBegun.await();
    }

    /** The parts without which nothing goes on, and which could hang unseen. */
    @Override
    public Optional<String> trouble(Duration patience) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        try {
            scheduler.after(Duration.ZERO, ran::countDown);
        } catch (RejectedExecutionException e) {
            return stopping.get() ? Optional.empty() : Optional.of("there is no scheduler");
        }
        if (!ran.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.of("the scheduler runs none of its tasks");
        }
        return listener.accepts(patience) ? Optional.empty() : Optional.of("no connection is accepted");
    }

    @Override
    public String status() {
        return "port " + listener.port() + ", connections: " + sessions.open();
    }

    @Override
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void stop() {
        if (!stopping.getAndSet(true)) {
            stopBegun.countDown();
            Thread.ofPlatform().name("stop").start(() -> {
                try {
                    teardown.run();
                } finally {
                    stopped.countDown();
                }
            });
        }
    }

    @Override
    public void reload() {
        reloadSettings();
    }

    private Reload reloadSettings() {
        Settings before = settings.current();
        Reload reload = settings.reload();
        reload.problems().forEach(this::log);
        switch (reload) {
            case Reload.Refused refused ->
                LOG.error("{} has errors: it was not taken over, the old settings stay", config);
            case Reload.Applied applied -> {
                LOG.info(
                        "{} was read again. Changed: {}. At the next start: {}.",
                        config,
                        names(applied.atOnce()),
                        names(applied.atRestart()));
                Settings now = settings.current();
                log.rotate(now.log().rotation());
                if (!now.delivery().equals(before.delivery()) || !now.routes().equals(before.routes())) {
                    delivery.settingsChanged();
                }
            }
        }
        return reload;
    }

    /** The port that clients connect to. */
    int port() {
        return listener.port();
    }

    private boolean replicating() {
        return settings.current().delivery().replication().isPresent();
    }

    private static Listener bind(Settings.Listening where, Sessions sessions) throws IOException {
        try {
            return Listener.bind(where.bindAddress(), where.port(), where.enableIpv6(), sessions::accept);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on port " + where.port() + " (sport): " + e.getMessage()
                            + " (does another server use it?)",
                    e);
        }
    }

    private static ConfigFile load(Path config) throws StartFailure {
        try {
            return ConfigFile.load(config);
        } catch (IOException e) {
            throw new StartFailure(
                    config + " cannot be read: " + e + ". The server does not start. -init makes a new home.", e);
        }
    }

    private static ConfigValues values(ConfigFile file) throws StartFailure {
        ConfigValues values = ConfigValues.of(file.document());
        if (values.hasErrors()) {
            throw new StartFailure(values.problems().stream()
                    .map(problem -> problem.describe(file.path()))
                    .toList());
        }
        values.problems().forEach(problem -> LOG.warn("{}", problem.describe(file.path())));
        return values;
    }

    private void log(ConfigProblem problem) {
        switch (problem.severity()) {
            case WARNING -> LOG.warn("{}", problem.describe(config));
            case ERROR -> LOG.error("{}", problem.describe(config));
        }
    }

    private static String names(List<ConfigOption<?>> options) {
        return options.isEmpty()
                ? "nothing"
                : String.join(", ", options.stream().map(ConfigOption::name).toList());
    }
}

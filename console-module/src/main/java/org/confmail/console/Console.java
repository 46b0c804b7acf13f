package org.confmail.console;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.confmail.console.accounts.AccountsView;
import org.confmail.console.certificates.CertificatesView;
import org.confmail.console.configuration.ConfigurationView;
import org.confmail.console.connections.ConnectionsView;
import org.confmail.console.dht.DhtView;
import org.confmail.console.log.LogView;
import org.confmail.console.overview.OverviewView;
import org.confmail.console.queues.QueuesView;
import org.confmail.console.servers.HomeDirectory;
import org.confmail.console.servers.ServersView;
import org.confmail.console.settings.KnownServer;
import org.confmail.console.settings.KnownServers;
import org.confmail.console.settings.Settings;
import org.confmail.console.shell.MainWindow;
import org.confmail.console.storage.StorageView;
import org.confmail.console.traffic.TrafficView;
import org.confmail.console.view.View;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;
import org.jspecify.annotations.Nullable;

/** The program on the desktop: its window and what that stands on. {@link Main} starts it. */
public final class Console extends Application {
    /** How each view is made. */
    public static final Map<ViewName, Function<Workplace, View>> VIEWS = Map.ofEntries(
            Map.entry(ViewName.OVERVIEW, OverviewView::new),
            Map.entry(ViewName.QUEUES, QueuesView::new),
            Map.entry(ViewName.LOG, LogView::new),
            Map.entry(ViewName.TRAFFIC, TrafficView::new),
            Map.entry(ViewName.CONFIGURATION, ConfigurationView::new),
            Map.entry(ViewName.CONNECTIONS, ConnectionsView::new),
            Map.entry(ViewName.ACCOUNTS, AccountsView::new),
            Map.entry(ViewName.CERTIFICATES, CertificatesView::new),
            Map.entry(ViewName.DHT, DhtView::new),
            Map.entry(ViewName.STORAGE, StorageView::new),
            Map.entry(ViewName.SERVERS, ServersView::new));

    /** How long files that are being written may take when the program ends. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable Settings settings;
    private @Nullable MainWindow window;
    private boolean finished; // guarded by this

    @Override
    public void start(Stage stage) {
        // By a signal, such as at the end of a session. The window is not asked: its thread may wait for a painter that
        // is gone.
        Runtime.getRuntime().addShutdownHook(new Thread(this::finishFiles, "end"));
        Settings remembered = Settings.open(Settings.usualFile());
        settings = remembered;
        KnownServers servers = new KnownServers(remembered);
        addNamed(servers, Arguments.parse(getParameters().getRaw()));
        window = new MainWindow(
                stage, remembered, servers, Clock.systemUTC(), background, Platform::runLater, Optional.empty(), VIEWS);
        stage.show();
    }

    @Override
    public void stop() {
        if (window != null) {
            window.close();
        }
        finishFiles();
    }

    /** Waits for what is being written, but not for long. */
    private synchronized void finishFiles() {
        if (finished) {
            return;
        }
        finished = true;
        Settings remembered = settings;
        if (remembered != null) {
            remembered.close();
        }
        background.shutdown();
        try {
            background.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        background.shutdownNow();
    }

    private static void addNamed(KnownServers servers, Arguments arguments) {
        arguments
                .socket()
                .ifPresent(socket -> servers.add(new KnownServer(socket, Optional.empty(), Optional.empty())));
        arguments.home().ifPresent(home -> {
            try {
                servers.add(HomeDirectory.server(home));
            } catch (IOException e) {
                System.err.println("confmail-console: " + e.getMessage());
            }
        });
    }
}

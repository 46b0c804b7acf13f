package org.confmail.console;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.confmail.console.accounts.AccountsView;
import org.confmail.console.certificates.CertificatesView;
import org.confmail.console.connections.ConnectionsView;
import org.confmail.console.dht.DhtView;
import org.confmail.console.servers.HomeDirectory;
import org.confmail.console.servers.ServersView;
import org.confmail.console.settings.KnownServer;
import org.confmail.console.settings.KnownServers;
import org.confmail.console.settings.Settings;
import org.confmail.console.shell.MainWindow;
import org.confmail.console.shell.Version;
import org.confmail.console.storage.StorageView;
import org.confmail.console.view.View;
import org.confmail.console.view.ViewName;
import org.confmail.console.view.Workplace;
import org.jspecify.annotations.Nullable;

/** The program. */
public final class Console extends Application {
    /** How each view is made. */
    public static final Map<ViewName, Function<Workplace, View>> VIEWS = Map.ofEntries(
            Map.entry(ViewName.ACCOUNTS, AccountsView::new),
            Map.entry(ViewName.CERTIFICATES, CertificatesView::new),
            Map.entry(ViewName.CONNECTIONS, ConnectionsView::new),
            Map.entry(ViewName.DHT, DhtView::new),
            Map.entry(ViewName.SERVERS, ServersView::new),
            Map.entry(ViewName.STORAGE, StorageView::new));

    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable Settings settings;
    private @Nullable MainWindow window;

    /** Starts it with the arguments of the command line; exit status 2 for wrong ones. */
    public static void main(String[] args) {
        Arguments arguments = parse(List.of(args));
        if (arguments.wrong().isPresent()) {
            System.err.println("confmail-console: " + arguments.wrong().get());
            System.exit(2);
        } else if (arguments.help()) {
            System.out.print(Arguments.USAGE);
        } else if (arguments.version()) {
            System.out.println(Version.full());
        } else {
            launch(args);
        }
    }

    @Override
    public void start(Stage stage) {
        Settings remembered = Settings.open(Settings.usualFile());
        settings = remembered;
        KnownServers servers = new KnownServers(remembered);
        addNamed(servers, parse(getParameters().getRaw()));
        window = new MainWindow(
                stage, remembered, servers, Clock.systemUTC(), background, Platform::runLater, Optional.empty(), VIEWS);
        stage.show();
    }

    @Override
    public void stop() {
        if (window != null) {
            window.close();
        }
        if (settings != null) {
            settings.close();
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

    private static Arguments parse(List<String> words) {
        try {
            return Arguments.parse(words);
        } catch (InvalidPathException e) {
            return new Arguments(
                    Optional.empty(), Optional.empty(), false, false, Optional.of("not a path: " + e.getInput()));
        }
    }
}

package org.confmail.console.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownServersTest {
    private static final Path SOCKET = Path.of("/run/confmail/admin.sock").toAbsolutePath();
    private static final Path LOG = Path.of("/var/log/confmail.log").toAbsolutePath();

    private final Settings settings = Settings.forgetful();
    private final KnownServers servers = new KnownServers(settings);

    private Optional<Path> learnt(Optional<Path> home, String told) {
        servers.add(new KnownServer(SOCKET, home, Optional.empty()));
        servers.learn(SOCKET, Optional.of(told));
        assertEquals(servers.all().getFirst().logFile(), servers.chosen().get().flatMap(KnownServer::logFile));
        return servers.all().getFirst().logFile();
    }

    @Test
    void logFileIsLearntOfAServerOfThisMachineOnly() {
        assertEquals(Optional.empty(), learnt(Optional.empty(), LOG.toString()));
        assertEquals(Optional.of(LOG), learnt(Optional.of(Path.of("/srv/confmail")), LOG.toString()));
        assertEquals(
                Optional.of(LOG),
                new KnownServers(settings).chosen().get().flatMap(KnownServer::logFile),
                "it is remembered");
    }

    @Test
    void whatIsNoPathHereIsNotLearnt() {
        assertEquals(Optional.empty(), learnt(Optional.of(Path.of("/srv/confmail")), "relative.log"));
        assertEquals(Optional.empty(), learnt(Optional.of(Path.of("/srv/confmail")), "/var/\0.log"));
    }

    @Test
    void forgottenServerIsNotBroughtBack() {
        KnownServer server = new KnownServer(SOCKET, Optional.of(Path.of("/srv/confmail")), Optional.empty());
        servers.add(server);
        servers.forget(server);
        servers.learn(SOCKET, Optional.of(LOG.toString()));
        servers.put(server);
        assertEquals(List.of(), List.copyOf(servers.all()));
        assertEquals(Optional.empty(), servers.chosen().get());
    }

    @Test
    void addingOneThatIsThereTakesItsNewFacts() {
        servers.add(new KnownServer(SOCKET, Optional.empty(), Optional.empty()));
        KnownServer known = new KnownServer(SOCKET, Optional.of(Path.of("/srv/confmail")), Optional.empty());
        servers.add(known);
        assertEquals(List.of(known), List.copyOf(servers.all()));
        assertEquals(Optional.of(known), servers.chosen().get());
    }

    @Test
    void twoConsolesOfOneUserKnowWhatEitherHasAdded(@TempDir Path directory) {
        Path file = directory.resolve("settings.json");
        KnownServer first = new KnownServer(SOCKET, Optional.empty(), Optional.empty());
        KnownServer second = new KnownServer(SOCKET.resolveSibling("second.sock"), Optional.empty(), Optional.empty());
        KnownServer third = new KnownServer(SOCKET.resolveSibling("third.sock"), Optional.empty(), Optional.empty());
        try (Settings start = Settings.open(file)) {
            new KnownServers(start).add(first);
        }
        Settings left = Settings.open(file);
        Settings right = Settings.open(file);
        KnownServers leftServers = new KnownServers(left);
        new KnownServers(right).add(third);
        right.close();
        leftServers.add(second);
        leftServers.forget(first);
        left.close();
        try (Settings end = Settings.open(file)) {
            KnownServers all = new KnownServers(end);
            assertEquals(List.of(third, second), List.copyOf(all.all()));
            assertEquals(Optional.of(second), all.chosen().get());
        }
    }

    @Test
    void aServerThatAnotherConsoleHasForgottenIsNotChosenButMayBeAddedAgain(@TempDir Path directory) {
        Path file = directory.resolve("settings.json");
        KnownServer first = new KnownServer(SOCKET, Optional.empty(), Optional.empty());
        KnownServer second = new KnownServer(SOCKET.resolveSibling("second.sock"), Optional.empty(), Optional.empty());
        try (Settings start = Settings.open(file)) {
            KnownServers servers = new KnownServers(start);
            servers.add(first);
            servers.add(second);
        }
        Settings left = Settings.open(file);
        try (Settings right = Settings.open(file)) {
            new KnownServers(right).forget(first);
        }
        KnownServers shown = new KnownServers(left);
        shown.choose(first);
        assertEquals(Optional.of(first), shown.chosen().get());
        left.close();
        assertEquals(new KnownServersState(List.of(second), Optional.of(second)), state(file));
        try (Settings again = Settings.open(file)) {
            new KnownServers(again).add(first);
        }
        assertEquals(new KnownServersState(List.of(second, first), Optional.of(first)), state(file));
    }

    private record KnownServersState(List<KnownServer> all, Optional<KnownServer> chosen) {}

    private static KnownServersState state(Path file) {
        try (Settings settings = Settings.open(file)) {
            KnownServers servers = new KnownServers(settings);
            return new KnownServersState(
                    List.copyOf(servers.all()), servers.chosen().get());
        }
    }
}

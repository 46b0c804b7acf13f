package org.confmail.console.servers;

import static org.confmail.console.text.Texts.text;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Problem;
import org.confmail.console.settings.KnownServer;
import org.confmail.console.settings.KnownServers;
import org.confmail.console.view.Background;

/** Adds and forgets servers. */
final class ServersModel {
    private final KnownServers servers;
    private final Executor background;
    private final Executor window;

    ServersModel(KnownServers servers, Executor background, Executor window) {
        this.servers = servers;
        this.background = background;
        this.window = window;
    }

    /** Adds the server of a home directory, and shows it. */
    Answer<KnownServer> addHome(String directory) {
        return path(directory)
                .map(home -> Background.run(background, window, () -> HomeDirectory.server(home))
                        .done(servers::add))
                .orElseGet(ServersModel::noPath);
    }

    /** Adds the server behind a socket, such as one that ssh forwards, and shows it. */
    Answer<KnownServer> addSocket(String socket) {
        return path(socket)
                .map(path -> new KnownServer(path.toAbsolutePath().normalize(), Optional.empty(), Optional.empty()))
                .map(server -> {
                    servers.add(server);
                    return Answer.of(server);
                })
                .orElseGet(ServersModel::noPath);
    }

    /** Forgets a server; nothing of it is touched. */
    void forget(KnownServer server) {
        servers.forget(server);
    }

    private static Answer<KnownServer> noPath() {
        return Answer.failure(new Problem(Optional.empty(), text("servers.nopath")));
    }

    private static Optional<Path> path(String words) {
        if (words.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(words.strip()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}

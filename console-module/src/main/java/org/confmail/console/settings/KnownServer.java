package org.confmail.console.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A server that the user has added.
 *
 * @param socket its admin socket
 * @param home its home directory, where that is on this machine
 * @param logFile the log file that it wrote when it was last connected to
 */
public record KnownServer(Path socket, Optional<Path> home, Optional<Path> logFile) {

    /** Whether it is the same server, whatever else is known of it. */
    boolean isSame(KnownServer other) {
        return socket.equals(other.socket());
    }

    /** The same, writing its log there. */
    public KnownServer withLogFile(Optional<Path> file) {
        return new KnownServer(socket, home, file);
    }

    /** The same, writing the log file that it tells of, where that is on this machine: not if only its socket is known. */
    KnownServer writing(Optional<String> told) {
        return withLogFile(
                told.filter(_ -> home.isPresent()).flatMap(KnownServer::path).filter(Path::isAbsolute));
    }

    private static Optional<Path> path(String words) {
        try {
            return Optional.of(Path.of(words));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** A name for people: what the home directory is called, or the socket's path. */
    public String name() {
        return home.map(Path::getFileName).map(Objects::toString).orElse(socket.toString());
    }

    /** Where it is, for people. */
    public Path place() {
        return home.orElse(socket);
    }
}

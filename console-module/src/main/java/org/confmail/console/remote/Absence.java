package org.confmail.console.remote;

import static org.confmail.console.text.Texts.text;

import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** Why nobody answers at an admin socket, in words that say what to do. */
final class Absence {
    /** Longer paths of Unix domain sockets are refused by some systems. */
    private static final int SOCKET_PATH_MAX = 100;

    private Absence() {}

    static String of(Path socket, Exception failure) {
        String message = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        boolean denied = failure instanceof AccessDeniedException
                || message.toLowerCase(Locale.ROOT).contains("permission denied");
        if (denied) {
            return text("link.denied", socket);
        }
        if (socket.toString().length() > SOCKET_PATH_MAX) {
            return text("link.long", socket);
        }
        if (Files.notExists(socket)) {
            return text("link.missing", socket);
        }
        if (failure instanceof ConnectException) {
            return text("link.refused", socket);
        }
        return text("link.failed", socket, message);
    }
}

package org.confmail.console.servers;

import static org.confmail.console.text.Texts.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.confmail.console.settings.KnownServer;
import org.confmail.shared.config.AdminOptions;
import org.confmail.shared.config.ConfigFile;
import org.confmail.shared.config.ConfigValues;

/** Finds a server's admin socket by its home directory. */
public final class HomeDirectory {
    private static final String CONFIG_FILE = "config.txt";

    private HomeDirectory() {}

    /**
     * The server of this home.
     *
     * @throws IOException when it is none, or its config.txt names no admin socket; the message says what to do
     */
    public static KnownServer server(Path directory) throws IOException {
        Path home = directory.toAbsolutePath().normalize();
        Path config = home.resolve(CONFIG_FILE);
        if (!Files.isDirectory(home)) {
            throw new IOException(text("servers.nodirectory", home));
        }
        if (Files.notExists(config)) {
            throw new IOException(text("servers.nohome", home));
        }
        Path socket = ConfigValues.of(ConfigFile.load(config).document())
                .find(AdminOptions.ADMIN_SOCKET)
                .orElseThrow(() -> new IOException(text("servers.nosocket", config)));
        return new KnownServer(home.resolve(socket).normalize(), Optional.of(home), Optional.empty());
    }
}

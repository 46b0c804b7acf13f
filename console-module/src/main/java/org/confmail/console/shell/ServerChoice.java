package org.confmail.console.shell;

import static org.confmail.console.text.Texts.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;
import org.confmail.console.settings.KnownServer;
import org.confmail.console.settings.KnownServers;
import org.jspecify.annotations.Nullable;

/** The choice of the server that the window shows. A server is its socket here: what else is known of it may change. */
final class ServerChoice extends ComboBox<Path> {
    private final KnownServers servers;

    ServerChoice(KnownServers servers) {
        this.servers = servers;
        setId("server");
        setMaxWidth(Double.MAX_VALUE);
        setPromptText(text("window.noserver"));
        setConverter(new Names());
        fill();
        servers.all().addListener((ListChangeListener<KnownServer>) _ -> fill());
        servers.chosen().addListener((_, _, _) -> showChosen());
        valueProperty().addListener((_, _, wanted) -> find(wanted).ifPresent(this::choose));
    }

    private void fill() {
        List<Path> sockets = servers.all().stream().map(KnownServer::socket).toList();
        if (!sockets.equals(getItems())) {
            getItems().setAll(sockets);
            showChosen();
        }
    }

    private void showChosen() {
        setValue(servers.chosen().get().map(KnownServer::socket).orElse(null));
    }

    private void choose(KnownServer server) {
        boolean shown = servers.chosen()
                .get()
                .map(KnownServer::socket)
                .filter(server.socket()::equals)
                .isPresent();
        if (!shown) {
            servers.choose(server);
        }
    }

    private Optional<KnownServer> find(@Nullable Path socket) {
        return servers.all().stream()
                .filter(server -> server.socket().equals(socket))
                .findFirst();
    }

    private final class Names extends StringConverter<Path> {
        @Override
        public String toString(@Nullable Path socket) {
            return find(socket).map(KnownServer::name).orElse("");
        }

        @Override
        public @Nullable Path fromString(String name) {
            return null;
        }
    }
}

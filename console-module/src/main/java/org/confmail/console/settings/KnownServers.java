package org.confmail.console.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The servers that the user has added, and which of them the window shows. Belongs to the thread of the window. */
public final class KnownServers {
    private static final String NAME = "servers";

    private final Settings settings;
    private final ObservableList<KnownServer> servers = FXCollections.observableArrayList();
    /** Kept here: its listeners are forgotten with it. */
    private final ObservableList<KnownServer> readable = FXCollections.unmodifiableObservableList(servers);

    private final ObjectProperty<Optional<KnownServer>> chosen = new SimpleObjectProperty<>(Optional.empty());

    /** Reads what was remembered. */
    public KnownServers(Settings settings) {
        this.settings = settings;
        Remembered remembered =
                settings.get(NAME, Remembered.class).orElse(new Remembered(List.of(), Optional.empty()));
        servers.setAll(remembered.servers());
        chosen.set(remembered.chosen().or(() -> servers.stream().findFirst()));
    }

    /** All of them, in the order in which they were added; not to be changed. */
    public ObservableList<KnownServer> all() {
        return readable;
    }

    /** The one that is shown; choosing another is remembered. */
    public ObjectProperty<Optional<KnownServer>> chosen() {
        return chosen;
    }

    /** Shows a server of the list. */
    public void choose(KnownServer server) {
        chosen.set(Optional.of(server));
        remember();
    }

    /** Adds a server, or takes the new facts of one that is there, and shows it. */
    public void add(KnownServer server) {
        if (isKnown(server)) {
            put(server);
        } else {
            servers.add(server);
        }
        choose(server);
    }

    /** Takes new facts of a server that is there, by its socket. */
    public void put(KnownServer server) {
        if (!isKnown(server)) {
            return; // forgotten meanwhile
        }
        List<KnownServer> changed = new ArrayList<>(servers);
        changed.replaceAll(known -> known.socket().equals(server.socket()) ? server : known);
        if (!changed.equals(servers)) {
            servers.setAll(changed);
        }
        if (chosen.get().filter(known -> known.socket().equals(server.socket())).isPresent()) {
            chosen.set(Optional.of(server));
        }
        remember();
    }

    /** Takes the log file that the server behind a socket says it writes, so that it can be read here without the server. */
    public void learn(Path socket, Optional<String> logFile) {
        servers.stream()
                .filter(known -> known.socket().equals(socket))
                .findFirst()
                .map(known -> known.writing(logFile))
                .ifPresent(this::put);
    }

    /** Forgets a server; its files stay as they are. */
    public void forget(KnownServer server) {
        servers.removeIf(known -> known.socket().equals(server.socket()));
        if (chosen.get().filter(known -> known.socket().equals(server.socket())).isPresent()) {
            chosen.set(servers.stream().findFirst());
        }
        remember();
    }

    private boolean isKnown(KnownServer server) {
        return servers.stream().anyMatch(known -> known.socket().equals(server.socket()));
    }

    private void remember() {
        settings.put(NAME, new Remembered(List.copyOf(servers), chosen.get()));
    }

    record Remembered(List<KnownServer> servers, Optional<KnownServer> chosen) {
        Remembered {
            servers = List.copyOf(servers);
        }
    }
}

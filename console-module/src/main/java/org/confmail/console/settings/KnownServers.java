package org.confmail.console.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
        Remembered remembered = settings.get(NAME, Remembered.class).orElse(Remembered.NOTHING);
        servers.setAll(remembered.servers());
        chosen.set(remembered
                .chosen()
                .filter(servers::contains)
                .or(() -> servers.stream().findFirst()));
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
        change(remembered -> remembered.choosing(server));
    }

    /** Adds a server, or takes the new facts of one that is there, and shows it. */
    public void add(KnownServer server) {
        change(remembered -> remembered.with(server).choosing(server));
    }

    /** Takes new facts of a server that is there, by its socket. */
    public void put(KnownServer server) {
        change(remembered -> remembered.updated(server));
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
        change(remembered -> remembered.without(server));
    }

    /** Makes a change here, and to what is remembered, where another console may have added others. */
    private void change(UnaryOperator<Remembered> change) {
        Remembered now = change.apply(new Remembered(servers, chosen.get()));
        if (!now.servers().equals(servers)) {
            servers.setAll(now.servers());
        }
        chosen.set(now.chosen());
        settings.change(NAME, Remembered.class, found -> change.apply(found.orElse(Remembered.NOTHING)));
    }

    record Remembered(List<KnownServer> servers, Optional<KnownServer> chosen) {
        static final Remembered NOTHING = new Remembered(List.of(), Optional.empty());

        Remembered {
            servers = List.copyOf(servers);
        }

        /** Only one that is there can be chosen. */
        Remembered choosing(KnownServer server) {
            return new Remembered(
                    servers, servers.stream().filter(server::isSame).findFirst().or(() -> chosen));
        }

        Remembered with(KnownServer server) {
            return servers.stream().anyMatch(server::isSame)
                    ? updated(server)
                    : new Remembered(
                            Stream.concat(servers.stream(), Stream.of(server)).toList(), chosen);
        }

        /** Nothing where it was forgotten meanwhile. */
        Remembered updated(KnownServer server) {
            List<KnownServer> updated = servers.stream()
                    .map(known -> known.isSame(server) ? server : known)
                    .toList();
            return new Remembered(updated, chosen.map(known -> known.isSame(server) ? server : known));
        }

        Remembered without(KnownServer server) {
            List<KnownServer> others =
                    servers.stream().filter(known -> !known.isSame(server)).toList();
            return new Remembered(
                    others,
                    chosen.filter(known -> !known.isSame(server))
                            .or(() -> others.stream().findFirst()));
        }
    }
}

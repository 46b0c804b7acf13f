package org.confmail.server.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.confmail.shared.config.HostPort;

/** Where entries of the send queue go. Entries for equal targets are delivered one after the other, in order. */
public sealed interface Target {
    /** One for all of its entries. */
    Target PARTNER = new Partner();

    /** The name by which an operator, and the file of holds, knows it. {@link #named} reads it back. */
    String id();

    /** The replication partner, whatever its address is. */
    record Partner() implements Target {
        private static final String ID = "replication";

        @Override
        public String id() {
            return ID;
        }
    }

    /** This server's own node of the DHT. */
    record OwnNode() implements Target {
        private static final String ID = "entangled";

        @Override
        public String id() {
            return ID;
        }
    }

    /**
     * Servers of which any one will do: a replication pair.
     *
     * @param servers at least one; lower case, sorted and without repetition, so that each order of writing them is the same
     *     target
     */
    record Servers(List<HostPort> servers) implements Target {
        /** More are passed over: two make a pair, and each one more that is down costs a time-out. */
        static final int SERVERS_MAX = 8;

        private static final String PREFIX = "server=";
        private static final Comparator<HostPort> ORDER =
                Comparator.comparing(HostPort::host).thenComparingInt(HostPort::port);

        public Servers {
            servers = servers.stream()
                    .map(server -> new HostPort(server.host().toLowerCase(Locale.ROOT), server.port()))
                    .distinct()
                    .sorted(ORDER)
                    .toList();
            if (servers.isEmpty()) {
                throw new IllegalArgumentException("a target has a server");
            }
        }

        @Override
        public String id() {
            return PREFIX
                    + String.join(",", servers.stream().map(HostPort::toString).toList());
        }
    }

    /** The target that a Post-To line names, or empty where it names none. Alternatives that cannot be read are passed over. */
    static Optional<Target> posted(String value) {
        String text = value.strip();
        if (text.equalsIgnoreCase(OwnNode.ID)) {
            return Optional.of(new OwnNode());
        }
        if (!text.regionMatches(true, 0, Servers.PREFIX, 0, Servers.PREFIX.length())) {
            return Optional.empty();
        }
        List<HostPort> servers = new ArrayList<>();
        for (String server : text.substring(Servers.PREFIX.length()).split(",", -1)) {
            if (servers.size() < Servers.SERVERS_MAX) {
                HostPort.parse(server.strip()).ifPresent(servers::add);
            }
        }
        return servers.isEmpty() ? Optional.empty() : Optional.of(new Servers(servers));
    }

    /** The target of this {@link #id}, or empty. */
    static Optional<Target> named(String id) {
        return id.equals(Partner.ID) ? Optional.of(PARTNER) : posted(id);
    }
}

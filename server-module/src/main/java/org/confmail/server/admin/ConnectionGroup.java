package org.confmail.server.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.confmail.server.admin.rpc.Caller;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.server.session.OpenConnection;
import org.confmail.server.session.Sessions;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.ConnectionMethods.Closed;
import org.confmail.shared.admin.ConnectionMethods.Connection;
import org.confmail.shared.admin.ConnectionMethods.Connections;
import org.confmail.shared.admin.ConnectionMethods.Count;
import org.confmail.shared.admin.ConnectionMethods.Page;
import org.confmail.shared.admin.ConnectionMethods.Which;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients that are connected. */
final class ConnectionGroup {
    private static final Logger LOG = LoggerFactory.getLogger("admin");

    private final Sessions sessions;
    private final InstantSource clock;

    ConnectionGroup(Sessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    void register(Methods methods) {
        methods.on(ConnectionMethods.LIST, this::list)
                .on(ConnectionMethods.CLOSE, this::close)
                .on(ConnectionMethods.FOLLOW, (nothing, caller) -> {
                    throw new AdminException(AdminError.UNAVAILABLE, "this server tells of no changes");
                });
    }

    private Connections list(Page page, Caller caller) throws AdminException {
        Instant now = clock.instant();
        Paging<OpenConnection> found = Paging.of(sessions.list(), ConnectionGroup::key, page.after(), page.limit());
        List<Connection> connections =
                found.items().stream().map(open -> connection(open, now)).toList();
        return new Connections(connections, found.total(), found.next());
    }

    /** Of equal length, so that text sorts as numbers do. */
    private static String key(OpenConnection connection) {
        return String.format(Locale.ROOT, "%019d", connection.number());
    }

    private static Connection connection(OpenConnection open, Instant now) {
        return new Connection(
                open.number(),
                open.address(),
                open.port(),
                open.user(),
                open.tls(),
                open.cipher(),
                open.opened(),
                Duration.between(open.opened(), now).toSeconds(),
                open.doing(),
                open.received(),
                open.sent(),
                open.commands().entrySet().stream()
                        .map(kind -> new Count(kind.getKey(), kind.getValue()))
                        .toList());
    }

    private Closed close(Which which, Caller caller) throws AdminException {
        if (!sessions.cut(which.number())) {
            throw new AdminException(
                    AdminError.NOT_FOUND,
                    "connection " + which.number() + " is not open; connections.list has those that are");
        }
        LOG.info("connection {} closed by {}", which.number(), caller.who());
        return new Closed(which.number());
    }
}

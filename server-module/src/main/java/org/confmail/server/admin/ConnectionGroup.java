package org.confmail.server.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.confmail.server.admin.rpc.Caller;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.server.admin.rpc.Pulse;
import org.confmail.server.session.OpenConnection;
import org.confmail.server.session.Sessions;
import org.confmail.server.time.Scheduler;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.ConnectionMethods.Changed;
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
    private final Pulse pulse;
    private final Scheduler scheduler;

    ConnectionGroup(Sessions sessions, InstantSource clock, Pulse pulse, Scheduler scheduler) {
        this.sessions = sessions;
        this.clock = clock;
        this.pulse = pulse;
        this.scheduler = scheduler;
    }

    void register(Methods methods) {
        methods.on(ConnectionMethods.LIST, this::list)
                .on(ConnectionMethods.CLOSE, this::close)
                .on(ConnectionMethods.FOLLOW, this::follow);
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

    private Subscribed follow(Nothing nothing, Caller caller) throws AdminException {
        ChangeFeed<Long, Changed> feed = new ChangeFeed<>(ConnectionMethods.CHANGED, pulse, scheduler, this::changed);
        return caller.subscribe(feed.of(sessions.follow(number -> feed.changed(number, false))));
    }

    private Changed changed(long subscription, long lost, Map<Long, Boolean> numbers) {
        Instant now = clock.instant();
        List<OpenConnection> open = sessions.list();
        Set<Long> closed = new LinkedHashSet<>(numbers.keySet());
        open.forEach(each -> closed.remove(each.number()));
        List<Connection> changed = open.stream()
                .filter(each -> numbers.containsKey(each.number()))
                .map(each -> connection(each, now))
                .toList();
        return new Changed(subscription, lost, changed, List.copyOf(closed), open.size());
    }
}

package org.confmail.shared.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.AdminMethod.Nothing;

/** The clients that are connected: who is on, what are they doing? */
public final class ConnectionMethods {
    public static final AdminMethod<Page, Connections> LIST = AdminMethod.of(
            "connections.list",
            new Page(Optional.empty(), Optional.of(100)),
            Connections.class,
            "The open connections of clients, the oldest first.");

    public static final AdminMethod<Which, Closed> CLOSE = AdminMethod.of(
            "connections.close",
            new Which(7),
            Closed.class,
            "Cuts a connection. A command that it is executing either was done or was not: its client gets no answer.");

    public static final AdminMethod<Nothing, Subscribed> FOLLOW = AdminMethod.of(
            "connections.follow",
            Subscribed.class,
            "Subscribes to changes of the connections from now on. Who wants the whole calls connections.list behind it.");

    public static final AdminEvent<Changed> CHANGED = new AdminEvent<>(
            "connections.changed",
            Changed.class,
            "Connections were opened or closed, someone has logged in or does something else, for who called"
                    + " connections.follow; what changes again and again is gathered, and comes four times a second at most.");

    private ConnectionMethods() {}

    /** Parameters of {@link #LIST}: the paging of all lists. */
    public record Page(
            @Doc("what next of the page before holds; without it the first page")
            Optional<String> after,

            @Doc("how many at most, up to 1000; 100 where it is left away")
            Optional<Integer> limit) {}

    /** Result of {@link #LIST}. */
    public record Connections(
            @Doc("the connections") List<Connection> connections,
            @Doc("how many there are in all") int total,
            @Doc("names the next page, if there is one") Optional<String> next) {}

    /** An open connection. */
    public record Connection(
            @Doc("counts from 1 since the server started; the log has it too")
            long number,

            @Doc("the client's address") String address,
            @Doc("the client's port") int port,
            @Doc("who is logged in") Optional<String> user,
            @Doc("the version of TLS; absent in plain text") Optional<String> tls,
            @Doc("the cipher suite") Optional<String> cipher,
            @Doc("when it was opened") Instant opened,
            @Doc("seconds since then") long ageSeconds,

            @Doc("waiting, or the command that it executes; without secrets")
            String doing,

            @Doc("bytes from the client, inside TLS") long received,
            @Doc("bytes to the client, inside TLS") long sent,
            @Doc("commands by kind, where there were any") List<Count> commands) {}

    /** How often. */
    public record Count(
            @Doc("what") String name, @Doc("how often") long count) {}

    /** Parameters of {@link #CHANGED}. */
    public record Changed(
            @Doc("the subscription") long subscription,

            @Doc(
                    "how many connections changed that are not told here, because the client is slow: connections.list has them; mostly 0")
            long lost,

            @Doc("the connections that are new or have changed, as connections.list has them")
            List<Connection> connections,

            @Doc("the numbers of those that are closed") List<Long> closed,
            @Doc("how many are open in all") int total) {}

    /** Parameters of {@link #CLOSE}. */
    public record Which(@Doc("the connection's number") long number) {}

    /** Result of {@link #CLOSE}. */
    public record Closed(@Doc("the connection's number") long number) {}
}

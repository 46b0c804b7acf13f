package org.confmail.shared.admin;

import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminMethod.Nothing;

/** What concerns the client's own connection to the admin socket. */
public final class SessionMethods {
    /** The version of the protocol that this module speaks. Additions that old clients can ignore do not change it. */
    public static final int PROTOCOL = 1;

    public static final AdminMethod<Hello, Welcome> HELLO = AdminMethod.of(
            "hello",
            new Hello(Optional.of("confmail-admin")),
            Welcome.class,
            "Tells what answers here: the first call of a client.");

    public static final AdminMethod<Which, Description> DESCRIBE = AdminMethod.of(
            "describe",
            new Which(Optional.of("config.save")),
            Description.class,
            "Describes a method, or all of them, and the events.");

    public static final AdminMethod<Subscription, Nothing> UNSUBSCRIBE = AdminMethod.of(
            "unsubscribe",
            new Subscription(1),
            Nothing.class,
            "Ends a subscription. What was on its way may still come.");

    private SessionMethods() {}

    /** Parameters of {@link #HELLO}. */
    public record Hello(
            @Doc("what the client is, for the server's log") Optional<String> client) {}

    /** Result of {@link #HELLO}. */
    public record Welcome(
            @Doc("the oldest version of the protocol that this server speaks")
            int oldestProtocol,

            @Doc("the newest version of the protocol that this server speaks")
            int newestProtocol,

            @Doc("what answers: confmail-server") String server,
            @Doc("its version") String version,
            @Doc("its home directory") String home,
            @Doc("its process id") long processId) {}

    /** Parameters of {@link #DESCRIBE}. */
    public record Which(
            @Doc("only this method, or all of a group") Optional<String> method) {}

    /** Result of {@link #DESCRIBE}. */
    public record Description(
            @Doc("the methods, sorted by name") List<MethodDescription> methods,
            @Doc("the notifications that subscribers get") List<EventDescription> events) {}

    /** An event, described. */
    public record EventDescription(
            @Doc("its name") String name,
            @Doc("when it comes") String help,
            @Doc("its parameters") List<FieldDescription> params) {

        /** The description of an event, from its record. */
        public static EventDescription of(AdminEvent<?> event) {
            return new EventDescription(event.name(), event.help(), FieldDescription.of(event.type()));
        }
    }

    /** Parameters of {@link #UNSUBSCRIBE}. */
    public record Subscription(
            @Doc("the number that subscribing gave") long subscription) {}
}

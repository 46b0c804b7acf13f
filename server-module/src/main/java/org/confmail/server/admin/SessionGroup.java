package org.confmail.server.admin;

import java.util.List;
import org.confmail.server.admin.rpc.Caller;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.AdminMethods;
import org.confmail.shared.admin.MethodDescription;
import org.confmail.shared.admin.SessionMethods;
import org.confmail.shared.admin.SessionMethods.Description;
import org.confmail.shared.admin.SessionMethods.EventDescription;
import org.confmail.shared.admin.SessionMethods.Hello;
import org.confmail.shared.admin.SessionMethods.Subscription;
import org.confmail.shared.admin.SessionMethods.Welcome;
import org.confmail.shared.admin.SessionMethods.Which;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What concerns the client's own connection. */
final class SessionGroup {
    private static final Logger LOG = LoggerFactory.getLogger("admin");

    private final AdminParts parts;
    private final Methods methods;

    SessionGroup(AdminParts parts, Methods methods) {
        this.parts = parts;
        this.methods = methods;
    }

    void register() {
        methods.on(SessionMethods.HELLO, this::hello)
                .on(SessionMethods.DESCRIBE, this::describe)
                .on(SessionMethods.UNSUBSCRIBE, SessionGroup::unsubscribe);
    }

    private Welcome hello(Hello hello, Caller caller) {
        LOG.debug("hello from {}", caller.who());
        return new Welcome(
                SessionMethods.PROTOCOL,
                SessionMethods.PROTOCOL,
                "confmail-server",
                parts.version(),
                parts.home().root().toString(),
                ProcessHandle.current().pid());
    }

    private Description describe(Which which, Caller caller) throws AdminException {
        List<MethodDescription> found = methods.all().stream()
                .filter(method -> which.method().isEmpty()
                        || isMeant(method, which.method().get()))
                .map(MethodDescription::of)
                .toList();
        if (found.isEmpty()) {
            throw new AdminException(
                    AdminError.NOT_FOUND, "there is no such method here; describe without parameters lists them all");
        }
        return new Description(
                found, AdminMethods.events().stream().map(EventDescription::of).toList());
    }

    private static boolean isMeant(AdminMethod<?, ?> method, String name) {
        return method.name().equals(name) || method.group().equals(name);
    }

    private static Nothing unsubscribe(Subscription subscription, Caller caller) throws AdminException {
        if (!caller.unsubscribe(subscription.subscription())) {
            throw new AdminException(AdminError.NOT_FOUND, "there is no such subscription on this connection");
        }
        return Nothing.AT_ALL;
    }
}

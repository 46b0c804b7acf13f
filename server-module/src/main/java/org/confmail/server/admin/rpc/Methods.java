package org.confmail.server.admin.rpc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminJson;
import org.confmail.shared.admin.AdminMethod;
import tools.jackson.databind.JsonNode;

/** The methods of a server: filled when it starts, then only read. */
public final class Methods {
    private final Map<String, Registered<?, ?>> methods = new TreeMap<>();

    /**
     * Registers a method.
     *
     * @throws IllegalArgumentException when it is registered already
     */
    public <P extends Record, R extends Record> Methods on(AdminMethod<P, R> method, Handler<P, R> handler) {
        if (methods.putIfAbsent(method.name(), new Registered<>(method, handler)) != null) {
            throw new IllegalArgumentException(method.name() + " is registered already");
        }
        return this;
    }

    /** All methods, by name. */
    public List<AdminMethod<?, ?>> all() {
        List<AdminMethod<?, ?>> all = new ArrayList<>();
        methods.values().forEach(registered -> all.add(registered.method));
        return all;
    }

    /** Calls the method of that name. */
    JsonNode call(String name, JsonNode params, Caller caller) throws AdminException, IOException {
        Registered<?, ?> registered = methods.get(name);
        if (registered == null) {
            throw new AdminException(
                    AdminError.UNKNOWN_METHOD, "there is no such method here; describe lists those that there are");
        }
        return registered.call(params, caller);
    }

    private record Registered<P extends Record, R extends Record>(AdminMethod<P, R> method, Handler<P, R> handler) {
        JsonNode call(JsonNode params, Caller caller) throws AdminException, IOException {
            return AdminJson.tree(handler.handle(AdminJson.params(params, method.params()), caller));
        }
    }
}

package org.confmail.server.dht.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The five methods, and how many arguments each takes. PROTOCOL section 10. */
enum Method {
    PING("ping", 0, 0),
    STORE("store", 2, 4),
    FIND_NODE("findNode", 1, 1),
    FIND_VALUE("findValue", 1, 1),
    DELETE("delete", 1, 1);

    private static final Map<String, Method> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Method::wireName, Function.identity()));

    private final String wireName;
    private final int argumentsMin;
    private final int argumentsMax;

    Method(String wireName, int argumentsMin, int argumentsMax) {
        this.wireName = wireName;
        this.argumentsMin = argumentsMin;
        this.argumentsMax = argumentsMax;
    }

    static Optional<Method> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    String wireName() {
        return wireName;
    }

    boolean takes(int arguments) {
        return arguments >= argumentsMin && arguments <= argumentsMax;
    }
}

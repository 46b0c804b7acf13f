package org.confmail.shared.config;

import java.util.ArrayList;
import java.util.List;

/** Looks for options that are right by themselves and do not go together. All of it worked with the old server, so all are warnings. */
final class Combinations {
    private Combinations() {}

    static List<ConfigProblem> check(ConfigValues values) {
        List<ConfigProblem> problems = new ArrayList<>();
        if (values.find(DeliveryOptions.REPLPEER).isPresent()
                && values.find(DeliveryOptions.REPL_AUTHKEY).isEmpty()) {
            problems.add(problem(
                    values,
                    DeliveryOptions.REPLPEER,
                    "there is a replication partner but no valid repl_authkey, so this server can't log in there."
                            + " Set repl_authkey to the partner's replication key."));
        }
        if (values.value(DeliveryOptions.USE_EXIT_NODE)
                && values.find(DeliveryOptions.TOR_PROXY).isEmpty()) {
            problems.add(problem(
                    values,
                    DeliveryOptions.USE_EXIT_NODE,
                    "direct traffic must leave through TOR, but there is no tor_proxy, so none is sent."
                            + " Set tor_proxy, or use_exit_node to false."));
        }
        return problems;
    }

    private static ConfigProblem problem(ConfigValues values, ConfigOption<?> option, String message) {
        return new ConfigProblem.Combination(values.lines(option).getLast().line(), option, message);
    }
}

package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ServerMethods;

/** Counters and gauges for Prometheus. */
final class MetricsCommand implements Command {
    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public List<String> uses() {
        return List.of("metrics");
    }

    @Override
    public String help() {
        return "show all counters and gauges in the Prometheus text format";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        words.end();
        shell.show(ServerMethods.METRICS, metrics -> shell.line(metrics.text().stripTrailing()));
        return Main.DONE;
    }
}

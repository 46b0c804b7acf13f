package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ServerMethods;
import org.confmail.shared.admin.ServerMethods.Rate;
import org.confmail.shared.admin.ServerMethods.State;

/** Everything at a glance. */
final class StateCommand implements Command {
    @Override
    public String name() {
        return "state";
    }

    @Override
    public List<String> uses() {
        return List.of("state");
    }

    @Override
    public String help() {
        return "show everything at a glance";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        words.end();
        shell.show(ServerMethods.STATE, state -> show(state, shell));
        return Main.DONE;
    }

    private static void show(State state, Shell shell) {
        Table facts = new Table("confmail-server", state.version())
                .row("home", state.home())
                .row("process", state.processId() + ", Java " + state.java())
                .row("running since", Texts.time(state.started()) + ", " + Texts.duration(state.uptimeSeconds()))
                .row("ports", ports(state))
                .row("log", state.logFile().orElse("standard error"))
                .row("connections", state.connections() + " of " + state.connectionsMax());
        state.queue()
                .ifPresent(
                        queue -> facts.row("send queue", queue.entries() + " entries, " + Texts.bytes(queue.bytes())));
        facts.row("memory", memory(state));
        state.disks()
                .forEach(disk -> facts.row(
                        "disk of " + disk.path(), Texts.bytes(disk.free()) + " free of " + Texts.bytes(disk.size())));
        facts.row("certificate", state.certificate().digest())
                .row("  valid until", Texts.time(state.certificate().validUntil()));
        if (!state.atRestart().isEmpty()) {
            facts.row("at restart", String.join(", ", state.atRestart()));
        }
        shell.table(facts, "");
        shell.line("");
        Table rates = new Table("SINCE THE START", "TOTAL", "PER MINUTE", "OVER FIVE");
        row(rates, state.connectionRate(), "connections");
        state.requests().forEach(rate -> row(rates, rate, rate.name().equals("all") ? "commands" : "  " + rate.name()));
        state.bytes().forEach(rate -> row(rates, rate, "bytes " + rate.name()));
        shell.table(rates, "");
        if (state.unconfirmed()) {
            shell.line(shell.in(
                    Shell.Colour.WARNING, "\nSettings wait to be confirmed: config confirm, or config revert."));
        }
        if (!state.lastErrors().isEmpty()) {
            shell.line("\nLast errors:");
            state.lastErrors().forEach(line -> shell.line(LogCommand.line(line, shell)));
        }
    }

    private static void row(Table table, Rate rate, String name) {
        table.row(name, rate.total(), rate.perMinute(), rate.perMinuteOfFive());
    }

    private static String ports(State state) {
        return state.port() + " TCP"
                + state.dhtPort().map(port -> ", " + port + " UDP").orElse(", no DHT")
                + state.bindAddress().map(address -> ", only on " + address).orElse("");
    }

    private static String memory(State state) {
        return state.memory()
                        .resident()
                        .map(bytes -> Texts.bytes(bytes) + " resident, ")
                        .orElse("") + "heap " + Texts.bytes(state.memory().heapUsed()) + " of "
                + Texts.bytes(state.memory().heapMax());
    }
}

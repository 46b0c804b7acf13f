package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.ConnectionMethods.Connection;
import org.confmail.shared.admin.ConnectionMethods.Connections;

/** Who is on, and what are they doing? */
final class ConnectionsCommand implements Command {
    @Override
    public String name() {
        return "connections";
    }

    @Override
    public List<String> uses() {
        return List.of("connections [-after PAGE] [-n LINES]", "connections close NUMBER");
    }

    @Override
    public String help() {
        return "show the clients that are connected, or cut one";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        ConnectionMethods.Page page = new ConnectionMethods.Page(words.option("-after"), words.number("-n"));
        String verb = words.next().orElse("list");
        switch (verb) {
            case "list" -> {
                words.end();
                shell.show(ConnectionMethods.LIST, page, found -> show(found, shell));
            }
            case "close" -> {
                long number = Words.number("connection", words.next("the number of a connection"));
                words.end();
                shell.show(
                        ConnectionMethods.CLOSE,
                        new ConnectionMethods.Which(number),
                        closed -> shell.line("Connection " + closed.number() + " is closed."));
            }
            default -> throw new WrongUse("there is no 'connections " + verb + "'");
        }
        return Main.DONE;
    }

    private static void show(Connections found, Shell shell) {
        Table table = new Table("NUMBER", "FROM", "USER", "TLS", "AGE", "RECEIVED", "SENT", "DOING", "COMMANDS");
        for (Connection each : found.connections()) {
            table.row(
                    each.number(),
                    each.address() + " " + each.port(),
                    Texts.or(each.user()),
                    Texts.or(each.tls()),
                    Texts.duration(each.ageSeconds()),
                    Texts.bytes(each.received()),
                    Texts.bytes(each.sent()),
                    each.doing(),
                    each.commands().stream()
                            .map(count -> count.name() + " " + count.count())
                            .collect(Collectors.joining(", ")));
        }
        shell.table(table, "No client is connected.");
        found.next().ifPresent(next -> shell.line("More: -after " + next + " (" + found.total() + " in all)"));
    }
}

package org.confmail.server.command;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.ConnectionMethods.Changed;
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
        return List.of("connections [-after PAGE] [-n LINES]", "connections -f", "connections close NUMBER");
    }

    @Override
    public String help() {
        return "show the clients that are connected, or cut one; -f follows who comes, goes, and does what";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        ConnectionMethods.Page page = new ConnectionMethods.Page(words.option("-after"), words.number("-n"));
        if (words.flag("-f")) {
            words.end();
            shell.follow(
                    ConnectionMethods.FOLLOW,
                    Nothing.AT_ALL,
                    ConnectionMethods.CHANGED,
                    changed -> show(changed, shell),
                    () -> shell.show(ConnectionMethods.LIST, page, found -> show(found, shell)));
            return Main.DONE;
        }
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

    private static void show(Changed changed, Shell shell) {
        if (changed.lost() > 0) {
            shell.line(shell.in(
                    Shell.Colour.WARNING, "... " + changed.lost() + " more have changed: connections shows them"));
        }
        String now = Texts.time(Instant.now()) + " ";
        changed.connections()
                .forEach(each -> shell.line(now + each.number() + " " + each.address()
                        + each.user().map(user -> " " + Texts.clean(user)).orElse("")
                        + each.tls().map(tls -> " " + tls).orElse("") + ": " + Texts.clean(each.doing())));
        changed.closed().forEach(number -> shell.line(now + shell.in(Shell.Colour.FAINT, number + " closed")));
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

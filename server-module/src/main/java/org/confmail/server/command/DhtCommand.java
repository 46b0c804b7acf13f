package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.ConnectionMethods.Count;
import org.confmail.shared.admin.DhtMethods;
import org.confmail.shared.admin.DhtMethods.Contacts;
import org.confmail.shared.admin.DhtMethods.Found;
import org.confmail.shared.admin.DhtMethods.State;

/** Is this node part of the Entangled network? */
final class DhtCommand implements Command {
    @Override
    public String name() {
        return "dht";
    }

    @Override
    public List<String> uses() {
        return List.of("dht", "dht contacts [-after PAGE] [-n LINES]", "dht lookup KEY");
    }

    @Override
    public String help() {
        return "show this node of the Entangled network, the nodes that it knows, or the way to a key";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        ConnectionMethods.Page page = new ConnectionMethods.Page(words.option("-after"), words.number("-n"));
        String verb = words.next().orElse("state");
        switch (verb) {
            case "state" -> {
                words.end();
                shell.show(DhtMethods.STATE, found -> show(found, shell));
            }
            case "contacts" -> {
                words.end();
                shell.show(DhtMethods.CONTACTS, page, found -> show(found, shell));
            }
            case "lookup" -> {
                String key = words.next("a key");
                words.end();
                Found found = shell.show(DhtMethods.LOOKUP, new DhtMethods.Lookup(key), path -> show(path, shell));
                return found.found() ? Main.DONE : Main.FAILED;
            }
            default -> throw new WrongUse("there is no 'dht " + verb + "'");
        }
        return Main.DONE;
    }

    private static void show(State state, Shell shell) {
        shell.table(
                new Table("NODE", state.id())
                        .row("port", state.port() + " UDP")
                        .row("contacts", state.contacts())
                        .row(
                                "nodes in all",
                                state.networkNodes() == 0 ? "not measured yet" : "~" + state.networkNodes())
                        .row("blocks held", state.held().map(Object::toString).orElse("not counted yet")),
                "");
        shell.line("");
        Table buckets = new Table("BUCKET", "CONTACTS", "ROOM FOR", "WAITING");
        state.buckets()
                .forEach(bucket -> buckets.row(bucket.index(), bucket.contacts(), bucket.size(), bucket.waiting()));
        shell.table(buckets, "It knows no other node.");
        shell.line("");
        shell.table(counted("COUNTED", state.counts()), "Nothing was counted yet.");
        shell.line("");
        shell.table(counted("REFUSED", state.refused()), "No packet was refused.");
    }

    /** Without those that count nothing, which are most. */
    private static Table counted(String title, List<Count> counts) {
        Table table = new Table(title, "COUNT");
        counts.stream().filter(count -> count.count() > 0).forEach(count -> table.row(count.name(), count.count()));
        return table;
    }

    private static void show(Contacts found, Shell shell) {
        Table table = new Table("BUCKET", "NODE", "ADDRESS", "PORT", "ANSWERED", "FAILURES");
        found.contacts()
                .forEach(contact -> table.row(
                        contact.bucket(),
                        contact.id(),
                        contact.address(),
                        contact.port(),
                        Texts.duration(contact.answeredSecondsAgo()) + " ago",
                        contact.failures()));
        shell.table(table, "It knows no other node.");
        found.next().ifPresent(next -> shell.line("More: -after '" + next + "' (" + found.total() + " in all)"));
    }

    private static void show(Found found, Shell shell) {
        Table table = new Table("HOP", "NODE", "SHARED BITS", "ADDRESS", "PORT", "OUTCOME", "MS");
        found.path()
                .forEach(asked -> table.row(
                        asked.hop(),
                        asked.id(),
                        asked.sharedBits(),
                        asked.address(),
                        asked.port(),
                        asked.outcome(),
                        asked.millis()));
        shell.table(table, "There was no node to ask.");
        if (found.crowded()) {
            shell.line(
                    "There are more nodes near this key than there can be by chance: somebody may hide what is there.");
        }
        String where = found.hops() == 0 ? "Held here; nobody else gave it, in " : "Found in ";
        shell.line((found.found() ? where : "Not found; it took ") + found.millis() + " ms.");
    }
}

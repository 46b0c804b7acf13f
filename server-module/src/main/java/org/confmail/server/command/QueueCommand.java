package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.Entries;
import org.confmail.shared.admin.QueueMethods.Entry;
import org.confmail.shared.admin.QueueMethods.TargetLine;
import org.confmail.shared.admin.QueueMethods.Targets;

/** Why is it stuck? */
final class QueueCommand implements Command {
    @Override
    public String name() {
        return "queue";
    }

    @Override
    public List<String> uses() {
        return List.of("queue [TARGET] [-after PAGE] [-n LINES]");
    }

    @Override
    public String help() {
        return "show what waits for other servers and why, or the entries of a target";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        Optional<String> after = words.option("-after");
        Optional<Integer> limit = words.number("-n");
        Optional<String> target = words.next();
        words.end();
        if (target.isPresent()) {
            shell.show(
                    QueueMethods.ENTRIES,
                    new QueueMethods.EntriesOf(target.get(), after, limit),
                    found -> show(found, shell));
        } else {
            shell.show(QueueMethods.TARGETS, new ConnectionMethods.Page(after, limit), found -> show(found, shell));
        }
        return Main.DONE;
    }

    private static void show(Targets found, Shell shell) {
        Table table = new Table(
                "TARGET", "SERVER", "STATE", "ENTRIES", "SIZE", "OLDEST", "FAILURES", "NEXT ATTEMPT", "LAST ERROR");
        for (TargetLine target : found.targets()) {
            table.row(
                    target.target(),
                    Texts.or(target.server()),
                    target.state(),
                    target.entries(),
                    Texts.bytes(target.bytes()),
                    Texts.time(target.oldest()),
                    target.failures(),
                    Texts.time(target.nextAttempt()),
                    Texts.or(target.lastError()));
        }
        shell.table(table, "Nothing waits for other servers.");
        found.next().ifPresent(next -> shell.line("More: -after '" + next + "' (" + found.total() + " in all)"));
    }

    private static void show(Entries found, Shell shell) {
        Table table = new Table("ENTRY", "KIND", "BLOCK", "SIZE", "QUEUED", "FAILURES", "NEXT ATTEMPT", "LAST ERROR");
        for (Entry entry : found.entries()) {
            table.row(
                    entry.name(),
                    entry.kind(),
                    Texts.or(entry.key()),
                    Texts.bytes(entry.bytes()),
                    Texts.time(entry.queued()),
                    entry.failures(),
                    Texts.time(entry.nextAttempt()),
                    Texts.or(entry.lastError()));
        }
        shell.table(table, "Nothing waits for this target.");
        found.next().ifPresent(next -> shell.line("More: -after '" + next + "' (" + found.total() + " in all)"));
    }
}

package org.confmail.server.command;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.Changed;
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
        return List.of("queue [TARGET] [-after PAGE] [-n LINES]", "queue -f");
    }

    @Override
    public String help() {
        return "show what waits for other servers and why, or the entries of a target; -f follows what changes";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        Optional<String> after = words.option("-after");
        Optional<Integer> limit = words.number("-n");
        boolean follow = words.flag("-f");
        Optional<String> target = follow ? Optional.empty() : words.next();
        words.end();
        ConnectionMethods.Page page = new ConnectionMethods.Page(after, limit);
        if (follow) {
            shell.follow(
                    QueueMethods.FOLLOW,
                    Nothing.AT_ALL,
                    QueueMethods.CHANGED,
                    changed -> show(changed, shell),
                    () -> shell.show(QueueMethods.TARGETS, page, found -> show(found, shell)));
        } else if (target.isPresent()) {
            shell.show(
                    QueueMethods.ENTRIES,
                    new QueueMethods.EntriesOf(target.get(), after, limit),
                    found -> show(found, shell));
        } else {
            shell.show(QueueMethods.TARGETS, page, found -> show(found, shell));
        }
        return Main.DONE;
    }

    private static void show(Changed changed, Shell shell) {
        if (changed.lost() > 0) {
            shell.line(
                    shell.in(Shell.Colour.WARNING, "... " + changed.lost() + " more have changed: queue shows them"));
        }
        String now = Texts.time(Instant.now());
        changed.targets().forEach(change -> {
            String name = now + " " + Texts.clean(change.target()) + " ";
            String what = change.line().map(QueueCommand::line).orElse("gone: nothing waits for it");
            boolean failing = change.line().map(line -> line.failures() > 0).orElse(false);
            shell.line(name + (failing ? shell.in(Shell.Colour.WARNING, what) : what));
        });
    }

    private static String line(TargetLine line) {
        return line.state() + ", " + line.entries() + " entries, " + Texts.bytes(line.bytes())
                + (line.failures() == 0 ? "" : ", " + line.failures() + " failures")
                + line.nextAttempt()
                        .map(next -> ", next attempt " + Texts.time(next))
                        .orElse("")
                + line.lastError().map(error -> ": " + Texts.clean(error)).orElse("");
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

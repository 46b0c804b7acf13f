package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.Batches;

/** Puts back what remove took out. */
final class RestoreCommand implements Command {
    @Override
    public String name() {
        return "restore";
    }

    @Override
    public List<String> uses() {
        return List.of("restore", "restore BATCH");
    }

    @Override
    public String help() {
        return "show what was taken out of the queue, or put it back";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        Optional<String> batch = words.next();
        words.end();
        if (batch.isPresent()) {
            shell.show(
                    QueueMethods.RESTORE,
                    new QueueMethods.Batch(batch.get()),
                    count -> shell.line(count.entries() + " entries, " + Texts.bytes(count.bytes()) + ", put back."));
        } else {
            shell.show(
                    QueueMethods.REMOVED,
                    new ConnectionMethods.Page(Optional.empty(), Optional.empty()),
                    found -> show(found, shell));
        }
        return Main.DONE;
    }

    private static void show(Batches found, Shell shell) {
        Table table = new Table("BATCH", "REMOVED", "ENTRIES", "SIZE");
        found.batches()
                .forEach(batch -> table.row(
                        batch.batch(), Texts.time(batch.removed()), batch.entries(), Texts.bytes(batch.bytes())));
        shell.table(table, "Nothing was taken out.");
    }
}

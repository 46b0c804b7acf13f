package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.StorageMethods;

/** Ends a prune or a report. */
final class CancelCommand implements Command {
    @Override
    public String name() {
        return "cancel";
    }

    @Override
    public List<String> uses() {
        return List.of("cancel [RUN]");
    }

    @Override
    public String help() {
        return "end the prune or report that runs; what it has deleted stays deleted";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        Optional<String> run = words.next();
        words.end();
        Optional<Long> number = run.isEmpty() ? Optional.empty() : Optional.of((long) Words.number("run", run.get()));
        shell.show(
                StorageMethods.CANCEL,
                new StorageMethods.Cancel(number),
                cancelled -> shell.line("Run " + cancelled.run() + " ends now."));
        return Main.DONE;
    }
}

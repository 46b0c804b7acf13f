package org.confmail.server.command;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.StorageMethods;
import org.confmail.shared.admin.StorageMethods.Ended;
import org.confmail.shared.admin.StorageMethods.Progress;
import org.confmail.shared.admin.StorageMethods.Running;
import org.confmail.shared.admin.StorageMethods.Started;
import org.confmail.shared.admin.StorageMethods.Stores;

/** A run of upkeep that this command has started: shown while it goes on, with what came of it. */
final class StorageRun {
    private final long number;
    private final Shell shell;

    StorageRun(Started started, Shell shell) {
        this.number = started.run();
        this.shell = shell;
    }

    /** Waits for the end of the run. */
    Ended await() throws IOException, AdminException {
        shell.remark("Run " + number + " has begun. It goes on without this command; 'cancel' ends it.");
        return awaitSilently();
    }

    /** As {@link #await}, with nothing on standard output that does not go away again. */
    Ended awaitSilently() throws IOException, AdminException {
        shell.await(StorageMethods.FOLLOW, Nothing.AT_ALL, StorageMethods.PROGRESS, this::isOver);
        shell.over("");
        return shell.call(StorageMethods.STATE, Nothing.AT_ALL).last().stream()
                .filter(ended -> ended.run() == number)
                .findFirst()
                .orElseThrow(() -> new IOException("run " + number
                        + " has ended, and another one of its kind after it: the log tells what came of it"));
    }

    private boolean isOver(Progress progress) {
        Optional<Running> running = progress.running().filter(run -> run.run() == number);
        running.ifPresent(run -> shell.over(line(run)));
        return running.isEmpty();
    }

    /** How far a run is. */
    static String line(Running run) {
        return String.format(
                Locale.ROOT,
                "%s: %d %%, %d files, %d deleted, %d trimmed%s",
                run.store() == Stores.LOCAL ? "local store" : "entangled",
                run.percent(),
                run.files(),
                run.deleted(),
                run.trimmed(),
                run.cancelled() ? ", ends now" : "");
    }

    /** Shows what a prune did. */
    static void show(Ended ended, Shell shell) {
        ended.counts().forEach(counts -> {
            Table table = new Table(
                    counts.store().toString().toUpperCase(Locale.ROOT),
                    "SEEN",
                    "DELETED",
                    "TRIMMED",
                    "ENTRIES",
                    "FREED");
            counts.types().forEach(type -> row(table, type));
            row(table, counts.total());
            shell.table(table, "");
        });
        shell.line(Texts.clean(ended.text()));
    }

    private static void row(Table table, StorageMethods.TypeCounts counts) {
        table.row(
                counts.type(),
                counts.seen(),
                counts.deleted(),
                counts.trimmed(),
                counts.entries(),
                Texts.bytes(counts.bytes()));
    }
}

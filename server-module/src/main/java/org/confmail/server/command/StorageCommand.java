package org.confmail.server.command;

import java.io.IOException;
import java.util.List;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.StorageMethods;
import org.confmail.shared.admin.StorageMethods.Automatic;
import org.confmail.shared.admin.StorageMethods.Ended;
import org.confmail.shared.admin.StorageMethods.Outcome;
import org.confmail.shared.admin.StorageMethods.Reserve;
import org.confmail.shared.admin.StorageMethods.State;

/** What runs over the stores, and what is left on the disk? */
final class StorageCommand implements Command {
    @Override
    public String name() {
        return "storage";
    }

    @Override
    public List<String> uses() {
        return List.of("storage");
    }

    @Override
    public String help() {
        return "show what prunes or reports run, what came of the last ones, and the space that is left";
    }

    @Override
    public int run(Words words, Shell shell) throws WrongUse, AdminException, IOException {
        words.end();
        shell.show(StorageMethods.STATE, state -> show(state, shell));
        return Main.DONE;
    }

    private static void show(State state, Shell shell) {
        Table facts = new Table("STORAGE", "");
        facts.row("now", state.running().map(StorageCommand::running).orElse("nothing runs"));
        facts.row("automatic prune", automatic(state.automatic()));
        facts.row("free", free(state.reserve()));
        state.report()
                .ifPresent(report -> facts.row(
                        "newest report",
                        "run " + report.run() + " of " + Texts.time(report.made()) + ", " + report.users() + " users, "
                                + Texts.bytes(report.bytes())));
        shell.table(facts, "");
        if (state.reserve().refusing()) {
            shell.line(shell.in(
                    Shell.Colour.BAD, "New blocks are refused, clients are told FAILED: free space on that disk."));
        }
        if (!state.last().isEmpty()) {
            shell.line("");
            Table runs = new Table("RUN", "KIND", "BY", "STARTED", "ENDED", "OUTCOME", "WHAT CAME OF IT");
            state.last().forEach(ended -> row(runs, ended));
            shell.table(runs, "");
        }
        boolean failed = state.last().stream().anyMatch(ended -> ended.outcome() == Outcome.FAILED);
        if (failed) {
            shell.line("The log says more of what failed.");
        }
    }

    private static String running(StorageMethods.Running run) {
        return "run " + run.run() + ", " + run.kind() + " by " + run.startedBy() + " since " + Texts.time(run.started())
                + ": " + StorageRun.line(run);
    }

    private static String automatic(Automatic automatic) {
        String last = automatic.last().map(at -> "; last " + Texts.time(at)).orElse("")
                + automatic
                        .problem()
                        .map(why -> ", which did not do all: " + why)
                        .orElse("");
        return automatic.intervalSeconds() == 0
                ? "off (prune_interval)" + last
                : "every " + Texts.duration(automatic.intervalSeconds()) + last + "; next "
                        + Texts.time(automatic.next());
    }

    private static String free(Reserve reserve) {
        String limit = reserve.limitBytes() == 0
                ? "none is kept (disk_reserve)"
                : Texts.bytes(reserve.limitBytes()) + " are kept (disk_reserve)";
        return reserve.freeBytes().map(Texts::bytes).orElse("unknown") + " on the disk of " + reserve.directory() + ", "
                + limit;
    }

    private static void row(Table runs, Ended ended) {
        runs.row(
                ended.run(),
                ended.kind(),
                ended.startedBy(),
                Texts.time(ended.started()),
                Texts.time(ended.ended()),
                ended.outcome(),
                ended.text());
    }
}

package org.confmail.server.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.confmail.server.admin.rpc.Caller;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.server.admin.rpc.Pulse;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.home.Home;
import org.confmail.server.time.Scheduler;
import org.confmail.server.upkeep.AutomaticPrune;
import org.confmail.server.upkeep.DiskReserve;
import org.confmail.server.upkeep.HtmlReport;
import org.confmail.server.upkeep.Order;
import org.confmail.server.upkeep.Order.ReportOrder;
import org.confmail.server.upkeep.ReportFile;
import org.confmail.server.upkeep.ReportFormat;
import org.confmail.server.upkeep.SeparatedReport;
import org.confmail.server.upkeep.UpkeepRuns;
import org.confmail.server.upkeep.UpkeepRuns.MadeReport;
import org.confmail.server.upkeep.UsageRow;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.StorageMethods;
import org.confmail.shared.admin.StorageMethods.Cancel;
import org.confmail.shared.admin.StorageMethods.Cancelled;
import org.confmail.shared.admin.StorageMethods.Format;
import org.confmail.shared.admin.StorageMethods.Progress;
import org.confmail.shared.admin.StorageMethods.Prune;
import org.confmail.shared.admin.StorageMethods.Report;
import org.confmail.shared.admin.StorageMethods.Started;
import org.confmail.shared.admin.StorageMethods.State;
import org.confmail.shared.admin.StorageMethods.Stores;
import org.confmail.shared.admin.StorageMethods.Text;
import org.confmail.shared.admin.StorageMethods.Usage;
import org.confmail.shared.admin.StorageMethods.WhichRows;
import org.confmail.shared.admin.StorageMethods.WhichText;
import org.confmail.shared.admin.StorageMethods.Write;
import org.confmail.shared.admin.StorageMethods.Written;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores. */
final class StorageGroup {
    /** That of the disks for which the old utility was written. */
    private static final long BLOCK_SIZE_DEFAULT = 512;

    private static final long BLOCK_SIZE_MAX = 1L << 30;

    /** A minute for each file; more is a slip of the finger. */
    private static final int PAUSE_MILLIS_MAX = 60_000;

    /** A file of its own in one directory, never hidden: who may use the socket is not to write anywhere else by it. */
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    private static final Logger LOG = LoggerFactory.getLogger("admin");

    private final UpkeepRuns runs;
    private final AutomaticPrune automatic;
    private final DiskReserve reserve;
    private final Home home;
    private final Disk disk;
    private final Pulse pulse;
    private final Scheduler scheduler;
    private final ReportTexts texts;

    StorageGroup(AdminParts parts, Pulse pulse) {
        this.runs = parts.upkeep();
        this.automatic = parts.automaticPrune();
        this.reserve = parts.reserve();
        this.home = parts.home();
        this.disk = parts.disk();
        this.pulse = pulse;
        this.scheduler = parts.scheduler();
        this.texts = new ReportTexts(parts.scheduler());
    }

    void register(Methods methods) {
        methods.on(StorageMethods.STATE, this::state)
                .on(StorageMethods.PRUNE, this::prune)
                .on(StorageMethods.REPORT, this::report)
                .on(StorageMethods.CANCEL, this::cancel)
                .on(StorageMethods.USAGE, this::usage)
                .on(StorageMethods.TEXT, this::text)
                .on(StorageMethods.WRITE, this::write)
                .on(StorageMethods.FOLLOW, this::follow);
    }

    private State state(Nothing nothing, Caller caller) {
        return new State(
                runs.current().map(StorageLines::running),
                runs.last().stream().map(StorageLines::ended).toList(),
                runs.report().map(StorageLines::summary),
                StorageLines.automatic(automatic.state()),
                StorageLines.reserve(reserve.state()));
    }

    private Started prune(Prune prune, Caller caller) throws AdminException, IOException {
        boolean simulate = prune.simulate().orElse(false);
        Order order = new Order(
                prune.stores() != Stores.ENTANGLED,
                prune.stores() != Stores.LOCAL,
                simulate,
                pause(prune.pauseMillis()),
                Optional.empty());
        return start(simulate ? UpkeepRuns.Kind.SIMULATION : UpkeepRuns.Kind.PRUNE, order, caller);
    }

    private Started report(Report report, Caller caller) throws AdminException, IOException {
        long blockSize = report.blockSize().orElse(BLOCK_SIZE_DEFAULT);
        if (blockSize < 1 || blockSize > BLOCK_SIZE_MAX) {
            throw wrong("'blockSize' is " + blockSize + "; it must be from 1 to " + BLOCK_SIZE_MAX);
        }
        Order order =
                new Order(false, false, false, pause(report.pauseMillis()), Optional.of(new ReportOrder(blockSize)));
        return start(UpkeepRuns.Kind.REPORT, order, caller);
    }

    private static Duration pause(Optional<Integer> wanted) throws AdminException {
        int millis = wanted.orElse(0);
        if (millis < 0 || millis > PAUSE_MILLIS_MAX) {
            throw wrong("'pauseMillis' is " + millis + "; it must be from 0 to " + PAUSE_MILLIS_MAX);
        }
        return Duration.ofMillis(millis);
    }

    private Started start(UpkeepRuns.Kind kind, Order order, Caller caller) throws AdminException, IOException {
        return switch (runs.start(kind, caller.who(), order, end -> LOG.info("{}", StorageLines.told(kind, end)))) {
            case UpkeepRuns.Start.Begun(UpkeepRuns.Run run) -> {
                long number = run.ordered().number();
                LOG.info("{} started by {}, run {}", StorageLines.kind(kind), caller.who(), number);
                yield new Started(number);
            }
            case UpkeepRuns.Start.Busy(UpkeepRuns.Run run) ->
                throw new AdminException(
                        AdminError.BUSY,
                        "run " + run.ordered().number() + " is under way, a "
                                + StorageLines.kind(run.ordered().kind()) + " started by "
                                + run.ordered().startedBy() + ": wait for its end, or cancel it");
            case UpkeepRuns.Start.Locked(String text) ->
                throw new AdminException(AdminError.BUSY, text + ": try again when it is done");
        };
    }

    private Cancelled cancel(Cancel cancel, Caller caller) throws AdminException {
        UpkeepRuns.Run run = runs.current()
                .filter(each -> cancel.run().isEmpty()
                        || cancel.run().get() == each.ordered().number())
                .orElseThrow(() -> new AdminException(
                        AdminError.NOT_FOUND,
                        cancel.run().map(number -> "run " + number + " is not").orElse("nothing is")
                                + " under way: it has ended, or never began"));
        run.cancel();
        LOG.info("run {} cancelled by {}", run.ordered().number(), caller.who());
        return new Cancelled(run.ordered().number());
    }

    private Usage usage(WhichRows which, Caller caller) throws AdminException {
        MadeReport report = report();
        int limit = Paging.limit(which.limit());
        List<UsageRow> users = report.usage().largestFirst();
        int from = Place.of(which.after(), report, users.size());
        int end = Math.min(users.size(), from + limit);
        return new Usage(
                StorageLines.summary(report),
                users.subList(from, end).stream().map(StorageLines::row).toList(),
                report.usage().unmatched().map(StorageLines::row),
                StorageLines.row(report.usage().total()),
                users.size(),
                end < users.size() ? Optional.of(Place.name(report, end)) : Optional.empty());
    }

    private Text text(WhichText which, Caller caller) throws AdminException, IOException {
        MadeReport report = report();
        ReportTexts.Piece piece = texts.piece(
                report.run(),
                which.format(),
                Place.of(which.after(), report, Integer.MAX_VALUE),
                out -> format(which.format(), report).write(report.usage(), out));
        return new Text(piece.text(), piece.more() ? Optional.of(Place.name(report, piece.end())) : Optional.empty());
    }

    private synchronized Written write(Write write, Caller caller) throws AdminException, IOException {
        if (!FILE_NAME.matcher(write.file()).matches()) {
            throw wrong("'file' must be a name without a directory, of letters, digits, '.', '-' and '_', up to 100");
        }
        MadeReport report = report();
        Path directory = home.reports();
        disk.createDirectory(directory, Access.BY_UMASK);
        Path file = directory.resolve(write.file());
        new ReportFile(file, disk).write(format(write.format(), report), report.usage());
        LOG.info("report of run {} written to {} for {}", report.run(), file, caller.who());
        return new Written(file.toString());
    }

    private ReportFormat format(Format format, MadeReport report) {
        return switch (format) {
            case HTML -> new HtmlReport(home.localStore().toString(), report.made(), true);
            case CSV -> SeparatedReport.csv(true);
            case TAB -> SeparatedReport.tab(true);
        };
    }

    private Subscribed follow(Nothing nothing, Caller caller) throws AdminException {
        ProgressMaker maker = new ProgressMaker();
        ChangeFeed<Long, Progress> feed = new ChangeFeed<>(StorageMethods.PROGRESS, pulse, scheduler, maker);
        feed.of(runs.follow(run -> feed.changed(run, false))).changed(0L, false); // the first event comes at once
        return caller.subscribe(feed);
    }

    private MadeReport report() throws AdminException {
        return runs.report()
                .orElseThrow(() -> new AdminException(
                        AdminError.NOT_FOUND,
                        "there is no report, or it is over an hour old: storage.report makes one"));
    }

    private static AdminException wrong(String text) {
        return new AdminException(AdminError.WRONG_PARAMS, text);
    }

    /** Tells of each end once. Used by one thread at a time. */
    private final class ProgressMaker implements ChangeFeed.Maker<Long, Progress> {
        private long told = newest();

        private long newest() {
            return runs.last().stream()
                    .findFirst()
                    .map(ended -> ended.ordered().number())
                    .orElse(0L);
        }

        @Override
        public Progress make(long subscription, long lost, Map<Long, Boolean> changed) {
            // In this order: a run that ends in between is told as running now, and its end with the next event.
            Optional<UpkeepRuns.Ended> ended = runs.last().stream()
                    .findFirst()
                    .filter(each -> each.ordered().number() > told);
            ended.ifPresent(each -> told = each.ordered().number());
            return new Progress(
                    subscription,
                    runs.current().filter(run -> run.ordered().number() > told).map(StorageLines::running),
                    ended.map(StorageLines::ended));
        }
    }

    /** A place in a report, as next and after name it. */
    private static final class Place {
        private static final Pattern NAME = Pattern.compile("(\\d{1,18})/(\\d{1,9})");

        static String name(MadeReport report, int place) {
            return report.run() + "/" + place;
        }

        static int of(Optional<String> after, MadeReport report, int max) throws AdminException {
            if (after.isEmpty()) {
                return 0;
            }
            Matcher matcher = NAME.matcher(after.get());
            if (!matcher.matches()) {
                throw wrong("'after' must be what next of the page before holds");
            }
            if (Long.parseLong(matcher.group(1)) != report.run()) {
                throw new AdminException(
                        AdminError.CONFLICT, "there is a newer report, of run " + report.run() + ": begin anew");
            }
            return Math.min(max, Integer.parseInt(matcher.group(2)));
        }
    }
}

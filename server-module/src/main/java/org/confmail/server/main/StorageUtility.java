package org.confmail.server.main;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.confmail.server.block.BlockType;
import org.confmail.server.config.Settings;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.HeldLock;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.home.Home;
import org.confmail.server.store.StoreKind;
import org.confmail.server.store.StoreUpkeep;
import org.confmail.server.time.Ticker;
import org.confmail.server.upkeep.HtmlReport;
import org.confmail.server.upkeep.Order;
import org.confmail.server.upkeep.Order.ReportOrder;
import org.confmail.server.upkeep.Progress;
import org.confmail.server.upkeep.PruneCounts;
import org.confmail.server.upkeep.PruneCounts.TypeCounts;
import org.confmail.server.upkeep.ReportFile;
import org.confmail.server.upkeep.ReportFormat;
import org.confmail.server.upkeep.Result;
import org.confmail.server.upkeep.SeparatedReport;
import org.confmail.server.upkeep.Upkeep;
import org.confmail.server.upkeep.UsageReport;
import org.confmail.server.upkeep.UtilityLock;
import org.confmail.server.upkeep.Watch;
import org.confmail.shared.config.ConfigFile;
import org.confmail.shared.config.ConfigValues;

/**
 * {@code -storutil}: prunes the stores of a home and reports their usage, beside running servers or without one (PROTOCOL section
 * 14). It takes no lock of a server, only its own and those of leaves.
 */
final class StorageUtility {
    private static final String ROW = "  %-22s %10s %10s %10s %10s %15s%n";
    private static final InstantSource CLOCK = InstantSource.system();

    private final UtilityOptions options;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final Disk disk = new FileDisk();
    private final SecureRandom random = new SecureRandom();

    /** @param terminal whether somebody watches, and is to see the progress */
    StorageUtility(UtilityOptions options, PrintStream out, PrintStream err, boolean terminal) {
        this.options = options;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** Does it all; returns the exit status. */
    int run() {
        options.notNeeded()
                .forEach(word -> say(word + " is not needed any more: there are no files to sort or to keep"));
        try {
            Settings settings = settings(Home.at(options.home()));
            Home home = settings.store()
                    .altLocalstore()
                    .map(Home.at(options.home())::withLocalStore)
                    .orElse(Home.at(options.home()));
            for (Path report : reports()) {
                requireDirectory(report);
            }
            return runLocked(home, settings);
        } catch (StartFailure e) {
            e.lines().forEach(this::say);
            return Main.FAILED;
        }
    }

    private Settings settings(Home home) throws StartFailure {
        ConfigValues values;
        try {
            values = ConfigValues.of(ConfigFile.load(home.config()).document());
        } catch (IOException e) {
            throw new StartFailure(
                    home.config() + " cannot be read: " + FailureText.of(e) + ". Is -homedir the home of a server?", e);
        }
        if (values.hasErrors()) {
            throw new StartFailure(values.problems().stream()
                    .map(problem -> problem.describe(home.config()))
                    .toList());
        }
        return Settings.of(values);
    }

    private List<Path> reports() {
        return Stream.of(options.html(), options.csv(), options.tab())
                .flatMap(Optional::stream)
                .toList();
    }

    private static void requireDirectory(Path report) throws StartFailure {
        Path directory = report.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(report)) {
            throw new StartFailure(List.of("the report " + report
                    + " cannot be written: name a file in a directory that exists. Nothing was done."));
        }
    }

    private int runLocked(Home home, Settings settings) throws StartFailure {
        UtilityLock lock = new UtilityLock(home, disk);
        try {
            Optional<HeldLock> held = lock.tryTake();
            if (held.isEmpty()) {
                throw new StartFailure(
                        List.of("another storage utility, or the server's own prune, is at work on " + home.root()
                                + " (" + lock.file() + " is held). Nothing was done. Try again when it is done."));
            }
            try (HeldLock _ = held.get()) {
                return run(home, settings);
            }
        } catch (IOException e) {
            throw new StartFailure(
                    "home " + home.root() + ": " + FailureText.of(e) + ". The storage utility stops.", e);
        }
    }

    private int run(Home home, Settings settings) throws IOException, StartFailure {
        // An id of its own for every run: what a running server is writing must not be taken for a left-over of ours.
        String id = HexFormat.of().toHexDigits(random.nextInt());
        Upkeep upkeep = new Upkeep(
                StoreUpkeep.of(home.localStore(), StoreKind.LOCAL, disk, id, CLOCK, Ticker.SYSTEM),
                StoreUpkeep.of(home.entangled(), StoreKind.ENTANGLED, disk, id, CLOCK, Ticker.SYSTEM),
                new CurrentLimits(() -> settings.store().ages()),
                CLOCK,
                random);
        Order order = new Order(
                options.pruneLocalStore(),
                options.pruneEntangled(),
                options.simulate(),
                options.delay(),
                options.reports() ? Optional.of(new ReportOrder(options.blockSize())) : Optional.empty());
        Instant when = CLOCK.instant();
        Result result = upkeep.run(order, terminal ? new Terminal(err) : Watch.NOBODY);
        if (terminal) {
            err.println();
        }
        print(result.counts(), home);
        if (result.usage().isPresent()) {
            write(result.usage().get(), home, when);
        }
        if (result.passedOver() > 0) {
            out.println("passed over, see above: " + result.passedOver() + ". Run it again.");
        }
        return result.passedOver() > 0 ? Main.FAILED : Main.DONE;
    }

    private void write(UsageReport usage, Home home, Instant when) throws StartFailure {
        write(usage, options.html(), new HtmlReport(home.localStore().toString(), when, options.total()));
        write(usage, options.csv(), SeparatedReport.csv(options.total()));
        write(usage, options.tab(), SeparatedReport.tab(options.total()));
    }

    private void write(UsageReport usage, Optional<Path> file, ReportFormat format) throws StartFailure {
        if (file.isPresent()) {
            try {
                new ReportFile(file.get(), disk).write(format, usage);
            } catch (IOException e) {
                throw new StartFailure(
                        "the report " + file.get() + " cannot be written: " + FailureText.of(e)
                                + ". What was pruned stays pruned; what stood there before stays.",
                        e);
            }
            out.println("report written: " + file.get());
        }
    }

    private void print(Map<StoreKind, PruneCounts> counts, Home home) {
        Optional.ofNullable(counts.get(StoreKind.LOCAL)).ifPresent(local -> print(home.localStore(), local));
        Optional.ofNullable(counts.get(StoreKind.ENTANGLED)).ifPresent(held -> print(home.entangled(), held));
    }

    private void print(Path store, PruneCounts counts) {
        out.println(store + (options.simulate() ? ", simulated: nothing was changed" : ", pruned"));
        out.printf(Locale.ROOT, ROW, "type", "seen", "deleted", "trimmed", "entries", "bytes");
        for (BlockType type : BlockType.values()) {
            print(type.wireName(), counts.of(type));
        }
        print("all", counts.total());
        if (counts.unknown() > 0) {
            out.println("  left alone, as their type is unknown: " + counts.unknown());
        }
        if (counts.leftOvers() > 0) {
            out.println("  left over from interrupted writes: " + counts.leftOvers() + ", " + counts.leftOverBytes()
                    + " bytes");
        }
    }

    private void print(String what, TypeCounts counts) {
        out.printf(
                Locale.ROOT,
                ROW,
                what,
                counts.seen(),
                counts.deleted(),
                counts.trimmed(),
                counts.entries(),
                counts.bytes());
    }

    private void say(String line) {
        err.println(ServerProcess.PREFIX + line);
    }

    /** Shows the progress on one line. */
    private static final class Terminal implements Watch {
        private final PrintStream err;
        private int shown = -1;

        Terminal(PrintStream err) {
            this.err = err;
        }

        @Override
        public boolean goesOn() {
            return true;
        }

        @Override
        public void at(Progress progress) {
            if (progress.percent() != shown) {
                shown = progress.percent();
                err.printf(
                        Locale.ROOT,
                        "\r%s: %d %%, %d files, %d deleted, %d trimmed ",
                        progress.store() == StoreKind.LOCAL ? "local store" : "entangled",
                        shown,
                        progress.seen(),
                        progress.deleted(),
                        progress.trimmed());
                err.flush();
            }
        }
    }
}

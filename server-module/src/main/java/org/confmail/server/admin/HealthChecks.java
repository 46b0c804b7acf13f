package org.confmail.server.admin;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.confmail.server.config.Settings;
import org.confmail.server.upkeep.AutomaticPrune;
import org.confmail.server.upkeep.DiskReserve;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ConfigMethods.Change;
import org.confmail.shared.admin.DhtMethods;
import org.confmail.shared.admin.QueueMethods.TargetLine;
import org.confmail.shared.admin.QueueMethods.TargetState;
import org.confmail.shared.admin.ServerMethods.Check;
import org.confmail.shared.admin.ServerMethods.Health;
import org.confmail.shared.admin.ServerMethods.Verdict;

/** Is all well? Each check says what it found and what to do. */
final class HealthChecks {
    /** Below it the store will soon refuse blocks. */
    static final long FREE_BYTES_FAILED = 64L << 20;

    /** As -check has it: time enough for an operator to act. */
    static final long FREE_BYTES_WARNING = 256L << 20;

    private static final Duration EXPIRY_WARNING = Duration.ofDays(30);

    /** Longer than the prune of a very large store takes. */
    private static final Duration PRUNE_OVERDUE = Duration.ofDays(1);

    /** Attempts by the retry schedule's default take about an hour and a half by then. */
    private static final int FAILURES_FAILED = 5;

    /** Targets that a check names. */
    private static final int NAMED_MAX = 10;

    private final AdminParts parts;
    private final ConfigGroup config;

    HealthChecks(AdminParts parts, ConfigGroup config) {
        this.parts = parts;
        this.config = config;
    }

    Health look() {
        List<Check> checks = new ArrayList<>();
        checks.add(store());
        disks().forEach(checks::add);
        reserve().ifPresent(checks::add);
        prune().ifPresent(checks::add);
        checks.add(certificate());
        checks.add(settings());
        limits().forEach(checks::add);
        parts.queue().ifPresent(queue -> queue(queue, checks));
        if (parts.settings().current().dht().enabled()) {
            parts.dht().ifPresent(dht -> checks.add(dht(dht)));
        }
        return new Health(checks.stream().noneMatch(check -> check.verdict() == Verdict.FAILED), checks);
    }

    private Check store() {
        Path root = parts.home().localStore();
        return parts.selfTest()
                .failure()
                .map(what -> what.startsWith("SENDER")
                        ? new Check(
                                "sender", Verdict.FAILED, "the sender of the queue has not run for too long: " + what)
                        : new Check(
                                "store",
                                Verdict.FAILED,
                                "cannot write, force, read back and remove a file in " + root
                                        + ": clients are told FAILED. The log says why."))
                .orElseGet(() -> new Check("store", Verdict.WELL, "a file in " + root + " was written and read back"));
    }

    private List<Check> disks() {
        List<Check> checks = new ArrayList<>();
        for (Path path : List.of(parts.home().root(), parts.home().localStore())) {
            try {
                FileStore disk = Files.getFileStore(path);
                long free = disk.getUsableSpace();
                Verdict verdict = free < FREE_BYTES_FAILED
                        ? Verdict.FAILED
                        : free < FREE_BYTES_WARNING ? Verdict.WARNING : Verdict.WELL;
                String text = (free >> 20) + " MiB are free on the disk of " + path;
                checks.add(new Check(
                        "disk",
                        verdict,
                        verdict == Verdict.WELL ? text : text + ". Free space there, or move the store."));
            } catch (IOException e) {
                checks.add(new Check(
                        "disk", Verdict.FAILED, "cannot tell what is free on the disk of " + path + ": " + e));
            }
        }
        return checks.stream().distinct().toList();
    }

    private Optional<Check> reserve() {
        DiskReserve.State state = parts.reserve().state();
        if (state.reserveBytes() == 0) {
            return Optional.empty();
        }
        String free = (state.freeBytes() >> 20) + " MiB are free on the disk of " + state.directory()
                + ", disk_reserve is " + (state.reserveBytes() >> 20) + " MiB";
        return Optional.of(
                state.refusing()
                        ? new Check(
                                "disk_reserve",
                                Verdict.FAILED,
                                "new blocks are refused, clients are told FAILED: " + free
                                        + ". Free space there, or 'prune'.")
                        : new Check("disk_reserve", Verdict.WELL, free));
    }

    private Optional<Check> prune() {
        AutomaticPrune.State state = parts.automaticPrune().state();
        Instant now = parts.clock().instant();
        if (state.next().isEmpty()) {
            return Optional.empty();
        }
        if (state.problem().isPresent()) {
            return Optional.of(new Check(
                    "prune",
                    Verdict.WARNING,
                    "the last prune of the server's own did not do all that it should: "
                            + state.problem().get() + ". The next is due at "
                            + seconds(state.next().get()) + ", 'prune' starts one now."));
        }
        if (state.next().get().plus(PRUNE_OVERDUE).isBefore(now)) {
            return Optional.of(new Check(
                    "prune",
                    Verdict.WARNING,
                    "a prune was due at " + seconds(state.next().get())
                            + " and has not come to its end. 'storage' shows more."));
        }
        return Optional.of(new Check(
                "prune",
                Verdict.WELL,
                state.last()
                        .map(last -> "the stores were pruned at " + seconds(last))
                        .orElse("the stores are pruned for the first time at "
                                + seconds(state.next().get()))));
    }

    private static Instant seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }

    private Check certificate() {
        Instant until = parts.certificate().identity().facts().validUntil();
        Instant now = parts.clock().instant();
        if (until.isBefore(now)) {
            return new Check(
                    "certificate",
                    Verdict.WARNING,
                    "the own certificate expired at " + until
                            + ". Existing clients and servers do not mind; 'certificate renew' makes a new one.");
        }
        boolean soon = until.isBefore(now.plus(EXPIRY_WARNING));
        return new Check(
                "certificate",
                soon ? Verdict.WARNING : Verdict.WELL,
                "the own certificate is valid until " + until + (soon ? ". 'certificate renew' makes a new one." : ""));
    }

    private List<Check> limits() {
        return SystemLimits.ofThisProcess()
                .shortages(parts.settings().current().sessions().maxConnections())
                .stream()
                .map(shortage -> new Check("limits", Verdict.WARNING, shortage))
                .toList();
    }

    private Check settings() {
        if (config.isUnconfirmed()) {
            return new Check(
                    "settings",
                    Verdict.WARNING,
                    "settings that were saved wait to be confirmed, or the old ones come back");
        }
        try {
            List<Change> waiting = config.atRestart();
            return waiting.isEmpty()
                    ? new Check("settings", Verdict.WELL, "all of config.txt is in effect")
                    : new Check(
                            "settings",
                            Verdict.WARNING,
                            "config.txt has changes that act at the next start: "
                                    + waiting.stream().map(Change::option).collect(Collectors.joining(", ")));
        } catch (IOException e) {
            return new Check("settings", Verdict.FAILED, "config.txt cannot be read: " + e.getMessage());
        }
    }

    private void queue(QueueControl queue, List<Check> checks) {
        List<TargetLine> targets = queue.targets();
        Optional<String> partner = parts.settings()
                .current()
                .delivery()
                .replication()
                .map(Settings.Replication::peer)
                .map(Object::toString);
        List<String> failing = new ArrayList<>();
        List<String> held = new ArrayList<>();
        for (TargetLine target : targets) {
            if (target.state() == TargetState.HELD) {
                held.add(target.target());
            } else if (target.failures() > 0) {
                boolean isPartner = partner.isPresent() && target.server().equals(partner);
                if (isPartner) {
                    checks.add(partner(target));
                } else {
                    failing.add(target.target() + " (" + target.lastError().orElse("no reason known") + ")");
                }
            }
        }
        if (!held.isEmpty()) {
            checks.add(new Check("queue", Verdict.WARNING, "held by an operator: " + some(held, ", ")));
        }
        checks.add(
                failing.isEmpty()
                        ? new Check(
                                "queue", Verdict.WELL, waiting(queue.length().entries()))
                        : new Check("queue", Verdict.WARNING, "cannot be reached: " + some(failing, "; ")));
    }

    /** The first of them; where a proxy is down, there may be thousands. */
    static String some(List<String> names, String separator) {
        int left = names.size() - NAMED_MAX;
        String named = String.join(separator, names.subList(0, Math.min(NAMED_MAX, names.size())));
        return left > 0 ? named + separator + "and " + left + " more, which 'queue' shows" : named;
    }

    static Check partner(TargetLine target) {
        return new Check(
                "partner",
                target.failures() >= FAILURES_FAILED ? Verdict.FAILED : Verdict.WARNING,
                "sending to the replication partner failed "
                        + (target.failures() == 1 ? "once" : target.failures() + " times in a row") + ", and "
                        + waiting(target.entries()) + ": "
                        + target.lastError().orElse("no reason is known.")
                        + " 'probe " + target.target() + "' goes step by step.");
    }

    private static String waiting(long entries) {
        return entries == 1 ? "1 entry waits" : entries + " entries wait";
    }

    private Check dht(DhtView view) {
        try {
            return contacts(view.state());
        } catch (AdminException e) {
            return new Check("dht", Verdict.FAILED, e.text());
        }
    }

    private Check contacts(DhtMethods.State state) {
        boolean alone = state.contacts() == 0;
        boolean meant = parts.settings().current().dht().knodes().isEmpty();
        return new Check(
                "dht",
                alone && !meant ? Verdict.FAILED : Verdict.WELL,
                alone
                        ? "the node knows no other: "
                                + (meant ? "no knode is configured" : "no knode answers. Is UDP open?")
                        : "the node knows " + state.contacts() + " others");
    }
}

package org.confmail.server.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.server.block.BlockType;
import org.confmail.server.store.StoreKind;
import org.confmail.server.upkeep.AutomaticPrune;
import org.confmail.server.upkeep.DiskReserve;
import org.confmail.server.upkeep.Order;
import org.confmail.server.upkeep.Progress;
import org.confmail.server.upkeep.Result;
import org.confmail.server.upkeep.UpkeepRuns;
import org.confmail.server.upkeep.UpkeepRuns.End;
import org.confmail.shared.admin.StorageMethods.Automatic;
import org.confmail.shared.admin.StorageMethods.Ended;
import org.confmail.shared.admin.StorageMethods.Kind;
import org.confmail.shared.admin.StorageMethods.Outcome;
import org.confmail.shared.admin.StorageMethods.PruneCounts;
import org.confmail.shared.admin.StorageMethods.ReportSummary;
import org.confmail.shared.admin.StorageMethods.Reserve;
import org.confmail.shared.admin.StorageMethods.Running;
import org.confmail.shared.admin.StorageMethods.Stores;
import org.confmail.shared.admin.StorageMethods.TypeCounts;
import org.confmail.shared.admin.StorageMethods.UsageRow;

/** What upkeep knows, as the admin protocol tells it. */
final class StorageLines {
    private static final String ALL_TYPES = "all";

    private StorageLines() {}

    static Kind kind(UpkeepRuns.Kind kind) {
        return switch (kind) {
            case PRUNE -> Kind.PRUNE;
            case SIMULATION -> Kind.SIMULATION;
            case REPORT -> Kind.REPORT;
            case AUTOMATIC -> Kind.AUTOMATIC;
        };
    }

    static Running running(UpkeepRuns.Run run) {
        UpkeepRuns.Ordered ordered = run.ordered();
        Stores stores = stores(ordered.order());
        Optional<Progress> progress = run.progress();
        return new Running(
                ordered.number(),
                kind(ordered.kind()),
                stores,
                ordered.startedBy(),
                ordered.started(),
                progress.map(at -> store(at.store())).orElse(stores == Stores.ENTANGLED ? stores : Stores.LOCAL),
                progress.map(Progress::percent).orElse(0),
                progress.map(Progress::seen).orElse(0L),
                progress.map(Progress::deleted).orElse(0L),
                progress.map(Progress::trimmed).orElse(0L),
                run.cancelled());
    }

    private static Stores stores(Order order) {
        if (!order.pruneEntangled()) {
            return Stores.LOCAL;
        }
        return order.pruneLocalStore() ? Stores.BOTH : Stores.ENTANGLED;
    }

    private static Stores store(StoreKind kind) {
        return switch (kind) {
            case LOCAL -> Stores.LOCAL;
            case ENTANGLED -> Stores.ENTANGLED;
        };
    }

    static Ended ended(UpkeepRuns.Ended ended) {
        UpkeepRuns.Ordered ordered = ended.ordered();
        return new Ended(
                ordered.number(),
                kind(ordered.kind()),
                stores(ordered.order()),
                ordered.startedBy(),
                ordered.started(),
                ended.moment(),
                outcome(ended.end()),
                told(ordered.kind(), ended.end()),
                ended.end() instanceof End.Done(Result result) ? counts(result) : List.of());
    }

    private static Outcome outcome(End end) {
        return switch (end) {
            case End.Done(Result result) -> result.complete() ? Outcome.DONE : Outcome.CANCELLED;
            case End.Failed _ -> Outcome.FAILED;
        };
    }

    /** What came of a run, in words. */
    static String told(UpkeepRuns.Kind kind, End end) {
        return switch (end) {
            case End.Failed(String reason) -> kind(kind) + " stopped: " + reason;
            case End.Done(Result result) -> {
                List<String> parts = new ArrayList<>();
                if (!result.complete()) {
                    parts.add("cancelled");
                } else if (kind == UpkeepRuns.Kind.REPORT) {
                    parts.add("made");
                }
                result.counts().forEach((store, counts) -> parts.add(told(store, counts, kind)));
                if (result.passedOver() > 0) {
                    parts.add(result.passedOver() + " files were passed over, which the log names");
                }
                yield kind(kind) + ": " + String.join("; ", parts);
            }
        };
    }

    private static String told(StoreKind store, org.confmail.server.upkeep.PruneCounts counts, UpkeepRuns.Kind kind) {
        org.confmail.server.upkeep.PruneCounts.TypeCounts total = counts.total();
        String where = (store == StoreKind.LOCAL ? "of " : "of the DHT's ") + total.seen() + " blocks ";
        long freed = total.bytes() + counts.leftOverBytes();
        return kind == UpkeepRuns.Kind.SIMULATION
                ? where + total.deleted() + " would be deleted and " + total.trimmed() + " trimmed, " + freed
                        + " bytes would be freed"
                : where + total.deleted() + " deleted and " + total.trimmed() + " trimmed, " + freed + " bytes freed";
    }

    private static List<PruneCounts> counts(Result result) {
        List<PruneCounts> all = new ArrayList<>();
        for (StoreKind store : StoreKind.values()) {
            Optional.ofNullable(result.counts().get(store)).ifPresent(counts -> all.add(counts(store, counts)));
        }
        return all;
    }

    private static PruneCounts counts(StoreKind store, org.confmail.server.upkeep.PruneCounts counts) {
        List<TypeCounts> types = new ArrayList<>();
        for (BlockType type : BlockType.values()) {
            types.add(line(type.wireName(), counts.of(type)));
        }
        return new PruneCounts(
                store(store),
                types,
                line(ALL_TYPES, counts.total()),
                counts.unknown(),
                counts.leftOvers(),
                counts.leftOverBytes(),
                counts.failed());
    }

    private static TypeCounts line(String name, org.confmail.server.upkeep.PruneCounts.TypeCounts counts) {
        return new TypeCounts(
                name, counts.seen(), counts.deleted(), counts.trimmed(), counts.entries(), counts.bytes());
    }

    static ReportSummary summary(UpkeepRuns.MadeReport report) {
        return new ReportSummary(
                report.run(),
                report.made(),
                report.usage().blockSize(),
                report.usage().users().size(),
                report.usage().total().apportionedBytes());
    }

    static UsageRow row(org.confmail.server.upkeep.UsageRow row) {
        return new UsageRow(
                row.address(),
                Optional.of(row.key()).filter(key -> !key.isEmpty()),
                row.dataBlocks(),
                row.dataBytes(),
                row.dataShare(),
                row.mailboxes(),
                row.mailboxBytes(),
                row.messages(),
                row.keyBytes(),
                row.claimBytes(),
                row.blocks(),
                row.rawBytes(),
                row.apportionedBytes());
    }

    static Automatic automatic(AutomaticPrune.State state) {
        return new Automatic(
                state.interval().toSeconds(),
                state.entangled() ? Stores.BOTH : Stores.LOCAL,
                state.last(),
                state.next(),
                state.problem());
    }

    static Reserve reserve(DiskReserve.State state) {
        return new Reserve(
                state.reserveBytes(),
                Optional.of(state.freeBytes()).filter(free -> free < Long.MAX_VALUE),
                state.directory().toString(),
                state.refusing());
    }
}

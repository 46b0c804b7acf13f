package org.confmail.shared.admin;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.AdminMethod.Nothing;

/** The stores: who uses how much, and away with what is too old. Work that takes long is a run: it has a number, goes on without its client, and one run at a time is under way on a home. */
public final class StorageMethods {
    public static final AdminMethod<Nothing, State> STATE = AdminMethod.of(
            "storage.state",
            State.class,
            "What runs now and how far it is, what came of the last runs, when the server prunes by itself, and how much space is"
                    + " left.");

    public static final AdminMethod<Prune, Started> PRUNE = AdminMethod.of(
            "storage.prune",
            new Prune(Stores.LOCAL, Optional.of(true), Optional.of(2)),
            Started.class,
            "Deletes blocks and entries that are too old, in a run of its own; with simulate only counts them. Answers at once;"
                    + " busy where another run, or the storage utility, is at work on this home.");

    public static final AdminMethod<Report, Started> REPORT = AdminMethod.of(
            "storage.report",
            new Report(Optional.of(4096L), Optional.empty()),
            Started.class,
            "Finds out who uses how much of the local store, in a run of its own. Answers at once, as storage.prune does. When the"
                    + " run is done, storage.usage and storage.text give what it found, for an hour or until the next report.");

    public static final AdminMethod<Cancel, Cancelled> CANCEL = AdminMethod.of(
            "storage.cancel",
            new Cancel(Optional.of(3L)),
            Cancelled.class,
            "Ends a run between two files. What it has deleted stays deleted; a report is not made.");

    public static final AdminMethod<WhichRows, Usage> USAGE = AdminMethod.of(
            "storage.usage",
            new WhichRows(Optional.empty(), Optional.of(100)),
            Usage.class,
            "The newest report for a table or a picture: who uses most comes first.");

    public static final AdminMethod<WhichText, Text> TEXT = AdminMethod.of(
            "storage.text",
            new WhichText(Format.HTML, Optional.empty()),
            Text.class,
            "The newest report as the text of a file, piece by piece, for whoever wants to save it at the client's side.");

    public static final AdminMethod<Write, Written> WRITE = AdminMethod.of(
            "storage.write",
            new Write(Format.CSV, "usage.csv"),
            Written.class,
            "Writes the newest report to a file on the server, in the directory reports of its home; one of that name is replaced.");

    public static final AdminMethod<Nothing, Subscribed> FOLLOW = AdminMethod.of(
            "storage.follow",
            Subscribed.class,
            "Subscribes to the progress of whatever runs, whoever started it. The first event comes at once.");

    public static final AdminEvent<Progress> PROGRESS = new AdminEvent<>(
            "storage.progress",
            Progress.class,
            "How far the run is, four times a second at most, and how it ended, for who called storage.follow. Each tells all"
                    + " there is to know: a slow client misses nothing but steps between.");

    private StorageMethods() {}

    /** Which of the two stores. */
    public enum Stores {
        /** What this server keeps for its users. */
        LOCAL,
        /** What its node holds for the Entangled network. */
        ENTANGLED,
        BOTH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a run is. */
    public enum Kind {
        PRUNE,
        SIMULATION,
        REPORT,
        /** A prune that the server began by itself (prune_interval). */
        AUTOMATIC;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a run ended. */
    public enum Outcome {
        DONE,
        CANCELLED,
        FAILED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The form of a report's text. */
    public enum Format {
        /** A page that sorts, with a picture. */
        HTML,
        CSV,
        TAB;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Parameters of {@link #PRUNE}. */
    public record Prune(
            @Doc("which stores; a running node looks after the entangled one by itself")
            Stores stores,

            @Doc("change nothing, and count what would go") Optional<Boolean> simulate,

            @Doc("pause for each file in milliseconds, up to 60000; none where it is left away")
            Optional<Integer> pauseMillis) {}

    /** Parameters of {@link #REPORT}. */
    public record Report(
            @Doc("sizes of files round up to multiples of so many bytes, as on the disk; 512 where it is left away")
            Optional<Long> blockSize,

            @Doc("pause for each file in milliseconds, up to 60000; none where it is left away")
            Optional<Integer> pauseMillis) {}

    /** Result of {@link #PRUNE} and {@link #REPORT}. */
    public record Started(
            @Doc("the number of the run, counted from 1 since the server started")
            long run) {}

    /** Parameters of {@link #CANCEL}. */
    public record Cancel(
            @Doc("only this run; without it whatever runs") Optional<Long> run) {}

    /** Result of {@link #CANCEL}. */
    public record Cancelled(@Doc("the run that ends now") long run) {}

    /** Result of {@link #STATE}. */
    public record State(
            @Doc("what runs now, if anything does") Optional<Running> running,

            @Doc("the last run of each kind since the server started, the newest first")
            List<Ended> last,

            @Doc("the report that storage.usage gives, if there is one")
            Optional<ReportSummary> report,

            @Doc("the prune that the server begins by itself")
            Automatic automatic,

            @Doc("the space that is kept free (disk_reserve)")
            Reserve reserve) {}

    /** A run that is under way. */
    public record Running(
            @Doc("its number") long run,
            @Doc("what it is") Kind kind,
            @Doc("the stores that it walks over") Stores stores,
            @Doc("who started it") String startedBy,
            @Doc("when") Instant started,

            @Doc("the store that it walks over now: local or entangled")
            Stores store,

            @Doc("how far it is in that store, from 0 to 100")
            int percent,

            @Doc("files of that store seen so far") long files,

            @Doc("files of that store deleted so far, or that would be")
            long deleted,

            @Doc("files of that store trimmed so far, or that would be")
            long trimmed,

            @Doc("whether it was cancelled, and ends as soon as it can")
            boolean cancelled) {}

    /** A run that ended. */
    public record Ended(
            @Doc("its number") long run,
            @Doc("what it was") Kind kind,
            @Doc("the stores that it walked over") Stores stores,
            @Doc("who started it") String startedBy,
            @Doc("when it began") Instant started,
            @Doc("when it ended") Instant ended,
            @Doc("how") Outcome outcome,
            @Doc("what came of it, in words") String text,

            @Doc("what was counted, for each store that was pruned")
            List<PruneCounts> counts) {}

    /** What a prune did in one store; in a simulation, what it would have done. */
    public record PruneCounts(
            @Doc("the store: local or entangled") Stores store,
            @Doc("by type of block") List<TypeCounts> types,
            @Doc("all types together") TypeCounts total,

            @Doc("files that are no block of a known type, and were left alone")
            long unknown,

            @Doc("left-overs of interrupted writes that were deleted")
            long leftOvers,

            @Doc("their bytes") long leftOverBytes,

            @Doc("files and directories about which nothing could be done; the log names them")
            long failed) {}

    /** The blocks of one type. */
    public record TypeCounts(
            @Doc("the type, or all") String type,
            @Doc("files looked at") long seen,
            @Doc("files deleted") long deleted,

            @Doc("files written anew without some of their entries")
            long trimmed,

            @Doc("announcements or claims that went, with their files or without")
            long entries,

            @Doc("by how many bytes the store became smaller")
            long bytes) {}

    /** The newest report at a glance. */
    public record ReportSummary(
            @Doc("the run that made it") long run,
            @Doc("when") Instant made,

            @Doc("to multiples of how many bytes sizes were rounded up")
            long blockSize,

            @Doc("how many users there are") int users,
            @Doc("bytes of the whole store") long bytes) {}

    /** The prune that the server begins by itself. */
    public record Automatic(
            @Doc("seconds between two (prune_interval); 0 = it does not")
            long intervalSeconds,

            @Doc("which stores; a running node looks after the entangled one by itself")
            Stores stores,

            @Doc("when the last one came to its end, also before the server started")
            Optional<Instant> last,

            @Doc("when the next one is due; it begins within a minute, or when what runs then is done")
            Optional<Instant> next,

            @Doc("why the last one did not do all it should, in words")
            Optional<String> problem) {}

    /** The space that is kept free. */
    public record Reserve(
            @Doc("so many bytes are kept free (disk_reserve); 0 = none are")
            long limitBytes,

            @Doc("free bytes, where there are least; absent where that cannot be told")
            Optional<Long> freeBytes,

            @Doc("where that is: the home or the local store")
            String directory,

            @Doc("whether new blocks are refused now because of it")
            boolean refusing) {}

    /** Parameters of {@link #USAGE}. */
    public record WhichRows(
            @Doc(
                    "what next of the page before holds; without it the first page. Error conflict where there is a newer report")
            Optional<String> after,

            @Doc("how many at most, up to 1000; 100 where it is left away")
            Optional<Integer> limit) {}

    /** Result of {@link #USAGE}. */
    public record Usage(
            @Doc("the report") ReportSummary report,

            @Doc("the users, who uses most first by apportionedBytes")
            List<UsageRow> rows,

            @Doc("the data blocks that are announced to nobody, if there are any; with every page")
            Optional<UsageRow> unmatched,

            @Doc("the whole store, each block counted once; with every page")
            UsageRow total,

            @Doc("how many users there are in all") int users,
            @Doc("names the next page, if there is one") Optional<String> next) {}

    /** Who uses how much. */
    public record UsageRow(
            @Doc("the address; absent where none is known, and of what is no user")
            Optional<String> address,

            @Doc("the user's key, 40 hexadecimal digits; absent of what is no user")
            Optional<String> key,

            @Doc("data blocks that are announced to the user")
            long dataBlocks,

            @Doc("their bytes") long dataBytes,

            @Doc("the user's share of them: a block is divided among all to whom it is announced")
            long dataShare,

            @Doc("blocks of announcements") long mailboxes,
            @Doc("their bytes") long mailboxBytes,
            @Doc("announcements in them") long messages,
            @Doc("bytes of the key-announcement") long keyBytes,
            @Doc("bytes of claims of addresses") long claimBytes,
            @Doc("blocks of all these types") long blocks,

            @Doc("bytes of all blocks that concern the user")
            long rawBytes,

            @Doc("the same with the user's share of data blocks")
            long apportionedBytes) {}

    /** Parameters of {@link #TEXT}. */
    public record WhichText(
            @Doc("its form") Format format,

            @Doc(
                    "what next of the piece before holds; without it the first piece. Error conflict where there is a newer report")
            Optional<String> after) {}

    /** Result of {@link #TEXT}. */
    public record Text(
            @Doc("a piece of it") String text,
            @Doc("names the next piece, if there is one") Optional<String> next) {}

    /** Parameters of {@link #WRITE}. */
    public record Write(
            @Doc("its form") Format format,

            @Doc("the name of a file, without a directory: letters, digits, '.', '-' and '_', up to 100")
            String file) {}

    /** Result of {@link #WRITE}. */
    public record Written(@Doc("where the file is now") String file) {}

    /** Parameters of {@link #PROGRESS}. */
    public record Progress(
            @Doc("the subscription") long subscription,
            @Doc("what runs now, if anything does") Optional<Running> running,

            @Doc("the run that ended since the event before, if any did; of several the last")
            Optional<Ended> ended) {}
}

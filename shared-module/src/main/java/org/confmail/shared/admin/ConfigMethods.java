package org.confmail.shared.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminMethod.Nothing;

/** config.txt of a running server. Every change is saved as a whole text, which keeps comments and order. */
public final class ConfigMethods {
    public static final AdminMethod<Nothing, Current> READ = AdminMethod.of(
            "config.read",
            Current.class,
            "The text of config.txt as it is on the disk, with what is to be said about it.");

    public static final AdminMethod<NewText, Validity> VALIDATE = AdminMethod.of(
            "config.validate",
            new NewText("sport: 8081\n"),
            Validity.class,
            "Checks a text as the server would, and changes nothing.");

    public static final AdminMethod<NewText, Differences> DIFF = AdminMethod.of(
            "config.diff",
            new NewText("sport: 8081\n"),
            Differences.class,
            "What a text would change in config.txt: lines, and options with when they act.");

    public static final AdminMethod<Save, Saved> SAVE = AdminMethod.of(
            "config.save",
            new Save("sport: 8081\n", "4f2a…", Optional.empty(), Optional.of(60)),
            Saved.class,
            "Replaces config.txt and puts it into effect. Refused when the text has errors, or when the file is no longer the"
                    + " one that was read. With confirmWithinSeconds the old text comes back unless config.confirm is called"
                    + " in time; so it does when the server is restarted before.");

    public static final AdminMethod<Nothing, Nothing> CONFIRM =
            AdminMethod.of("config.confirm", Nothing.class, "Keeps the settings that were saved to be confirmed.");

    public static final AdminMethod<Nothing, Reloaded> REVERT = AdminMethod.of(
            "config.revert", Reloaded.class, "Takes back at once the settings that were saved to be confirmed.");

    public static final AdminMethod<Nothing, History> HISTORY = AdminMethod.of(
            "config.history",
            History.class,
            "The texts that config.txt had before, the newest first. The last ten are kept.");

    public static final AdminMethod<Entry, OldText> SHOW =
            AdminMethod.of("config.show", new Entry("20261122T190200.123Z"), OldText.class, "A text of the history.");

    public static final AdminMethod<Restore, Saved> RESTORE = AdminMethod.of(
            "config.restore",
            new Restore("20261122T190200.123Z", "4f2a…", Optional.empty()),
            Saved.class,
            "Saves a text of the history, as config.save does.");

    public static final AdminMethod<Nothing, Reloaded> RELOAD = AdminMethod.of(
            "config.reload",
            Reloaded.class,
            "Reads config.txt again, as HUP does. A text with errors is not taken over.");

    private ConfigMethods() {}

    /** Result of {@link #READ}. */
    public record Current(
            @Doc("the file") String path,
            @Doc("its whole text") String text,

            @Doc("utf-8, or latin-1 for a file that is not valid UTF-8; to be given back when saving")
            String encoding,

            @Doc("stands for exactly this text; to be given back when saving")
            String version,

            @Doc("errors and warnings") List<Problem> problems,

            @Doc("options that differ from those in effect and act at the next start")
            List<Change> atRestart,

            @Doc("until when the settings wait to be confirmed, if they do")
            Optional<Instant> confirmBy) {}

    /** Something that is wrong in a text. */
    public record Problem(
            @Doc("from 1; 0 = the file as a whole") int line,

            @Doc("whether the server does not take the text")
            boolean error,

            @Doc("the option concerned, if there is one") Optional<String> option,
            @Doc("what is wrong and what would be right") String text) {}

    /** Parameters of {@link #VALIDATE} and {@link #DIFF}. */
    public record NewText(@Doc("a whole config.txt") String text) {}

    /** Result of {@link #VALIDATE}. */
    public record Validity(
            @Doc("whether the server would take it") boolean valid,
            @Doc("errors and warnings") List<Problem> problems) {}

    /** Result of {@link #DIFF}. */
    public record Differences(
            @Doc("each line with '-', '+' or a blank in front, as diff -u writes them; secrets do not show")
            List<String> lines,

            @Doc("options whose value changes") List<Change> changes) {}

    /** An option with another value. */
    public record Change(
            @Doc("the option") String option,

            @Doc("its value now, empty where it is not set; several with commas; secrets do not show")
            String before,

            @Doc("its value then") String after,

            @Doc("whether it acts at once, without a restart")
            boolean atOnce,

            @Doc("why it acts at the next start only") Optional<String> reason) {}

    /** Parameters of {@link #SAVE}. */
    public record Save(
            @Doc("the new text") String text,

            @Doc("the version of the text that was read and edited")
            String version,

            @Doc("the encoding that was read; utf-8 where it is left away")
            Optional<String> encoding,

            @Doc("seconds, 5 to 3600, within which config.confirm must be called; without it the text stays")
            Optional<Integer> confirmWithinSeconds) {}

    /** Result of {@link #SAVE} and {@link #RESTORE}. */
    public record Saved(
            @Doc("the version of the new text") String version,

            @Doc("the entry of the history that holds the old text")
            String history,

            @Doc("what came of putting it into effect") Reloaded reloaded,

            @Doc("until when it must be confirmed, if it must")
            Optional<Instant> confirmBy) {}

    /** Result of {@link #RELOAD}. */
    public record Reloaded(
            @Doc("whether the text was taken over") boolean applied,
            @Doc("options that changed and act from now on") List<String> atOnce,

            @Doc("options that differ from those in effect and act at the next start")
            List<Change> atRestart,

            @Doc("errors and warnings") List<Problem> problems) {}

    /** Result of {@link #HISTORY}. */
    public record History(@Doc("the newest first") List<HistoryEntry> entries) {}

    /** An old text. */
    public record HistoryEntry(
            @Doc("its name") String name,
            @Doc("when it was replaced") Instant replaced,
            @Doc("its bytes") long bytes) {}

    /** Parameters of {@link #SHOW}. */
    public record Entry(
            @Doc("the name of an entry of the history") String name) {}

    /** Result of {@link #SHOW}. */
    public record OldText(
            @Doc("the text") String text,
            @Doc("as config.read gives it") String encoding) {}

    /** Parameters of {@link #RESTORE}. */
    public record Restore(
            @Doc("the name of an entry of the history") String name,

            @Doc("the version of the text that is there now")
            String version,

            @Doc("as in config.save") Optional<Integer> confirmWithinSeconds) {}
}

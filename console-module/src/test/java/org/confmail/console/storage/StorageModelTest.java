package org.confmail.console.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.console.remote.Problem;
import org.confmail.console.testing.ManualClockwork;
import org.confmail.console.testing.ScriptedRemote;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.StorageMethods;
import org.confmail.shared.admin.StorageMethods.Automatic;
import org.confmail.shared.admin.StorageMethods.Cancelled;
import org.confmail.shared.admin.StorageMethods.Ended;
import org.confmail.shared.admin.StorageMethods.Format;
import org.confmail.shared.admin.StorageMethods.Kind;
import org.confmail.shared.admin.StorageMethods.Outcome;
import org.confmail.shared.admin.StorageMethods.Progress;
import org.confmail.shared.admin.StorageMethods.ReportSummary;
import org.confmail.shared.admin.StorageMethods.Reserve;
import org.confmail.shared.admin.StorageMethods.Running;
import org.confmail.shared.admin.StorageMethods.State;
import org.confmail.shared.admin.StorageMethods.Stores;
import org.confmail.shared.admin.StorageMethods.Text;
import org.confmail.shared.admin.StorageMethods.Usage;
import org.confmail.shared.admin.StorageMethods.UsageRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageModelTest {
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");

    @TempDir
    private Path directory;

    private final ManualClockwork time = new ManualClockwork();
    private final ScriptedRemote remote = new ScriptedRemote();
    private final StorageModel model = new StorageModel(remote, time);

    @Test
    void progressIsShownAsItIsTold() {
        remote.on(StorageMethods.STATE, _ -> state(Optional.empty(), List.of(), Optional.empty()));
        remote.on(StorageMethods.FOLLOW, _ -> new Subscribed(1));
        model.start();
        remote.tell(StorageMethods.PROGRESS, new Progress(1, Optional.of(running(7, 40)), Optional.empty()));
        assertEquals(40, model.running().get().orElseThrow().percent());
        assertTrue(model.busy().get());
        remote.on(StorageMethods.STATE, _ -> state(Optional.empty(), List.of(ended(7)), Optional.empty()));
        remote.tell(StorageMethods.PROGRESS, new Progress(1, Optional.empty(), Optional.of(ended(7))));
        assertFalse(model.busy().get());
        assertEquals(7, model.ended().get().getFirst().run());
    }

    @Test
    void serverThatTellsNoProgressIsAskedAgainAndAgain() {
        remote.on(StorageMethods.STATE, _ -> state(Optional.of(running(7, 40)), List.of(), Optional.empty()));
        model.start();
        assertEquals(40, model.running().get().orElseThrow().percent());
        remote.on(StorageMethods.STATE, _ -> state(Optional.of(running(7, 60)), List.of(), Optional.empty()));
        time.advance(Duration.ofSeconds(2));
        assertEquals(60, model.running().get().orElseThrow().percent());
    }

    @Test
    void cancelsTheRunThatIsShownAndNoOther() {
        remote.on(StorageMethods.STATE, _ -> state(Optional.of(running(7, 40)), List.of(), Optional.empty()));
        remote.on(StorageMethods.CANCEL, cancel -> new Cancelled(cancel.run().orElseThrow()));
        model.start();
        model.cancel();
        assertEquals(
                Optional.of(7L), remote.calls(StorageMethods.CANCEL).getFirst().run());
    }

    @Test
    void reportIsReadOncePageByPage() {
        UsageModel usage = new UsageModel(remote);
        remote.on(
                StorageMethods.USAGE,
                which -> which.after().isEmpty()
                        ? usage(List.of(row("a@example", 60)), Optional.of("2"))
                        : usage(List.of(row("b@example", 20)), Optional.empty()));
        usage.follow(Optional.empty());
        usage.follow(Optional.of(summary(3)));
        usage.follow(Optional.of(summary(3)));
        assertEquals(2, remote.calls(StorageMethods.USAGE).size());
        UsageModel.Shares shares = usage.shares().get().orElseThrow();
        assertEquals(
                List.of(Optional.of("a@example"), Optional.of("b@example"), Optional.empty()),
                shares.rows().stream().map(UsageRow::address).toList());
        assertEquals(0.6, shares.share(shares.rows().getFirst()), 0.001);

        usage.follow(Optional.empty());
        assertTrue(usage.shares().get().isPresent());
        usage.follow(Optional.of(summary(4)));
        assertEquals(4, remote.calls(StorageMethods.USAGE).size());
    }

    @Test
    void newerReportInBetweenIsReadFromItsBeginning() {
        UsageModel usage = new UsageModel(remote);
        remote.refuse(StorageMethods.USAGE, AdminError.CONFLICT, "there is a newer report");
        usage.follow(Optional.of(summary(3)));
        assertEquals(Optional.empty(), usage.problem().get());
        remote.on(StorageMethods.USAGE, _ -> usage(List.of(row("a@example", 60)), Optional.empty()));
        usage.follow(Optional.of(summary(3)));
        assertTrue(usage.shares().get().isPresent());
    }

    @Test
    void reportIsWrittenPieceByPiece() throws IOException {
        remote.on(StorageMethods.TEXT, which -> switch (which.after().orElse("")) {
            case "" -> new Text("one\n", Optional.of("2"));
            case "2" -> new Text("two ✓\n", Optional.of("3"));
            default -> new Text("three\n", Optional.empty());
        });
        Path file = Files.writeString(directory.resolve("usage.csv"), "an older and longer one, which goes away");
        List<Path> told = new ArrayList<>();
        ReportDownload.save(remote, Runnable::run, Runnable::run, Format.CSV, file)
                .done(told::add);
        assertEquals(List.of(file), told);
        assertEquals("one\ntwo ✓\nthree\n", Files.readString(file));
        assertEquals(List.of(file), listed());
    }

    @Test
    void reportThatBreaksOffLeavesTheOldFile() throws IOException {
        remote.on(StorageMethods.TEXT, which -> {
            remote.refuse(StorageMethods.TEXT, AdminError.CONFLICT, "there is a newer report");
            return new Text("one\n", Optional.of("2"));
        });
        Path file = Files.writeString(directory.resolve("usage.csv"), "old");
        List<Problem> told = new ArrayList<>();
        ReportDownload.save(remote, Runnable::run, Runnable::run, Format.CSV, file)
                .failed(told::add);
        assertEquals("there is a newer report", told.getFirst().text());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), listed());
    }

    @Test
    void fileThatCannotBeWrittenIsToldOf() {
        remote.on(StorageMethods.TEXT, _ -> new Text("one\n", Optional.empty()));
        List<Problem> told = new ArrayList<>();
        ReportDownload.save(
                        remote,
                        Runnable::run,
                        Runnable::run,
                        Format.CSV,
                        directory.resolve("nowhere").resolve("usage.csv"))
                .failed(told::add);
        assertTrue(told.getFirst().text().contains("nowhere"), told.getFirst().text());
    }

    private List<Path> listed() throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static State state(Optional<Running> running, List<Ended> last, Optional<ReportSummary> report) {
        return new State(
                running,
                last,
                report,
                new Automatic(0, Stores.LOCAL, Optional.empty(), Optional.empty(), Optional.empty()),
                new Reserve(0, Optional.of(1L << 30), "/home/confmail", false));
    }

    private static Running running(long run, int percent) {
        return new Running(run, Kind.SIMULATION, Stores.LOCAL, "admin", NOW, Stores.LOCAL, percent, 100, 3, 1, false);
    }

    private static Ended ended(long run) {
        return new Ended(
                run, Kind.SIMULATION, Stores.LOCAL, "admin", NOW, NOW, Outcome.DONE, "3 would be deleted", List.of());
    }

    private static ReportSummary summary(long run) {
        return new ReportSummary(run, NOW, 512, 2, 100);
    }

    private static Usage usage(List<UsageRow> rows, Optional<String> next) {
        UsageRow unmatched = new UsageRow(Optional.empty(), Optional.empty(), 1, 20, 20, 0, 0, 0, 0, 0, 1, 20, 20);
        UsageRow total = new UsageRow(Optional.empty(), Optional.empty(), 3, 100, 100, 0, 0, 0, 0, 0, 3, 100, 100);
        return new Usage(summary(3), rows, Optional.of(unmatched), total, 2, next);
    }

    private static UsageRow row(String address, long bytes) {
        return new UsageRow(
                Optional.of(address), Optional.of(address + "-key"), 1, bytes, bytes, 0, 0, 0, 0, 0, 1, bytes, bytes);
    }
}

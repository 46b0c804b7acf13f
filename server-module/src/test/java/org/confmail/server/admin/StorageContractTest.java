package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.Stamp;
import org.confmail.server.main.WholeServer;
import org.confmail.server.store.Holder;
import org.confmail.shared.admin.AdminClient;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.ServerMethods;
import org.confmail.shared.admin.ServerMethods.Verdict;
import org.confmail.shared.admin.StorageMethods;
import org.confmail.shared.admin.StorageMethods.Ended;
import org.confmail.shared.admin.StorageMethods.Format;
import org.confmail.shared.admin.StorageMethods.Kind;
import org.confmail.shared.admin.StorageMethods.Outcome;
import org.confmail.shared.admin.StorageMethods.Progress;
import org.confmail.shared.admin.StorageMethods.State;
import org.confmail.shared.admin.StorageMethods.Stores;
import org.confmail.shared.admin.StorageMethods.Usage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the methods for the stores promise, against a whole server. */
class StorageContractTest {
    @TempDir
    Path home;

    private final BlockingQueue<Progress> events = new LinkedBlockingQueue<>();
    private WholeServer server;
    private AdminClient admin;

    @BeforeEach
    void start() throws Exception {
        server = WholeServer.startNew(home, "max_age_ack: 3600");
        admin = server.admin();
    }

    @AfterEach
    void stop() throws Exception {
        admin.close();
        server.close();
    }

    private void restart(String... lines) throws Exception {
        stop();
        Path config = home.resolve("config.txt");
        Files.writeString(config, Files.readString(config) + String.join("\n", lines) + "\n");
        server = WholeServer.start(home);
        admin = server.admin();
    }

    private Path lay(String name, String content) throws IOException {
        String digits = Key.sha1(Blocks.bytes(name)).toString();
        Path file = home.resolve("localstore")
                .resolve(digits.substring(0, 2))
                .resolve(digits.substring(2, 4))
                .resolve(digits);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, content);
    }

    private Path acknowledgment(String name, Duration age) throws IOException {
        return lay(
                name,
                "Type: acknowledgment\nDate: " + Stamp.format(Instant.now().minus(age)) + "\n");
    }

    private void user(String name, int bytes) throws IOException {
        lay(
                name,
                "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nType: key-announcement\nDate: "
                        + Stamp.format(Instant.now()) + "\nUserid: " + name + " <" + name + "@example.org>\n\n"
                        + "x".repeat(bytes) + "\n");
    }

    private StorageMethods.Prune prune(boolean simulate, int pauseMillis) {
        return new StorageMethods.Prune(Stores.BOTH, Optional.of(simulate), Optional.of(pauseMillis));
    }

    private static StorageMethods.Report report() {
        return new StorageMethods.Report(Optional.empty(), Optional.empty());
    }

    private void follow() throws Exception {
        admin.subscribe(StorageMethods.FOLLOW, Nothing.AT_ALL, StorageMethods.PROGRESS, events::add);
        assertEquals(Optional.empty(), next().ended());
    }

    private Progress next() throws InterruptedException {
        return Optional.ofNullable(events.poll(10, TimeUnit.SECONDS)).orElseThrow();
    }

    private Ended end(long run) throws InterruptedException {
        while (true) {
            Optional<Ended> ended = next().ended();
            if (ended.isPresent()) {
                assertEquals(run, ended.get().run());
                return ended.get();
            }
        }
    }

    private AdminException refusal(AdminCall call) {
        return assertThrows(AdminException.class, call::make);
    }

    private interface AdminCall {
        void make() throws IOException, AdminException;
    }

    @Test
    void pruneTellsWhatWouldGoAndThenWhatWent() throws Exception {
        Path old = acknowledgment("old", Duration.ofHours(2));
        Path young = acknowledgment("young", Duration.ofMinutes(1));
        follow();
        Ended simulated = end(admin.call(StorageMethods.PRUNE, prune(true, 0)).run());
        assertTrue(Files.exists(old));
        assertEquals(Kind.SIMULATION, simulated.kind());
        assertEquals(Outcome.DONE, simulated.outcome());
        assertTrue(simulated.text().contains("of 2 blocks 1 would be deleted"), simulated::text);

        Ended pruned = end(admin.call(StorageMethods.PRUNE, prune(false, 0)).run());
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young));
        assertEquals(
                List.of(Stores.LOCAL, Stores.ENTANGLED),
                pruned.counts().stream().map(StorageMethods.PruneCounts::store).toList());
        StorageMethods.TypeCounts all = pruned.counts().getFirst().total();
        assertEquals(2, all.seen());
        assertEquals(1, all.deleted());
        assertEquals(
                all.deleted(),
                pruned.counts().getFirst().types().stream()
                        .filter(type -> type.type().equals("acknowledgment"))
                        .findFirst()
                        .orElseThrow()
                        .deleted());

        State state = admin.call(StorageMethods.STATE);
        assertEquals(Optional.empty(), state.running());
        assertEquals(
                List.of(Kind.PRUNE, Kind.SIMULATION),
                state.last().stream().map(Ended::kind).toList());
        assertEquals(pruned, state.last().getFirst());
        assertEquals(
                new StorageMethods.Automatic(0, Stores.BOTH, Optional.empty(), Optional.empty(), Optional.empty()),
                state.automatic());
        assertEquals(0, state.reserve().limitBytes());
        assertFalse(state.reserve().refusing());
    }

    @Test
    void reportIsGivenInPagesInPiecesAndAsAFile() throws Exception {
        user("little", 100);
        user("much", 9000);
        user("some", 3000);
        assertEquals(AdminError.NOT_FOUND, refusal(() -> rows(Optional.empty())).error());
        follow();
        assertEquals(
                Outcome.DONE,
                end(admin.call(StorageMethods.REPORT, report()).run()).outcome());
        List<String> users = new ArrayList<>();
        Optional<String> after = Optional.empty();
        long bytes = 0;
        do {
            Usage page = rows(after);
            assertEquals(3, page.users());
            assertEquals(users.isEmpty() ? 2 : 1, page.rows().size());
            for (StorageMethods.UsageRow row : page.rows()) {
                users.add(row.address().orElseThrow());
                bytes += row.apportionedBytes();
            }
            assertEquals(page.total().apportionedBytes(), page.report().bytes());
            after = page.next();
        } while (after.isPresent());
        assertEquals(rows(Optional.empty()).total().apportionedBytes(), bytes);
        assertEquals(List.of("much@example.org", "some@example.org", "little@example.org"), users);

        for (Format format : Format.values()) {
            String file = admin.call(StorageMethods.WRITE, new StorageMethods.Write(format, "usage." + format))
                    .file();
            assertEquals(home.resolve("reports/usage." + format).toString(), file);
            assertEquals(
                    Files.readString(Path.of(file)),
                    admin.call(StorageMethods.TEXT, new StorageMethods.WhichText(format, Optional.empty()))
                            .text());
        }
        for (String name : List.of("", "../auth.txt", "/tmp/x", ".hidden", "a/b", "a b", "x".repeat(101))) {
            assertEquals(
                    AdminError.WRONG_PARAMS,
                    refusal(() -> admin.call(StorageMethods.WRITE, new StorageMethods.Write(Format.CSV, name)))
                            .error(),
                    name);
        }

        Optional<String> stale = rows(Optional.empty()).next();
        end(admin.call(StorageMethods.REPORT, report()).run());
        assertEquals(AdminError.CONFLICT, refusal(() -> rows(stale)).error());
        assertEquals(
                AdminError.WRONG_PARAMS,
                refusal(() -> rows(Optional.of("nonsense"))).error());
        assertEquals(3, admin.call(StorageMethods.STATE).report().orElseThrow().users());
    }

    private Usage rows(Optional<String> after) throws IOException, AdminException {
        return admin.call(StorageMethods.USAGE, new StorageMethods.WhichRows(after, Optional.of(2)));
    }

    @Test
    void runIsSeenByAllKeepsOthersOutAndIsCancelled() throws Exception {
        for (int i = 0; i < 200; i++) {
            acknowledgment("old " + i, Duration.ofHours(2));
        }
        follow();
        long run;
        try (AdminClient other = server.admin()) {
            run = other.call(StorageMethods.PRUNE, prune(false, 50)).run();
        } // its client is gone, and it goes on
        Progress progress = next();
        while (progress.running().stream().noneMatch(running -> running.deleted() > 0)) {
            progress = next();
        }
        assertEquals(run, progress.running().orElseThrow().run());
        assertEquals(Kind.PRUNE, progress.running().orElseThrow().kind());
        AdminException busy = refusal(() -> admin.call(StorageMethods.REPORT, report()));
        assertEquals(AdminError.BUSY, busy.error());
        assertTrue(busy.text().contains("run " + run + " is under way"), busy::text);
        assertEquals(
                AdminError.NOT_FOUND,
                refusal(() -> admin.call(StorageMethods.CANCEL, new StorageMethods.Cancel(Optional.of(run + 1))))
                        .error());
        assertEquals(
                run,
                admin.call(StorageMethods.CANCEL, new StorageMethods.Cancel(Optional.empty()))
                        .run());
        Ended ended = end(run);
        assertEquals(Outcome.CANCELLED, ended.outcome());
        assertTrue(ended.counts().getFirst().total().deleted() < 200);
        assertEquals(
                AdminError.NOT_FOUND,
                refusal(() -> admin.call(StorageMethods.CANCEL, new StorageMethods.Cancel(Optional.empty())))
                        .error());
    }

    @Test
    void storageUtilityAtWorkIsSaid() throws Exception {
        Path lock = Files.createDirectories(home.resolve("storutil")).resolve("LOCKFILE");
        try (Holder held = Holder.start(Holder.Language.JAVA, lock).orElseThrow()) {
            assertEquals(Optional.of("LOCKED"), held.said());
            AdminException busy = refusal(() -> admin.call(StorageMethods.PRUNE, prune(false, 0)));
            assertEquals(AdminError.BUSY, busy.error());
            assertTrue(
                    busy.text().startsWith("the storage utility is at work on this home (" + lock + " is held)"),
                    busy::text);
            assertEquals(Optional.empty(), admin.call(StorageMethods.STATE).running());
        }
        follow();
        assertEquals(
                Outcome.DONE,
                end(admin.call(StorageMethods.PRUNE, prune(false, 0)).run()).outcome());
    }

    @Test
    void reserveThatIsReachedAndThePruneThatIsDueShowInStateAndHealth() throws Exception {
        assertTrue(admin.call(ServerMethods.HEALTH).checks().stream()
                .noneMatch(check ->
                        check.name().equals("disk_reserve") || check.name().equals("prune")));
        restart("disk_reserve: 1000000000", "prune_interval: 24");
        State state = admin.call(StorageMethods.STATE);
        assertTrue(state.reserve().refusing());
        assertEquals(1_000_000_000L << 20, state.reserve().limitBytes());
        assertEquals(86_400, state.automatic().intervalSeconds());
        assertTrue(state.automatic().next().orElseThrow().isAfter(Instant.now()));
        ServerMethods.Health health = admin.call(ServerMethods.HEALTH);
        assertFalse(health.well());
        assertEquals(Verdict.FAILED, verdict(health, "disk_reserve"));
        assertEquals(Verdict.WELL, verdict(health, "prune"));
    }

    private static Verdict verdict(ServerMethods.Health health, String name) {
        return health.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertEquals(
                AdminError.WRONG_PARAMS,
                refusal(() -> admin.call(StorageMethods.PRUNE, prune(true, -1))).error());
        assertEquals(
                AdminError.WRONG_PARAMS,
                refusal(() -> admin.call(
                                StorageMethods.REPORT, new StorageMethods.Report(Optional.of(0L), Optional.empty())))
                        .error());
    }
}

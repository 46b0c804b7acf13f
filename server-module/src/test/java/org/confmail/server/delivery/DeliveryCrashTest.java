package org.confmail.server.delivery;

import static org.confmail.server.delivery.RunningDelivery.replicate;
import static org.confmail.server.delivery.RunningDelivery.store;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.confmail.server.account.Account;
import org.confmail.server.delivery.RunningDelivery.With;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.disk.ForgetfulDisk;
import org.confmail.server.disk.ForgetfulDisk.Loss;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each file operation of queueing and delivering fails in turn, once or from there on, and in other runs the power is lost there:
 * every accepted entry arrives, and the last change of an account is the last that the partner hears of.
 */
class DeliveryCrashTest {
    private static final String ADD = "REPLOGIN FREDERIC SOMEKEY1";
    private static final String REMOVE = "REPLOGIN disabled SOMEKEY1";
    private static final int OPERATIONS_MAX = 300;
    private static final int AT_ONCE = 8;

    @TempDir
    Path root;

    @Test
    void failureOfOneOperationLosesNothing() throws Exception {
        tryEach(true, null);
    }

    @Test
    void diskThatFailsForGoodLosesNothing() throws Exception {
        tryEach(false, null);
    }

    @Test
    void powerLossLosesNothing() throws Exception {
        for (Loss loss : Loss.values()) {
            tryEach(false, loss);
        }
    }

    /** Several at once: they wait for the disk, and for threads that end, most of the time. */
    private void tryEach(boolean once, @Nullable Loss loss) throws Exception {
        int number = 1;
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (boolean failing = true; failing; ) {
                assertTrue(number < OPERATIONS_MAX);
                List<Future<Boolean>> runs = new ArrayList<>();
                for (int n = 0; n < AT_ONCE; n++) {
                    int at = number++;
                    Path home = Files.createDirectory(root.resolve(once + "-" + loss + "-" + at));
                    runs.add(threads.submit(() -> one(home, once, loss, at)));
                }
                for (Future<Boolean> run : runs) {
                    failing &= run.get();
                }
            }
        }
        assertTrue(number > 40, "hardly any operations were seen: " + number);
    }

    private static boolean one(Path home, boolean once, @Nullable Loss loss, int number) throws Exception {
        Files.createDirectory(home.resolve("sendqueue"));
        ForgetfulDisk forgetful = new ForgetfulDisk(home);
        FaultyDisk disk = new FaultyDisk(forgetful);
        FakePeers peers = new FakePeers();
        List<String> accepted = new ArrayList<>();
        Optional<String> failed;
        try (RunningDelivery running = new RunningDelivery(home, disk, peers, With.USUAL)) {
            if (once) {
                disk.failAt(number);
            } else {
                disk.failFrom(number);
            }
            queueAll(running, accepted);
            running.awaitRest();
            failed = disk.failed();
        }
        if (loss != null) {
            forgetful.crash(loss);
        }
        try (RunningDelivery again =
                new RunningDelivery(home, new FileDisk(), peers, With.USUAL.at(RunningDelivery.NOW.plusSeconds(60)))) {
            again.awaitRest();
            List<String> arrived = peers.taken().stream()
                    .map(each -> Objects.requireNonNull(each.lines().findFirst().orElse(null)))
                    .toList();
            String what = number + ": " + failed + "; arrived: " + arrived;
            for (String entry : accepted) {
                assertTrue(arrived.contains(entry), () -> entry + " did not arrive; " + what);
            }
            List<String> accounts =
                    accepted.stream().filter(each -> each.contains("REPLOGIN")).toList();
            if (accounts.size() == 3) {
                String last = accounts.getLast();
                assertEquals(
                        last,
                        arrived.stream()
                                .filter(each -> each.contains("SOMEKEY1"))
                                .toList()
                                .getLast(),
                        what);
            }
            assertEquals(List.of(), again.files(), what);
        }
        return failed.isPresent();
    }

    private static void queueAll(RunningDelivery running, List<String> accepted) {
        String partner = Queues.PARTNER + " ";
        attempt(accepted, () -> running.account("FREDERIC", "SOMEKEY1"), partner + ADD);
        attempt(accepted, () -> running.data("data"), partner + replicate("data"));
        attempt(accepted, () -> running.account(Account.DISABLED, "SOMEKEY1"), partner + REMOVE);
        attempt(
                accepted,
                () -> running.proxy("proxied", "server=a.example:1", "server=b.example:1"),
                "a.example:1 " + store("proxied"),
                "b.example:1 " + store("proxied"));
        attempt(accepted, () -> running.account("FREDERIC", "SOMEKEY1"), partner + ADD);
        attempt(accepted, () -> running.text("text"), partner + replicate("text"));
    }

    private static void attempt(List<String> accepted, Queueing queueing, String... arrivals) {
        try {
            queueing.queue();
            accepted.addAll(List.of(arrivals));
        } catch (IOException e) {
            assertEquals(FaultyDisk.MESSAGE, e.getMessage());
        }
    }

    private interface Queueing {
        void queue() throws IOException;
    }
}

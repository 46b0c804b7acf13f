package org.confmail.server.delivery;

import static org.confmail.server.delivery.RunningDelivery.key;
import static org.confmail.server.delivery.RunningDelivery.replicate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.confmail.server.account.Account;
import org.confmail.server.block.Key;
import org.confmail.server.delivery.RunningDelivery.With;
import org.confmail.server.delivery.peer.PeerFailure;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.session.Await;
import org.confmail.server.session.LogLines;
import org.confmail.shared.config.HostPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replication: order, retries, and what an operator can do. */
class DeliveryTest {
    private static final String ADD = "REPLOGIN FREDERIC SOMEKEY1";
    private static final String REMOVE = "REPLOGIN disabled SOMEKEY1";

    @TempDir
    Path root;

    private final FakePeers peers = new FakePeers();
    private final List<RunningDelivery> started = new ArrayList<>();

    private RunningDelivery start() throws IOException {
        return start(With.USUAL);
    }

    private RunningDelivery start(With with) throws IOException {
        RunningDelivery running = new RunningDelivery(root, new FileDisk(), peers, with);
        started.add(running);
        return running;
    }

    @AfterEach
    void stop() {
        started.forEach(RunningDelivery::close);
        assertEquals(0, peers.open());
    }

    private void awaitTaken(String... commands) throws Exception {
        Await.until(
                () -> List.of(commands) + "; taken are " + peers.commands(),
                () -> peers.commands().equals(List.of(commands)));
    }

    @Test
    void accountsGoFirstThenDataThenTheRest() throws Exception {
        RunningDelivery queued = start(With.USUAL.noPartner());
        queued.text("text 1");
        queued.data("data 1");
        queued.account("FREDERIC", "SOMEKEY1");
        queued.announcement("announcement", "data 2");
        queued.data("data 2");
        queued.account(Account.DISABLED, "SOMEKEY1");
        queued.text("text 2");
        queued.close();
        assertEquals(List.of(), peers.opened());

        RunningDelivery running = start();
        awaitTaken(
                ADD,
                REMOVE,
                replicate("data 1"),
                replicate("data 2"),
                replicate("text 1"),
                replicate("announcement"),
                replicate("text 2"));
        running.awaitRest();
        assertEquals(List.of(), running.files());
        assertEquals(1, peers.opened().size());
        assertEquals(7, running.counter("deliveries_total"));
        assertEquals(0, running.counter("send_queue_entries"));
    }

    @Test
    void whatIsSentIsWhatWasQueuedWithoutPostToLines() throws Exception {
        RunningDelivery running = start();
        running.text("text", "Post-To: entangled\nType: message-announcement\nNextMessage\npost-to: x\nMailbox: 0\n");
        awaitTaken(replicate("text"));
        running.data("data");
        Await.until("data", () -> peers.taken().size() == 2);
        assertEquals(
                List.of(
                        "partner.example:8081 " + replicate("text")
                                + "\nType: message-announcement\nNextMessage\nMailbox: 0\n",
                        "partner.example:8081 " + replicate("data") + "\nType: data\nData: 4\ndata"),
                peers.taken());
    }

    @Test
    void newWorkIsSentAtOnce() throws Exception {
        RunningDelivery running = start();
        running.text("first");
        awaitTaken(replicate("first"));
        running.awaitRest();
        running.text("second");
        awaitTaken(replicate("first"), replicate("second"));
    }

    @Test
    void sessionStaysOpenForWhatComesNext() throws Exception {
        RunningDelivery running = start(With.USUAL.linger(Duration.ofSeconds(20)));
        running.text("first");
        awaitTaken(replicate("first"));
        running.text("second");
        awaitTaken(replicate("first"), replicate("second"));
        assertEquals(1, peers.opened().size());
    }

    @Test
    void failureIsLoggedInWholeSentencesWithTheTimeOfTheNextAttempt() throws Exception {
        peers.onOpen((_, _) -> {
            throw new PeerFailure(Kind.CLOSED, "partner: it closed the connection. Its own log may say why.");
        });
        try (LogLines log = LogLines.record()) {
            RunningDelivery running = start(With.USUAL.at(RunningDelivery.NOW.plusNanos(721_363_369)));
            running.text("text");
            Await.until(
                    () -> "the warning", () -> !log.messages(Level.WARN).isEmpty()); // comes behind the change of state
            assertEquals(
                    List.of("replication: partner: it closed the connection. Its own log may say why."
                            + " The next attempt is at 2026-11-22T12:02:00Z."),
                    log.messages(Level.WARN));
        }
    }

    @Test
    void unreachablePartnerIsTriedByTheSchedule() throws Exception {
        peers.onOpen((_, number) -> {
            if (number < 4) {
                throw FakePeers.failure(Kind.REFUSED);
            }
        });
        RunningDelivery running = start();
        running.text("text");
        running.awaitRest();
        assertEquals(1, peers.opened().size());
        TargetStatus status = running.partner();
        assertEquals(TargetStatus.State.WAITING, status.state());
        assertEquals(1, status.failures());
        assertEquals(Optional.of(RunningDelivery.NOW.plusSeconds(120)), status.nextAttempt());
        assertEquals(
                Optional.of(new Trouble(RunningDelivery.NOW, Kind.REFUSED, "it failed: REFUSED")), status.trouble());
        running.text("more");
        running.pass(Duration.ofSeconds(119));
        assertEquals(1, peers.opened().size());
        running.pass(Duration.ofSeconds(1));
        assertEquals(2, peers.opened().size());
        running.pass(Duration.ofSeconds(299));
        assertEquals(2, peers.opened().size());
        running.pass(Duration.ofSeconds(1));
        assertEquals(3, peers.opened().size());
        running.pass(Duration.ofMinutes(5));
        awaitTaken(replicate("text"), replicate("more"));
        running.awaitRest();
        assertEquals(0, running.partner().failures());
        assertEquals(Optional.empty(), running.partner().trouble());
        assertEquals(2, running.partner().delivered());
        assertEquals(3, running.counter("delivery_sessions_failed_total"));
    }

    @Test
    void settingsThatChangeWhileASessionFailsByTheOldOnesAreTriedSoon() throws Exception {
        RunningDelivery running = start();
        peers.onOpen((_, number) -> {
            if (number == 1) {
                running.partner(Optional.of(Queues.replication(new HostPort("new.example", 8081))));
                running.delivery.settingsChanged();
                throw FakePeers.failure(Kind.TIME_OUT);
            }
        });
        running.text("text");
        running.pass(Backlog.RETRY_PAUSE_MIN);
        assertEquals(List.of("partner.example:8081", "new.example:8081"), peers.opened());
        awaitTaken(replicate("text"));
    }

    @Test
    void operatorsRetryCountsForOneAttemptOnly() throws Exception {
        RunningDelivery running = start();
        peers.onOpen((_, number) -> {
            if (number == 1) {
                running.delivery.retryNow(Target.PARTNER);
            }
            throw FakePeers.failure(Kind.TIME_OUT);
        });
        running.text("text");
        running.pass(Backlog.RETRY_PAUSE_MIN);
        assertEquals(2, peers.opened().size());
        running.pass(Backlog.RETRY_PAUSE_MIN.multipliedBy(10));
        assertEquals(2, peers.opened().size());
    }

    @Test
    void scheduleOfZerosLeavesAPauseBetweenAttempts() throws Exception {
        peers.onOpen((_, _) -> {
            throw FakePeers.failure(Kind.REFUSED);
        });
        RunningDelivery running = start();
        running.schedule(Queues.schedule(0));
        running.text("text");
        running.awaitRest();
        assertEquals(1, peers.opened().size());
        running.pass(Backlog.RETRY_PAUSE_MIN);
        assertEquals(2, peers.opened().size());
    }

    @Test
    void restoredAccountChangeDoesNotComeAfterANewerOneThatWaits() throws Exception {
        peers.onAsk((_, command, number) -> command.equals(REMOVE) && number == 1 ? "FAILED" : "DONE");
        RunningDelivery running = start(With.USUAL.noPartner());
        running.account("FREDERIC", "SOMEKEY1");
        Key add = Key.parse(running.files().getFirst().getFileName().toString()).orElseThrow();
        running.delivery.remove(List.of(add));
        running.account(Account.DISABLED, "SOMEKEY1");
        running.partner(Optional.of(Queues.REPLICATION));
        running.delivery.settingsChanged();
        Await.until("a refusal", () -> peers.asked().size() == 1);
        running.awaitRest();
        assertTrue(running.delivery.restore(add));
        running.awaitRest();
        running.pass(Duration.ofMinutes(2));
        awaitTaken(ADD, REMOVE);
    }

    @Test
    void alarmWakesTheSender() throws Exception {
        peers.onOpen((_, number) -> {
            if (number == 1) {
                throw FakePeers.failure(Kind.REFUSED);
            }
        });
        RunningDelivery running = start();
        running.text("text");
        running.awaitRest();
        Await.until("a second attempt", () -> {
            running.tick(Duration.ofSeconds(10));
            return peers.opened().size() == 2;
        });
        awaitTaken(replicate("text"));
    }

    @Test
    void firstAttemptWaitsWhereTheScheduleSaysSo() throws Exception {
        RunningDelivery running = start();
        running.schedule(Queues.schedule(5, 60));
        running.text("text");
        running.awaitRest();
        assertEquals(List.of(), peers.opened());
        running.pass(Duration.ofSeconds(5));
        awaitTaken(replicate("text"));
    }

    @Test
    void refusedEntryHasABackOffOfItsOwn() throws Exception {
        peers.onAsk((_, command, number) -> command.equals(replicate("bad")) && number < 4 ? "FAILED" : "DONE");
        RunningDelivery running = start(With.USUAL.noPartner());
        running.text("bad");
        running.text("good");
        running.partner(Optional.of(Queues.REPLICATION));
        running.delivery.settingsChanged();
        awaitTaken(replicate("good"));
        running.awaitRest();
        assertEquals(1, peers.opened().size());
        EntryStatus waiting = running.delivery.entries(Target.PARTNER, 0, 10).getFirst();
        assertEquals(1, waiting.failures());
        assertEquals(Optional.of("the answer was \"FAILED\""), waiting.reason());
        assertEquals(Optional.of(RunningDelivery.NOW.plusSeconds(120)), waiting.nextAttempt());
        assertEquals(0, running.partner().failures());
        running.pass(Duration.ofMinutes(2));
        assertEquals(1, peers.commands().size());
        running.pass(Duration.ofMinutes(5));
        awaitTaken(replicate("good"), replicate("bad"));
        running.awaitRest();
        assertEquals(List.of(), running.files());
    }

    @Test
    void announcementWaitsForDataThatWasRefused() throws Exception {
        peers.onAsk((_, command, number) -> command.equals(replicate("data 1")) && number == 1 ? "FAILED" : "DONE");
        RunningDelivery running = start(With.USUAL.noPartner());
        running.announcement("of 1", "data 2", "data 1");
        running.announcement("of 2", "data 2");
        running.data("data 1");
        running.data("data 2");
        running.partner(Optional.of(Queues.REPLICATION));
        running.delivery.settingsChanged();
        awaitTaken(replicate("data 2"), replicate("of 2"));
        running.awaitRest();
        assertEquals(
                Optional.of("waits for an entry that could not be delivered yet"),
                running.delivery.entries(Target.PARTNER, 0, 1).getFirst().reason());
        running.pass(Duration.ofMinutes(2));
        awaitTaken(replicate("data 2"), replicate("of 2"), replicate("data 1"), replicate("of 1"));
    }

    @Test
    void announcementWhoseDataIsDeletedGoes() throws Exception {
        peers.onAsk((_, command, _) -> command.equals(replicate("data")) ? "FAILED" : "DONE");
        RunningDelivery running = start();
        running.data("data");
        running.awaitRest();
        running.announcement("announcement", "data");
        running.awaitRest();
        assertEquals(List.of(), peers.commands());
        running.delivery.remove(List.of(
                running.delivery.entries(Target.PARTNER, 0, 1).getFirst().file()));
        awaitTaken(replicate("announcement"));
    }

    @Test
    void laterChangesOfAnAccountWaitBehindOneThatWasRefused() throws Exception {
        peers.onAsk((_, command, number) -> command.equals(ADD) && number == 1 ? "FAILED" : "DONE");
        RunningDelivery running = start(With.USUAL.noPartner());
        running.account("FREDERIC", "SOMEKEY1");
        running.account(Account.DISABLED, "SOMEKEY1");
        running.account("FREDERIC", "OTHERKEY");
        running.text("text");
        running.partner(Optional.of(Queues.REPLICATION));
        running.delivery.settingsChanged();
        awaitTaken("REPLOGIN FREDERIC OTHERKEY", replicate("text"));
        running.pass(Duration.ofMinutes(2));
        awaitTaken("REPLOGIN FREDERIC OTHERKEY", replicate("text"), ADD, REMOVE);
    }

    @Test
    void whatIsQueuedAgainWhileItIsSentIsSentAgain() throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        peers.onAsk((_, _, number) -> {
            if (number == 1) {
                sending.countDown();
                await(queued);
            }
            return "DONE";
        });
        RunningDelivery running = start();
        running.account("FREDERIC", "SOMEKEY1");
        await(sending);
        running.account(Account.DISABLED, "SOMEKEY1");
        running.account("FREDERIC", "SOMEKEY1");
        queued.countDown();
        awaitTaken(ADD, REMOVE, ADD);
        running.awaitRest();
        assertEquals(List.of(), running.files());
        assertEquals(0, running.counter("send_queue_entries"));
    }

    @Test
    void othersGoAtOnceWhenTheSessionEndsAtARefusal() throws Exception {
        peers.onAsk((_, command, _) -> {
            if (peers.asked().size() > 1
                    && peers.asked().get(peers.asked().size() - 2).endsWith(replicate("b"))) {
                // an old server has hung up
                if (peers.opened().size() == 1) {
                    throw FakePeers.failure(Kind.CLOSED);
                }
            }
            return command.equals(replicate("b")) ? "FAILED" : "DONE";
        });
        RunningDelivery running = start(With.USUAL.noPartner());
        for (String name : List.of("a", "b", "c", "d")) {
            running.text(name);
        }
        running.partner(Optional.of(Queues.REPLICATION));
        running.delivery.settingsChanged();
        awaitTaken(replicate("a"), replicate("c"), replicate("d"));
        running.awaitRest();
        assertEquals(2, peers.opened().size());
        assertEquals(0, running.partner().failures());
    }

    @Test
    void serverThatRefusesAllIsNotSentTheWholeQueue() throws Exception {
        peers.onAsk((_, _, _) -> "FAILED");
        RunningDelivery running = start(With.USUAL.noPartner());
        for (int n = 0; n < 25; n++) {
            running.text("text " + n);
        }
        running.partner(Optional.of(Queues.REPLICATION));
        running.delivery.settingsChanged();
        Await.until("a failure", () -> running.partner().failures() == 1);
        running.awaitRest();
        assertEquals(TargetSession.REFUSALS_IN_A_ROW_MAX, peers.asked().size());
        assertEquals(25, running.files().size());
    }

    @Test
    void sessionCutAtAnyStepLosesNothing() throws Exception {
        List<String> order = List.of(ADD, REMOVE, replicate("data"), replicate("announcement"), replicate("text"));
        for (int cut = 1; cut <= order.size(); cut++) {
            for (boolean taken : List.of(false, true)) {
                FakePeers cutting = new FakePeers();
                int at = cut;
                List<String> arrived = new ArrayList<>();
                cutting.onAsk((_, command, number) -> {
                    if (number != at || taken) {
                        arrived.add(command);
                    }
                    if (number == at) {
                        throw FakePeers.failure(Kind.CLOSED);
                    }
                    return "DONE";
                });
                Path home = Files.createDirectory(root.resolve("cut " + cut + taken));
                try (RunningDelivery running =
                        new RunningDelivery(home, new FileDisk(), cutting, With.USUAL.noPartner())) {
                    running.account("FREDERIC", "SOMEKEY1");
                    running.account(Account.DISABLED, "SOMEKEY1");
                    running.announcement("announcement", "data");
                    running.data("data");
                    running.text("text");
                    running.partner(Optional.of(Queues.REPLICATION));
                    running.delivery.settingsChanged();
                    Await.until("a failure", () -> running.partner().failures() == 1);
                    running.awaitRest();
                    assertEquals(order.size() - cut + 1, running.files().size());
                    running.pass(Duration.ofMinutes(2));
                    assertEquals(order, cutting.commands());
                    List<String> expected = new ArrayList<>(order);
                    if (taken) {
                        expected.add(at, order.get(at - 1));
                    }
                    assertEquals(expected, arrived);
                    assertEquals(List.of(), running.files());
                }
            }
        }
    }

    @Test
    void withoutPartnerEntriesStayUntilOneIsConfigured() throws Exception {
        RunningDelivery running = start(With.USUAL.noPartner());
        running.text("text");
        running.pass(Duration.ofHours(1));
        assertEquals(List.of(), peers.opened());
        assertEquals(TargetStatus.State.NO_PARTNER, running.partner().state());
        running.partner(Optional.of(Queues.REPLICATION));
        running.delivery.settingsChanged();
        awaitTaken(replicate("text"));
    }

    @Test
    void newAddressOfThePartnerCountsFromTheNextEntryOn() throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        peers.onAsk((_, _, number) -> {
            if (number == 1) {
                sending.countDown();
                await(changed);
            }
            return "DONE";
        });
        RunningDelivery running = start();
        running.text("first");
        await(sending);
        running.text("second");
        running.partner(Optional.of(new org.confmail.server.config.Settings.Replication(
                new HostPort("new.example", 1), Optional.empty(), Optional.empty())));
        running.delivery.settingsChanged();
        changed.countDown();
        awaitTaken(replicate("first"), replicate("second"));
        assertEquals(List.of("partner.example:8081", "new.example:1"), peers.opened());
    }

    @Test
    void heldTargetStaysHeldOverRestarts() throws Exception {
        RunningDelivery running = start();
        running.delivery.hold(Target.PARTNER);
        running.text("text");
        running.awaitRest();
        assertEquals(TargetStatus.State.HELD, running.partner().state());
        running.close();
        RunningDelivery again = start();
        again.pass(Duration.ofHours(1));
        assertEquals(List.of(), peers.opened());
        assertEquals("replication\n", Files.readString(root.resolve("held.txt")));
        again.delivery.release(Target.PARTNER);
        awaitTaken(replicate("text"));
        again.close();
        start().text("more");
        awaitTaken(replicate("text"), replicate("more"));
    }

    @Test
    void operatorMayRetryBeforeTheTime() throws Exception {
        peers.onOpen((_, number) -> {
            if (number == 1) {
                throw FakePeers.failure(Kind.TIME_OUT);
            }
        });
        RunningDelivery running = start();
        running.text("text");
        running.awaitRest();
        assertTrue(running.delivery.retryNow(Target.PARTNER));
        awaitTaken(replicate("text"));
        assertFalse(running.delivery.retryNow(
                Target.named("server=nobody.example:1").orElseThrow()));
    }

    @Test
    void deletedEntryCanBeBroughtBackToItsPlaceForSevenDays() throws Exception {
        RunningDelivery running = start();
        running.delivery.hold(Target.PARTNER);
        for (String name : List.of("a", "b", "c")) {
            running.text(name);
        }
        List<EntryStatus> entries = running.delivery.entries(Target.PARTNER, 0, 10);
        assertEquals(entries.subList(1, 2), running.delivery.entries(Target.PARTNER, 1, 1));
        assertEquals(
                List.of(entries.get(1).file(), entries.get(0).file()),
                running.delivery.remove(List.of(
                        entries.get(1).file(),
                        key("never queued"),
                        entries.get(0).file())));
        assertEquals(1, running.files().size());
        assertEquals(2, running.delivery.removed().size());
        assertEquals(1, running.partner().entries());
        assertTrue(running.delivery.restore(entries.get(0).file()));
        assertFalse(running.delivery.restore(entries.get(0).file()));
        assertEquals(List.of(entries.get(0), entries.get(2)), running.delivery.entries(Target.PARTNER, 0, 10));
        running.delivery.release(Target.PARTNER);
        awaitTaken(replicate("a"), replicate("c"));
        running.pass(Duration.ofDays(7).minusSeconds(1));
        assertEquals(1, running.delivery.removed().size());
        running.jump(Duration.ofSeconds(200));
        Await.until("the purge", () -> running.delivery.removed().isEmpty());
    }

    @Test
    void clockThatGoesBackHoldsNothingUp() throws Exception {
        peers.onOpen((_, number) -> {
            if (number == 1) {
                throw FakePeers.failure(Kind.TIME_OUT);
            }
        });
        RunningDelivery running = start();
        running.text("text");
        running.awaitRest();
        running.jump(Duration.ofDays(-365));
        awaitTaken(replicate("text"));
    }

    @Test
    void filesPutIntoTheQueueByHandAreSent() throws Exception {
        RunningDelivery running = start(With.USUAL.at(Instant.now().plusSeconds(3600)));
        String entry = "StoreType: replicate\nReplogin-User: FREDERIC\nReplogin-Auth: SOMEKEY1\n";
        Path queue = root.resolve("sendqueue");
        Files.writeString(queue.resolve(key("any name").toString()), entry);
        Files.writeString(queue.resolve(key("another").toString()), "what is this?\n");
        Files.writeString(queue.resolve("README"), "of the operator");
        running.jump(Duration.ofMinutes(2));
        awaitTaken(ADD);
        running.awaitRest();
        Await.until("the damaged one to be moved", () -> running.files().equals(List.of(queue.resolve("README"))));
        assertEquals("what is this?\n", Files.readString(root.resolve("damaged/sendqueue-" + key("another"))));
    }

    @Test
    void entryThatSomebodyDeletedOrDamagedHoldsNothingUp() throws Exception {
        RunningDelivery running = start();
        running.delivery.hold(Target.PARTNER);
        for (String name : List.of("a", "b", "c")) {
            running.text(name);
        }
        List<EntryStatus> entries = running.delivery.entries(Target.PARTNER, 0, 10);
        Files.delete(root.resolve("sendqueue").resolve(entries.get(0).file().toString()));
        Files.writeString(
                root.resolve("sendqueue").resolve(entries.get(1).file().toString()), "StoreType: repl");
        running.delivery.release(Target.PARTNER);
        awaitTaken(replicate("c"));
        running.awaitRest();
        assertEquals(0, running.partner().entries());
        assertEquals(List.of(), running.files());
        assertTrue(
                Files.exists(root.resolve("damaged/sendqueue-" + entries.get(1).file())));
    }

    @Test
    void stoppingEndsTheSessionAfterItsPresentEntry() throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        peers.onAsk((_, _, _) -> {
            sending.countDown();
            await(go);
            return "DONE";
        });
        RunningDelivery running = start(With.USUAL.linger(Duration.ofHours(1)));
        running.text("a");
        await(sending);
        running.text("b");
        Thread stopping = Thread.ofVirtual().start(running::close);
        Await.until("the stop", () -> running.queue.backlog().stopping());
        go.countDown();
        assertTrue(stopping.join(Duration.ofSeconds(5)));
        awaitTaken(replicate("a"));
        assertEquals(1, running.files().size());
    }

    @Test
    void lingeringSessionEndsAtAStop() throws Exception {
        RunningDelivery running = start(With.USUAL.linger(Duration.ofHours(1)));
        running.text("a");
        awaitTaken(replicate("a"));
        assertEquals(1, peers.open());
        running.close();
        assertEquals(0, peers.open());
    }

    @Test
    void pulseStandsStillWhenTheSenderIsNotWokenAnyMore() throws Exception {
        RunningDelivery running = start();
        for (int n = 0; n < 3; n++) {
            running.jump(Duration.ofMinutes(17));
            Await.until("a beat", () -> running.delivery.overdue().isEmpty());
        }
        running.close();
        running.jump(Duration.ofMinutes(13));
        assertEquals(Optional.empty(), running.delivery.overdue());
        running.jump(Duration.ofMinutes(4));
        assertTrue(running.delivery.overdue().orElseThrow().toSeconds() > 8 * 120);
    }

    @Test
    void manyEntriesAreOpenedFast() throws Exception {
        Path queue = Files.createDirectory(root.resolve("sendqueue"));
        byte[] padding = new byte[600];
        for (int n = 0; n < 10_000; n++) {
            Files.writeString(
                    queue.resolve(key("entry " + n).toString()),
                    "StoreType: replicate\nStoreKeyid: " + key("block " + n)
                            + "\nLoginUser: none\nType: acknowledgment\n"
                            + new String(padding, java.nio.charset.StandardCharsets.ISO_8859_1).replace('\0', 'x')
                            + "\n");
        }
        long before = System.nanoTime();
        RunningDelivery running = start(With.USUAL.noPartner());
        assertEquals(10_000, running.partner().entries());
        Duration opened = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(opened.compareTo(Duration.ofSeconds(10)) < 0, opened::toString);
        running.partner(Optional.of(Queues.REPLICATION));
        running.delivery.settingsChanged();
        Await.until(() -> "all; " + peers.taken().size(), () -> peers.taken().size() == 10_000);
        running.awaitRest();
        assertEquals(List.of(), running.files());
    }

    private static void await(CountDownLatch latch) throws PeerFailure {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw FakePeers.failure(Kind.TIME_OUT);
            }
        } catch (InterruptedException e) {
            throw FakePeers.failure(Kind.CLOSED);
        }
    }
}

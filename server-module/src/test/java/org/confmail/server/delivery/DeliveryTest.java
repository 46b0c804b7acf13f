package org.confmail.server.delivery;

import static org.confmail.server.delivery.RunningDelivery.key;
import static org.confmail.server.delivery.RunningDelivery.replicate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.confmail.server.delivery.RunningDelivery.With;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.session.Await;
import org.confmail.shared.config.HostPort;
import org.junit.jupiter.api.Test;

/** When the sender works, and what an operator can do. */
class DeliveryTest extends DeliveryFixture {
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
}

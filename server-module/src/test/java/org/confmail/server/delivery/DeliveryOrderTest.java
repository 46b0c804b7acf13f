package org.confmail.server.delivery;

import static org.confmail.server.delivery.RunningDelivery.key;
import static org.confmail.server.delivery.RunningDelivery.replicate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.confmail.server.account.Account;
import org.confmail.server.block.Key;
import org.confmail.server.delivery.RunningDelivery.With;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.session.Await;
import org.junit.jupiter.api.Test;

/** What goes to the partner, and in which order. */
class DeliveryOrderTest extends DeliveryFixture {
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
}

package org.confmail.server.delivery;

import static org.confmail.server.delivery.RunningDelivery.replicate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.confmail.server.account.Account;
import org.confmail.server.delivery.OldPartner.Deed;
import org.confmail.server.delivery.OldPartner.Mishap;
import org.confmail.server.delivery.OldPartner.Moment;
import org.confmail.server.delivery.RunningDelivery.With;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.delivery.peer.PeersUnderTest;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.session.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Queue, sender and real sessions, with a partner that behaves like the existing server and fails in every way at every step:
 * each accepted entry arrives at least once, no announcement before its data, and the changes of an account in their order.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OldPartnerTest {
    /** Of the five that {@link #queueAll} queues: an account change, a data block, an announcement. */
    private static final int[] COMMANDS = {2, 3, 5};

    private static final int ACCOUNT = COMMANDS[0];

    private static final Duration RETRY = Duration.ofSeconds(301);

    private final PeersUnderTest under = new PeersUnderTest();
    private final List<String> accepted = new ArrayList<>();
    /** Announcements, and the data that they name. */
    private final Map<String, List<String>> announcements = new HashMap<>();
    /** Changes of an account, and the change that came after each. */
    private final Map<String, String> changes = new HashMap<>();

    @TempDir
    Path root;

    private OldPartner partner;
    private RunningDelivery running;

    @BeforeEach
    void start() throws IOException {
        partner = new OldPartner();
        running = new RunningDelivery(root, new FileDisk(), under.peers, With.USUAL.partner(partner.address()));
    }

    @AfterEach
    void stop() throws IOException {
        under.peers.close();
        running.close();
        partner.close();
        under.close();
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void allArrivesWhateverHappensAt(Moment moment) throws Exception {
        if (moment.isOfCommand()) {
            int turn = 0;
            for (Deed deed : Deed.values()) {
                int command = COMMANDS[turn++ % COMMANDS.length]; // each deed at one kind of entry
                if (moment != Moment.WITHIN_BLOCK || command != ACCOUNT) { // which has no block
                    sessionsMeet(new Mishap(moment, command, deed));
                }
            }
        } else {
            sessionsMeet(Arrays.stream(Deed.values())
                    .map(deed -> new Mishap(moment, 0, deed))
                    .toArray(Mishap[]::new));
        }
    }

    private void sessionsMeet(Mishap... mishaps) throws Exception {
        running.delivery.hold(Target.PARTNER);
        queueAll(List.of(mishaps).toString());
        for (Mishap mishap : mishaps) {
            meet(mishap);
        }
        deliverAll();
        assertArrived(List.of(mishaps).toString());
    }

    /** Begins sessions until this happens in one of them, and that has ended. */
    private void meet(Mishap mishap) throws Exception {
        partner.meet(mishap);
        running.delivery.release(Target.PARTNER);
        Await.until(mishap::toString, () -> {
            step();
            return partner.happened() && !partner.stuck();
        });
    }

    @Test
    void allArrivesThroughManyBadSessions() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Moment[] moments = Moment.values();
        Deed[] deeds = Deed.values();
        for (int batch = 0; batch < 8; batch++) {
            queueAll("batch " + batch);
            for (int session = 0; session < 3; session++) {
                Moment moment = moments[random.nextInt(moments.length)];
                int command = moment.isOfCommand() ? 1 + random.nextInt(7) : 0;
                partner.meet(new Mishap(moment, command, deeds[random.nextInt(deeds.length)]));
                step();
            }
        }
        deliverAll();
        assertArrived("seed " + seed + "L");
    }

    @Test
    void largeBlockArrivesAfterItWasCutInTheMiddle() throws Exception {
        String data = "large ".repeat(700_000);
        for (Deed deed : List.of(Deed.HANG_UP, Deed.SILENCE)) {
            running.delivery.hold(Target.PARTNER);
            running.data(data + deed);
            accepted.add(replicate(data + deed));
            meet(new Mishap(Moment.WITHIN_BLOCK, 1, deed));
            deliverAll();
            assertArrived(deed.toString());
        }
    }

    @Test
    void partnerWithoutRoomIsTriedAgain() throws Exception {
        List<Socket> others = new ArrayList<>();
        try {
            for (int n = 0; n < 20; n++) {
                Socket other =
                        new Socket(partner.address().host(), partner.address().port());
                others.add(other);
                assertEquals('C', other.getInputStream().read());
            }
            queueAll("busy");
            running.awaitRest();
            assertEquals(List.of(), partner.taken());
            assertEquals(Kind.BUSY, running.partner().trouble().orElseThrow().kind());
        } finally {
            for (Socket other : others) {
                other.close();
            }
        }
        deliverAll();
        assertArrived("busy");
    }

    /** Two changes of an account, two data blocks, and an announcement of both. */
    private void queueAll(String name) throws Exception {
        String key = RunningDelivery.key("account " + name).toString();
        String add = "REPLOGIN FREDERIC " + key;
        String remove = "REPLOGIN disabled " + key;
        running.account("FREDERIC", key);
        running.account(Account.DISABLED, key);
        String one = "data 1 " + name;
        String two = "data 2 " + name;
        String announcement = "announcement " + name;
        running.data(one);
        running.data(two);
        running.announcement(announcement, one, two);
        accepted.addAll(List.of(add, remove, replicate(one), replicate(two), replicate(announcement)));
        announcements.put(replicate(announcement), List.of(replicate(one), replicate(two)));
        changes.put(add, remove);
    }

    /** Lets nothing happen any more, and moves the clocks on until nothing is left. */
    private void deliverAll() throws Exception {
        partner.meet(Mishap.NONE);
        Await.until(() -> "all sent: " + running.delivery.targets(), () -> {
            step();
            return running.delivery.targets().stream().allMatch(target -> target.entries() == 0);
        });
    }

    /** Ends what is stuck by its time-out, and begins what waits for a retry. */
    private void step() throws Exception {
        if (partner.stuck()) {
            under.time.advance(PeersUnderTest.TIMEOUT.multipliedBy(3));
        } else if (running.delivery.targets().stream()
                .anyMatch(target -> target.state() == TargetStatus.State.WAITING)) {
            running.jump(RETRY);
        }
    }

    private void assertArrived(String when) throws Exception {
        running.awaitRest();
        List<String> taken = partner.taken();
        List<String> missing = new ArrayList<>(accepted);
        missing.removeAll(taken);
        assertEquals(List.of(), missing, when);
        announcements.forEach((announcement, data) -> data.forEach(each -> assertTrue(
                taken.indexOf(each) < taken.indexOf(announcement),
                () -> when + ": " + announcement + " came before " + each)));
        changes.forEach((add, remove) ->
                assertTrue(taken.lastIndexOf(add) < taken.indexOf(remove), () -> when + ": " + add + " came back"));
        assertEquals(List.of(), running.files(), when);
    }
}

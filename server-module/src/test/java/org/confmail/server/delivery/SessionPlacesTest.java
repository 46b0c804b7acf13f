package org.confmail.server.delivery;

import static org.confmail.server.delivery.RunningDelivery.store;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.confmail.server.delivery.peer.PeerFailure;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.session.Await;
import org.junit.jupiter.api.Test;

/** Whom targets that are dead, stall, or are slow keep waiting. */
class SessionPlacesTest extends DeliveryFixture {
    @Test
    void deadTargetDelaysNoOther() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        peers.onOpen((server, _) -> {
            if (server.startsWith("dead")) {
                await(end);
                throw FakePeers.failure(Kind.TIME_OUT);
            }
        });
        RunningDelivery running = start();
        for (int n = 0; n < Agenda.SESSIONS_MAX - 1; n++) {
            running.proxy("x" + n, "server=dead" + n + ".example:1");
        }
        running.proxy("y", "server=a.example:1");
        awaitTakenBy("a.example:1 " + store("y"));
        running.text("partner");
        awaitTakenBy("a.example:1 " + store("y"), "partner.example:8081 " + RunningDelivery.replicate("partner"));
        end.countDown();
        running.awaitRest();
    }

    @Test
    void targetsThatStallDelayOthersForSecondsOnly() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        peers.onAsk((server, _, _) -> server.startsWith("stalling") ? afterWait(end) : "DONE");
        RunningDelivery running = start();
        for (int n = 0; n < 2 * Agenda.SESSIONS_MAX; n++) {
            running.proxy("x" + n, "server=stalling" + n + ".example:1");
        }
        running.proxy("y", "server=a.example:1");
        Await.until("as many as may", () -> peers.opened().size() == Agenda.SESSIONS_MAX);
        Await.until("the others, as time goes by", () -> {
            running.tick(Duration.ofSeconds(1));
            return peers.taken().size() == 1;
        });
        awaitTakenBy("a.example:1 " + store("y"));
        end.countDown();
        running.awaitRest();
        assertEquals(2 * Agenda.SESSIONS_MAX + 1, peers.taken().size());
    }

    @Test
    void targetsThatAreSlowWithEachEntryGiveWay() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Set<String> begun = ConcurrentHashMap.newKeySet();
        peers.onAsk((server, _, _) -> !server.startsWith("slow") ? "DONE" : afterWait(begun.add(server) ? first : end));
        RunningDelivery running = start();
        int sessions = (1 + Agenda.LONG_PER_PLACE_MAX) * Agenda.SESSIONS_MAX;
        for (int n = 0; n < sessions; n++) {
            running.proxy("x" + n, "server=slow" + n + ".example:1");
            running.proxy("z" + n, "server=slow" + n + ".example:1");
        }
        Await.until("as many as may", () -> {
            running.tick(Duration.ofSeconds(1));
            return begun.size() == sessions;
        });
        running.proxy("y", "server=a.example:1");
        running.tick(Agenda.TURN);
        assertEquals(List.of(), peers.taken());
        first.countDown();
        Await.until("another's turn", () -> peers.taken().stream().anyMatch(each -> each.startsWith("a.example")));
        end.countDown();
        running.awaitRest();
        assertEquals(2 * sessions + 1, peers.taken().size());
    }

    private static String afterWait(CountDownLatch latch) throws PeerFailure {
        await(latch);
        return "DONE";
    }

    @Test
    void anyNumberOfTargetsThatFailedLeavesRoomForOthers() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<String> trying = new CopyOnWriteArrayList<>();
        peers.onOpen((server, number) -> {
            if (server.startsWith("dead")) {
                if (number > 100) {
                    trying.add(server);
                    await(end);
                }
                throw FakePeers.failure(Kind.TIME_OUT);
            }
        });
        RunningDelivery running = start();
        for (int n = 0; n < 100; n++) {
            running.proxy("x" + n, "server=dead" + n + ".example:1");
        }
        running.awaitRest();
        running.jump(Duration.ofMinutes(2));
        Await.until("as many as may", () -> trying.size() == Agenda.SESSIONS_TO_FAILING_MAX);
        running.proxy("y", "server=a.example:1");
        awaitTakenBy("a.example:1 " + store("y"));
        assertEquals(Agenda.SESSIONS_TO_FAILING_MAX, trying.size());
        end.countDown();
        running.awaitRest();
        assertEquals(100, trying.size());
    }

    @Test
    void oneServerHasFewSessions() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        peers.onOpen((_, _) -> {
            await(end);
        });
        RunningDelivery running = start();
        for (int n = 0; n < 5; n++) {
            running.proxy("x" + n, "server=a.example:1,b" + n + ".i2p:1");
        }
        Await.until(
                "all but",
                () -> peers.opened().stream().filter("a.example:1"::equals).count()
                        == ServerPlaces.SESSIONS_PER_SERVER_MAX);
        end.countDown();
        Await.until("the rest", () -> {
            running.jump(Duration.ofSeconds(1));
            return peers.taken().size() == 5;
        });
    }
}

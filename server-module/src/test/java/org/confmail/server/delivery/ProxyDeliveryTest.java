package org.confmail.server.delivery;

import static org.confmail.server.delivery.RunningDelivery.NOW;
import static org.confmail.server.delivery.RunningDelivery.key;
import static org.confmail.server.delivery.RunningDelivery.store;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.confmail.server.block.Blocks;
import org.confmail.server.delivery.RunningDelivery.With;
import org.confmail.server.delivery.SendQueue.ProxyUpload;
import org.confmail.server.delivery.peer.OutgoingBlock;
import org.confmail.server.delivery.peer.PeerFailure;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.session.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks for other servers than the partner: targets, alternatives, embargo and expiry. */
class ProxyDeliveryTest {
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

    /** What was taken, in no order of targets. */
    private Set<String> taken() {
        return new TreeSet<>(peers.taken().stream()
                .map(each -> each.lines().findFirst().orElseThrow())
                .toList());
    }

    private void awaitTaken(String... expected) throws Exception {
        Set<String> all = new TreeSet<>(List.of(expected));
        Await.until(() -> all + "; taken are " + taken(), () -> taken().equals(all));
    }

    private void failAlways(String... servers) {
        List<String> dead = List.of(servers);
        peers.onOpen((server, _) -> {
            if (dead.contains(server)) {
                throw FakePeers.failure(Kind.REFUSED);
            }
        });
    }

    @Test
    void eachLineIsADelivery() throws Exception {
        RunningDelivery running = start();
        running.proxy("x", "server=a.example:1", "server=b.example:2,c.example:3", "server=A.example:1");
        running.awaitRest();
        assertEquals(2, peers.taken().size());
        for (String taken : peers.taken()) {
            assertTrue(taken.endsWith(store("x") + "\nType: acknowledgment\nDate: " + NOW + "\nName: x\n"), taken);
        }
        assertEquals(List.of(), running.files());
        assertEquals(List.of(), running.delivery.targets());
    }

    @Test
    void deliveredTargetsAreRememberedOverARestart() throws Exception {
        failAlways("dead.example:1");
        RunningDelivery running = start();
        running.proxy("x", "server=a.example:1", "server=dead.example:1", "server=b.example:2");
        running.proxy("y", "server=dead.example:1");
        awaitTaken("a.example:1 " + store("x"), "b.example:2 " + store("x"));
        running.awaitRest();
        Path file = running.files().stream()
                .filter(each -> text(each).contains("Name: x"))
                .findFirst()
                .orElseThrow();
        Instant queued = Files.getLastModifiedTime(file).toInstant();
        assertEquals(
                "StoreType: proxy\nStoreKeyid: " + key("x") + "\nEmbargo: None\nPost-To: server=dead.example:1\n"
                        + "Type: acknowledgment\nDate: " + NOW + "\nName: x\n",
                text(file));
        assertEquals(NOW, queued);
        running.close();

        peers.onOpen((_, _) -> {});
        RunningDelivery again = start();
        Await.until("the rest", () -> peers.taken().size() == 4);
        again.awaitRest();
        assertTrue(peers.taken().get(2).startsWith("dead.example:1 " + store("x")));
        assertTrue(peers.taken().get(3).startsWith("dead.example:1 " + store("y")));
        assertEquals(List.of(), again.files());
    }

    private static String text(Path file) {
        try {
            return Blocks.text(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void dataBlocksGoBeforeTheRestAndKeepTheirBytes() throws Exception {
        failAlways("dead.example:1");
        RunningDelivery running = start();
        String header = "Post-To: server=a.example:1\nType: data\nPost-To: server=dead.example:1\nVersion: 1\n";
        try (ProxyUpload upload = running.queue.proxy(key("x"), Optional.empty(), Blocks.bytes(header), 5)) {
            upload.write(Blocks.bytes("--abcde--"), 2, 5);
            upload.complete();
        }
        awaitTaken("a.example:1 " + store("x"));
        running.awaitRest();
        assertEquals(List.of("a.example:1 " + store("x") + "\nType: data\nVersion: 1\nData: 5\nabcde"), peers.taken());
        assertEquals(
                "StoreType: proxy\nStoreKeyid: " + key("x") + "\nEmbargo: None\nType: data\n"
                        + "Post-To: server=dead.example:1\nVersion: 1\nData: 5\nabcde",
                text(running.files().getFirst()));
    }

    @Test
    void uploadThatIsNotCompletedLeavesNothing() throws Exception {
        RunningDelivery running = start();
        byte[] header = Blocks.bytes("Post-To: server=a.example:1\nType: data\n");
        try (ProxyUpload upload = running.queue.proxy(key("x"), Optional.empty(), header, 5)) {
            upload.write(Blocks.bytes("abc"), 0, 3);
        }
        assertEquals(List.of(), running.files());
        assertEquals(List.of(), running.delivery.targets());
    }

    @Test
    void alternativesAreTriedUntilOneTakesIt() throws Exception {
        failAlways("b.example:1", "c.onion:1");
        RunningDelivery running = start();
        running.proxy("x", "server=c.onion:1,b.example:1,d.i2p:1");
        awaitTaken("d.i2p:1 " + store("x"));
        assertEquals(List.of("b.example:1", "c.onion:1", "d.i2p:1"), peers.opened());
    }

    @Test
    void targetFailsWhenAllItsServersDo() throws Exception {
        failAlways("b.example:1", "c.onion:1");
        RunningDelivery running = start();
        running.proxy("x", "server=c.onion:1,b.example:1");
        running.pass(Duration.ofSeconds(119));
        assertEquals(2, peers.opened().size());
        peers.onOpen((_, _) -> {});
        running.pass(Duration.ofSeconds(1));
        awaitTaken("b.example:1 " + store("x"));
    }

    @Test
    void deadTargetDelaysNoOther() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        peers.onOpen((server, _) -> {
            if (server.startsWith("dead")) {
                try {
                    assertTrue(end.await(20, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    throw FakePeers.failure(Kind.CLOSED);
                }
                throw FakePeers.failure(Kind.TIME_OUT);
            }
        });
        RunningDelivery running = start();
        for (int n = 0; n < Agenda.SESSIONS_MAX - 1; n++) {
            running.proxy("x" + n, "server=dead" + n + ".example:1");
        }
        running.proxy("y", "server=a.example:1");
        awaitTaken("a.example:1 " + store("y"));
        running.text("partner");
        awaitTaken("a.example:1 " + store("y"), "partner.example:8081 " + RunningDelivery.replicate("partner"));
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
        awaitTaken("a.example:1 " + store("y"));
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
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
            return "DONE";
        } catch (InterruptedException e) {
            throw FakePeers.failure(Kind.CLOSED);
        }
    }

    @Test
    void anyNumberOfTargetsThatFailedLeavesRoomForOthers() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<String> trying = new CopyOnWriteArrayList<>();
        peers.onOpen((server, number) -> {
            if (server.startsWith("dead")) {
                if (number > 100) {
                    trying.add(server);
                    try {
                        assertTrue(end.await(20, TimeUnit.SECONDS));
                    } catch (InterruptedException e) {
                        throw FakePeers.failure(Kind.CLOSED);
                    }
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
        awaitTaken("a.example:1 " + store("y"));
        assertEquals(Agenda.SESSIONS_TO_FAILING_MAX, trying.size());
        end.countDown();
        running.awaitRest();
        assertEquals(100, trying.size());
    }

    @Test
    void oneServerHasFewSessions() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        peers.onOpen((_, _) -> {
            try {
                assertTrue(end.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw FakePeers.failure(Kind.CLOSED);
            }
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

    @Test
    void embargoIsWaitedForOverARestart() throws Exception {
        RunningDelivery running = start();
        running.proxy("x", Optional.of(NOW.plusSeconds(3600)), Optional.of(NOW.toString()), "server=a.example:1");
        running.pass(Duration.ofMinutes(30));
        assertEquals(List.of(), peers.opened());
        EntryStatus waiting = running.delivery
                .entries(Target.named("server=a.example:1").orElseThrow(), 0, 1)
                .getFirst();
        assertEquals(Optional.of("embargo"), waiting.reason());
        running.delivery.retryNow(Target.named("server=a.example:1").orElseThrow());
        running.close();
        RunningDelivery again = start(With.USUAL.at(NOW.plusSeconds(3599)));
        again.awaitRest();
        assertEquals(List.of(), peers.opened());
        again.pass(Duration.ofSeconds(1));
        awaitTaken("a.example:1 " + store("x"));
    }

    @Test
    void whatCannotBeDeliveredExpires() throws Exception {
        failAlways("dead.example:1");
        Optional<String> date = Optional.of(NOW.toString());
        RunningDelivery running = start();
        running.text("for the partner, which is held");
        running.delivery.hold(Target.PARTNER);
        running.proxy("dated", Optional.empty(), date, "server=dead.example:1");
        running.proxy("undated", Optional.empty(), Optional.empty(), "server=dead.example:1");
        running.proxy("absurd", Optional.empty(), Optional.of("2026-13-45T00:00:00Z"), "server=dead.example:1");
        running.proxy("future", Optional.empty(), Optional.of("9999-01-01T00:00:00Z"), "server=dead.example:1");
        running.proxy("entangled", Optional.empty(), date, "entangled");
        running.proxy("short embargo", Optional.of(NOW.plus(Duration.ofDays(3))), date, "server=dead.example:1");
        running.proxy("long embargo", Optional.of(NOW.plus(Duration.ofDays(8))), date, "server=dead.example:1");
        running.awaitRest();
        int partners = running.files().size() - 7;
        running.pass(Duration.ofDays(7));
        assertEquals(7 + partners, running.files().size());
        running.jump(Duration.ofMinutes(3));
        Await.until("five to expire", () -> running.files().size() == 2 + partners);
        running.jump(Duration.ofDays(1));
        Await.until(
                "the one to expire whose embargo was too long",
                () -> running.files().size() == 1 + partners);
        running.pass(Duration.ofDays(2).minusMinutes(10));
        assertEquals(1 + partners, running.files().size());
        running.jump(Duration.ofMinutes(10));
        Await.until("the last to expire", () -> running.files().size() == partners);
        Await.until("the count", () -> running.counter("deliveries_expired_total") == 7);
        assertEquals(
                List.of(),
                peers.taken().stream().filter(each -> each.contains("STORE")).toList());
    }

    @Test
    void expiredBlockIsNotSentAndHoldsNothingUp() throws Exception {
        RunningDelivery running = start();
        running.proxy("old", Optional.empty(), Optional.of("2015-01-01T00:00:00Z"), "server=a.example:1");
        running.proxy("new", "server=a.example:1");
        awaitTaken("a.example:1 " + store("new"));
        running.awaitRest();
        assertEquals(List.of(), running.files());
    }

    @Test
    void ownNodeOfTheDhtGetsItsOwn() throws Exception {
        RunningDelivery without = start();
        without.proxy("x", "entangled", "server=a.example:1");
        awaitTaken("a.example:1 " + store("x"));
        without.awaitRest();
        assertEquals(1, without.files().size());
        without.close();

        List<String> published = new CopyOnWriteArrayList<>();
        List<Optional<String>> answers = new ArrayList<>(List.of(Optional.of("no contacts"), Optional.empty()));
        RunningDelivery with = start(With.USUAL.dht((key, block) -> {
            published.add(key + " " + Blocks.text(((OutgoingBlock.Text) block).lines()));
            return answers.removeFirst();
        }));
        with.awaitRest();
        assertEquals(1, with.files().size());
        with.pass(Duration.ofMinutes(2));
        String expected = key("x") + " Type: acknowledgment\nDate: " + NOW + "\nName: x\n";
        assertEquals(List.of(expected, expected), published);
        assertEquals(List.of(), with.files());
    }

    /** Entries of all kinds that the existing server left; see the README beside them. */
    @Test
    void queueOfTheExistingServerIsSent() throws Exception {
        Path queue = Files.createDirectory(root.resolve("sendqueue"));
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/vectors/home/sendqueue"))) {
            for (Path file : files.toList()) {
                Files.copy(file, queue.resolve(file.getFileName()));
            }
        }
        List<String> published = new CopyOnWriteArrayList<>();
        Instant then = Instant.parse("2026-11-22T15:36:00Z");
        RunningDelivery running = start(With.USUAL.at(then).dht((key, _) -> {
            published.add(key.toString());
            return Optional.empty();
        }));
        running.awaitRest();
        assertEquals(9 + 2, peers.taken().size());
        assertEquals(2, running.files().size());
        List<String> partner = peers.taken().stream()
                .filter(each -> each.startsWith("partner"))
                .map(each -> each.split(" ", 3)[1])
                .toList();
        assertEquals(List.of("REPLOGIN", "REPLOGIN", "REPLOGIN"), partner.subList(0, 3));
        assertTrue(peers.taken().stream()
                .noneMatch(each -> each.toLowerCase(java.util.Locale.ROOT).contains("post-to")));
        running.pass(Duration.ofDays(2));
        Await.until("the two with an embargo", () -> running.files().isEmpty());
        assertEquals(List.of("18DD65DC746EA30A736830B90DAC0F6F8A5AE1F2"), published);
        assertTrue(Files.notExists(root.resolve("damaged")));
    }
}

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.confmail.server.block.Blocks;
import org.confmail.server.delivery.RunningDelivery.With;
import org.confmail.server.delivery.SendQueue.ProxyUpload;
import org.confmail.server.delivery.peer.OutgoingBlock;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.session.Await;
import org.junit.jupiter.api.Test;

/** Blocks for other servers than the partner: targets, alternatives, embargo and expiry. */
class ProxyDeliveryTest extends DeliveryFixture {
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
        awaitTakenBy("a.example:1 " + store("x"), "b.example:2 " + store("x"));
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
        awaitTakenBy("a.example:1 " + store("x"));
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
        awaitTakenBy("d.i2p:1 " + store("x"));
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
        awaitTakenBy("b.example:1 " + store("x"));
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
        awaitTakenBy("a.example:1 " + store("x"));
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
        awaitTakenBy("a.example:1 " + store("new"));
        running.awaitRest();
        assertEquals(List.of(), running.files());
    }

    @Test
    void ownNodeOfTheDhtGetsItsOwn() throws Exception {
        RunningDelivery without = start();
        without.proxy("x", "entangled", "server=a.example:1");
        awaitTakenBy("a.example:1 " + store("x"));
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

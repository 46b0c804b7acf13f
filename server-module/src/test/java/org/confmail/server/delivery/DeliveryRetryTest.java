package org.confmail.server.delivery;

import static org.confmail.server.delivery.RunningDelivery.replicate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.confmail.server.delivery.RunningDelivery.With;
import org.confmail.server.delivery.peer.PeerFailure;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.session.Await;
import org.confmail.server.session.LogLines;
import org.confmail.shared.config.HostPort;
import org.junit.jupiter.api.Test;

/** What fails, and when it is tried again. */
class DeliveryRetryTest extends DeliveryFixture {
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
}

package org.confmail.console.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confmail.console.overview.History.Point;
import org.confmail.console.testing.ManualClockwork;
import org.confmail.console.testing.ScriptedRemote;
import org.confmail.console.view.Destination;
import org.confmail.console.view.ViewName;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.CertificateMethods.OwnCertificate;
import org.confmail.shared.admin.LogMethods.Level;
import org.confmail.shared.admin.LogMethods.LogLine;
import org.confmail.shared.admin.ServerMethods;
import org.confmail.shared.admin.ServerMethods.Check;
import org.confmail.shared.admin.ServerMethods.Health;
import org.confmail.shared.admin.ServerMethods.Memory;
import org.confmail.shared.admin.ServerMethods.QueueLength;
import org.confmail.shared.admin.ServerMethods.Rate;
import org.confmail.shared.admin.ServerMethods.State;
import org.confmail.shared.admin.ServerMethods.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverviewModelTest {
    private static final Path LOG = Path.of("/var/log/confmail.log").toAbsolutePath();

    private final ScriptedRemote remote = new ScriptedRemote();
    private final ManualClockwork clockwork = new ManualClockwork();
    private final OverviewModel model = new OverviewModel(remote, clockwork);
    private int connections = 1;
    private List<Check> checks = List.of(new Check("store", Verdict.WELL, "a file was written"));
    private List<LogLine> errors = List.of();

    @BeforeEach
    void answer() {
        remote.on(ServerMethods.STATE, _ -> state());
        remote.on(
                ServerMethods.HEALTH,
                _ -> new Health(checks.stream().noneMatch(check -> check.verdict() == Verdict.FAILED), checks));
    }

    @AfterEach
    void nothingGoesOnWhenClosed() {
        model.close();
        assertEquals(0, clockwork.repeating());
    }

    @Test
    void nothingNeedsAttentionWhereAllIsWell() {
        model.start();
        assertEquals(List.of(), model.glance().get().attentions());
        assertTrue(model.glance().get().connected());
    }

    @Test
    void failuresStandBeforeWarningsAndLeadToTheirView() {
        checks = List.of(
                new Check("settings", Verdict.WARNING, "config.txt has changes"),
                new Check("store", Verdict.WELL, "a file was written"),
                new Check("partner", Verdict.FAILED, "sending failed"),
                new Check("certificate", Verdict.WARNING, "it expires"),
                new Check("disk", Verdict.FAILED, "1 MiB is free"),
                new Check("dht", Verdict.WARNING, "alone"));
        model.start();
        List<Attention> found = model.glance().get().attentions();
        assertEquals(
                List.of(
                        Destination.of(ViewName.QUEUES, "replication"),
                        Destination.of(ViewName.STORAGE),
                        Destination.of(ViewName.CONFIGURATION),
                        Destination.of(ViewName.CERTIFICATES),
                        Destination.of(ViewName.DHT)),
                found.stream().map(Attention::where).toList());
        assertEquals("Sending failed", found.getFirst().words());
        assertTrue(found.get(1).failed());
        assertFalse(found.get(2).failed());
    }

    @Test
    void errorsOfTheLastHourLeadToTheirMomentInTheLog() {
        Instant recent = clockwork.now().minusSeconds(60);
        errors = List.of(
                new LogLine(clockwork.now().minus(Duration.ofHours(2)), Level.ERROR, "store", "t", "long ago"),
                new LogLine(recent, Level.ERROR, "store", "t", "cannot write\n\tat stack"));
        model.start();
        Attention error = model.glance().get().attentions().getFirst();
        assertEquals(1, model.glance().get().attentions().size());
        assertEquals(Destination.of(ViewName.LOG, recent.toString()), error.where());
        assertTrue(error.words().endsWith("of store: cannot write"), error::words);
    }

    @Test
    void connectionsNearTheLimitNeedAttention() {
        connections = 90;
        model.start();
        assertEquals(
                Destination.of(ViewName.CONNECTIONS),
                model.glance().get().attentions().getFirst().where());
    }

    @Test
    void historyGoesOnBehindOtherViewsAndIsBounded() {
        model.start();
        model.stop();
        connections = 2;
        int checked = remote.calls(ServerMethods.HEALTH).size();
        clockwork.advance(History.KEPT.multipliedBy(3));
        List<Point> points = model.history().of(History.Sample::connections);
        assertEquals(History.KEPT.dividedBy(OverviewModel.STATE_PERIOD) + 1, points.size());
        assertEquals(2, points.getLast().value());
        assertEquals(checked, remote.calls(ServerMethods.HEALTH).size(), "it writes a file each time");
    }

    @Test
    void sampleHoldsRatesOfAllCommandsAndBothDirections() {
        model.start();
        History.Sample sample = model.history().samples().getFirst();
        assertEquals(12.5, sample.requests());
        assertEquals(300, sample.bytes());
        assertEquals(7, sample.queued());
        assertEquals(64 << 20, sample.memory());
    }

    @Test
    void lastAnswersStayWhileTheServerIsGone() {
        checks = List.of(new Check("disk", Verdict.FAILED, "full"));
        model.start();
        remote.leave();
        assertFalse(model.glance().get().connected());
        assertEquals(1, model.glance().get().attentions().size());
        checks = List.of();
        remote.comeBack();
        assertEquals(List.of(), model.glance().get().attentions());
    }

    @Test
    void refusalIsTold() {
        remote.refuse(ServerMethods.STATE, AdminError.INTERNAL, "a defect");
        remote.refuse(ServerMethods.HEALTH, AdminError.INTERNAL, "a defect");
        model.start();
        assertEquals("a defect", model.glance().get().problem().orElseThrow().text());
    }

    private State state() {
        return new State(
                "1.0",
                "25",
                "/srv/confmail",
                4711,
                clockwork.now().minusSeconds(3600),
                3600,
                8081,
                Optional.empty(),
                Optional.empty(),
                Optional.of(LOG.toString()),
                connections,
                100,
                new Rate("connections", 10, 1, 1),
                List.of(new Rate("all", 100, 12.5, 10), new Rate("GET", 50, 7, 5)),
                List.of(new Rate("received", 100, 100, 1), new Rate("sent", 100, 200, 1)),
                Optional.of(new QueueLength(7, 70)),
                new Memory(1 << 20, 1 << 30, Optional.of(64L << 20)),
                List.of(),
                new OwnCertificate(
                        "AA:BB",
                        "CN=x",
                        "EC 256",
                        "SHA256",
                        clockwork.now(),
                        clockwork.now().plusSeconds(1)),
                List.of(),
                false,
                errors);
    }
}

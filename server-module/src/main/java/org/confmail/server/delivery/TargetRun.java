package org.confmail.server.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.confmail.server.config.Settings.Replication;
import org.confmail.server.delivery.peer.Destination;
import org.confmail.server.delivery.peer.PeerFailure;
import org.confmail.shared.config.HostPort;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work on one target whose time has come: sessions with the servers that will do, one after the other, until nothing is left
 * or all of them failed. Runs in a thread of its own.
 */
final class TargetRun implements Runnable {
    /** How long a target waits whose servers all have as many sessions with us as they may. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger("sender");

    private final SendParts parts;
    private final Agenda.Permit permit;
    private final TargetState target;
    private final boolean failing;
    private @Nullable PeerFailure last;

    /** @param permit is given back at the end of the run */
    TargetRun(SendParts parts, Agenda.Permit permit) {
        this.parts = parts;
        this.permit = permit;
        this.target = permit.target();
        this.failing = permit.failing();
    }

    /** What came of a session, or of all that were tried. */
    private enum Result {
        /** Nothing is left that may go now. */
        DONE,
        /** There is nobody to go to, or no room for a session now. */
        NOT_TRIED,
        FAILED
    }

    @Override
    public void run() {
        try {
            finish(
                    switch (target.target()) {
                        case Target.Partner _ -> partner();
                        case Target.OwnNode _ -> ownNode();
                        case Target.Servers servers -> servers(servers.servers());
                    });
        } catch (InterruptedException e) {
            parts.backlog().ended(permit, false); // the server stops
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "{}: sending failed: a defect of this server. It is tried again later.",
                    target.target().id(),
                    e);
            failed(new PeerFailure(PeerFailure.Kind.PROTOCOL, "a defect of this server: " + e));
        }
    }

    private void finish(Result result) {
        switch (result) {
            case DONE -> {
                parts.backlog().ended(permit, true);
                if (failing) {
                    LOG.info("{}: delivery works again", target.target().id());
                }
            }
            case NOT_TRIED -> parts.backlog().postponed(permit, PAUSE);
            case FAILED -> {
                if (last == null) {
                    throw new IllegalStateException();
                }
                if (parts.backlog().stopping()) {
                    parts.backlog().ended(permit, false);
                } else {
                    failed(last);
                }
            }
        }
    }

    private void failed(PeerFailure why) {
        Instant now = parts.clock().instant();
        Instant retry = parts.backlog().failed(permit, new Trouble(now, why.kind(), why.reason()));
        String reason = why.reason();
        LOG.warn(
                "{}: {} The next attempt is at {}.",
                target.target().id(),
                isSentence(reason) ? reason : reason + ".",
                retry.truncatedTo(ChronoUnit.SECONDS));
    }

    private static boolean isSentence(String reason) {
        return reason.endsWith(".") || reason.endsWith("?");
    }

    private Result partner() throws InterruptedException {
        while (true) {
            Optional<Replication> partner = parts.settings().get().replication();
            if (partner.isEmpty()) {
                return Result.NOT_TRIED;
            }
            Replication to = partner.get();
            Destination destination = new Destination.Partner(to.peer(), to.authKey(), to.pins());
            BooleanSupplier same = () -> parts.settings().get().replication().equals(partner);
            Result result = server(destination, same);
            if (result != Result.DONE || same.getAsBoolean()) {
                return result;
            }
        }
    }

    private Result servers(List<HostPort> servers) throws InterruptedException {
        Result result = Result.NOT_TRIED;
        for (HostPort server : ServerOrder.of(servers, parts.routes().get(), parts.random())) {
            if (!parts.places().take(server)) {
                continue;
            }
            try {
                result = server(new Destination.Open(server), () -> true);
            } finally {
                parts.places().giveBack(server);
            }
            if (result == Result.DONE) {
                return result;
            }
        }
        return result;
    }

    private Result server(Destination destination, BooleanSupplier valid) throws InterruptedException {
        return sessions(
                destination.server().toString(),
                () -> switch (destination) {
                    case Destination.Partner _ ->
                        new Outlet.ToPartner(parts.peers().open(destination));
                    case Destination.Open _ -> new Outlet.ToServer(parts.peers().open(destination));
                },
                valid);
    }

    private Result ownNode() throws InterruptedException {
        return sessions(
                target.target().id(),
                () -> new Outlet.ToOwnDht(parts.dht()
                        .orElseThrow(() -> new PeerFailure(
                                PeerFailure.Kind.NO_ROUTE, "this server has no DHT node (dht: false in config.txt?)"))),
                () -> true);
    }

    /** One session, and more as long as each was cut because of a single entry. */
    private Result sessions(String peer, Opening opening, BooleanSupplier valid) throws InterruptedException {
        while (true) {
            TargetSession session = new TargetSession(parts, target, peer, valid);
            try {
                try (Outlet outlet = opening.open()) {
                    parts.counters().sessions().increment();
                    session.run(outlet, parts.linger());
                }
                LOG.debug("{}: {} entries delivered", peer, session.delivered());
                return Result.DONE;
            } catch (PeerFailure e) {
                if (session.mayBeginAnew() && !parts.backlog().stopping()) {
                    LOG.debug("{}: {}; the others go in a new session", peer, e.reason());
                    continue;
                }
                parts.counters().failedSessions().increment();
                LOG.debug("{}: {}, after {} entries", peer, e.reason(), session.delivered());
                last = e;
                return Result.FAILED;
            }
        }
    }

    @FunctionalInterface
    private interface Opening {
        Outlet open() throws PeerFailure;
    }
}

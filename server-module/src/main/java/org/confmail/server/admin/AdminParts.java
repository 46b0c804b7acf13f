package org.confmail.server.admin;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.confmail.server.account.Accounts;
import org.confmail.server.config.LiveSettings;
import org.confmail.server.disk.Disk;
import org.confmail.server.home.ConfigHistory;
import org.confmail.server.home.Home;
import org.confmail.server.log.ServerLog;
import org.confmail.server.log.TrafficLog;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.session.SelfTest;
import org.confmail.server.session.Sessions;
import org.confmail.server.time.Scheduler;
import org.confmail.server.time.Ticker;
import org.confmail.server.upkeep.AutomaticPrune;
import org.confmail.server.upkeep.DiskReserve;
import org.confmail.server.upkeep.UpkeepRuns;
import org.confmail.shared.config.ConfigDocument;

/**
 * The parts of the server that the admin socket shows and steers. All are safe for use by many threads, but for the history of
 * config.txt, which is the admin socket's own.
 *
 * @param serverId 8 characters
 * @param started when the server started
 * @param configAtStart what it started with
 * @param port that clients connect to
 * @param queue empty = this server does not send
 * @param peerCertificates empty = this server does not send
 * @param dht empty = it takes no part (dht: false)
 * @param stop begins an orderly stop of the server, and returns at once
 */
public record AdminParts(
        String version,
        String serverId,
        Home home,
        Instant started,
        LiveSettings settings,
        ConfigDocument configAtStart,
        ConfigHistory configHistory,
        Reloading reloading,
        IntSupplier port,
        ServerLog log,
        TrafficLog traffic,
        Sessions sessions,
        Accounts accounts,
        SelfTest selfTest,
        OwnCertificate certificate,
        Metrics metrics,
        Optional<QueueControl> queue,
        Optional<PeerCertificates> peerCertificates,
        Optional<DhtView> dht,
        UpkeepRuns upkeep,
        AutomaticPrune automaticPrune,
        DiskReserve reserve,
        Disk disk,
        Scheduler scheduler,
        Ticker ticker,
        InstantSource clock,
        SecureRandom random,
        Runnable stop) {}

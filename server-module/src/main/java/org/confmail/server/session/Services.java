package org.confmail.server.session;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.confmail.server.account.Accounts;
import org.confmail.server.block.Limits;
import org.confmail.server.config.Settings;
import org.confmail.server.delivery.SendQueue;
import org.confmail.server.dht.Dht;
import org.confmail.server.log.TrafficLog;
import org.confmail.server.net.TlsServer;
import org.confmail.server.net.TxtRecords;
import org.confmail.server.notify.Notifications;
import org.confmail.server.store.BlockStore;
import org.confmail.server.time.Ticker;

/**
 * The parts of the server that sessions use. All are safe for use by many threads.
 *
 * @param settings the settings of this moment
 * @param limits of the local store, at this moment
 * @param refusing whether new blocks are refused now, because the disk is nearly full
 * @param replicating whether there is a partner now
 * @param dht empty where it is switched off
 * @param tls under the certificate of this moment
 * @param hashing a few platform threads for long computations
 * @param stop begins an orderly stop of the server, and returns at once
 */
public record Services(
        Supplier<Settings.Sessions> settings,
        Supplier<Limits> limits,
        BooleanSupplier refusing,
        BooleanSupplier replicating,
        Accounts accounts,
        BlockStore store,
        SendQueue sendQueue,
        Optional<Dht> dht,
        SelfTest selfTest,
        Supplier<TlsServer> tls,
        TxtRecords dns,
        Notifications notifications,
        ExecutorService hashing,
        InstantSource clock,
        Ticker ticker,
        TrafficLog traffic,
        SessionCounters counters,
        Runnable stop) {}

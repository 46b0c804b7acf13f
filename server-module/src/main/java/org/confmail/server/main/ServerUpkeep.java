package org.confmail.server.main;

import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.confmail.server.block.Limits;
import org.confmail.server.store.BlockStore;
import org.confmail.server.store.HeldStore;
import org.confmail.server.upkeep.AutomaticPrune;
import org.confmail.server.upkeep.DiskReserve;
import org.confmail.server.upkeep.Upkeep;
import org.confmail.server.upkeep.UpkeepRuns;
import org.confmail.server.upkeep.UtilityLock;

/** The upkeep that a running server does: what an operator orders, and its own prune now and then. */
record ServerUpkeep(UpkeepRuns runs, AutomaticPrune automatic) {

    /** Begins to watch the space on the disks, before anything is stored. */
    static DiskReserve watchDisks(Foundation base) {
        DiskReserve reserve = base.teardown()
                .own(new DiskReserve(
                        List.of(base.home().localStore(), base.home().root()),
                        directory -> Files.getFileStore(directory).getUsableSpace(),
                        () -> base.settings().current().upkeep().diskReserve(),
                        base.scheduler(),
                        Thread::startVirtualThread));
        base.metrics()
                .gauge(
                        "disk_free_bytes",
                        "Bytes free on the disk of the home or of the store, whichever has less.",
                        () -> reserve.state().freeBytes());
        base.metrics()
                .gauge(
                        "disk_reserve_bytes",
                        "disk_reserve: bytes that are to stay free.",
                        () -> base.settings().current().upkeep().diskReserve());
        base.metrics()
                .gauge(
                        "store_refusing",
                        "1 while new blocks are refused because disk_reserve is reached.",
                        () -> reserve.isReached() ? 1 : 0);
        return reserve;
    }

    static ServerUpkeep start(Foundation base, BlockStore store, HeldStore held, Supplier<Limits> limits) {
        // A running node of the DHT deletes what is too old by itself.
        boolean pruneEntangled = !base.settings().current().dht().enabled();
        Upkeep upkeep = new Upkeep(store.upkeep(), held.upkeep(), limits, base.clock(), base.random());
        UpkeepRuns runs = base.teardown()
                .own(new UpkeepRuns(upkeep, new UtilityLock(base.home(), base.disk()), base.clock(), base.scheduler()));
        AutomaticPrune automatic = base.teardown()
                .own(new AutomaticPrune(
                        runs,
                        () -> base.settings().current().upkeep().pruneInterval(),
                        pruneEntangled,
                        base.home(),
                        base.disk(),
                        base.clock(),
                        base.scheduler(),
                        Thread::startVirtualThread));
        base.metrics()
                .gauge(
                        "last_prune_timestamp_seconds",
                        "When the server's own last prune ended, since 1970; 0 = never.",
                        () -> automatic.last().map(Instant::getEpochSecond).orElse(0L));
        return new ServerUpkeep(runs, automatic);
    }
}

package org.confmail.server.upkeep;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.confmail.server.block.Limits;
import org.confmail.server.store.StoreKind;
import org.confmail.server.store.StoreUpkeep;

/**
 * Prunes the stores of a home and reports their usage. Safe beside running servers, and beside this one; two runs at once would do
 * no harm, but {@link UtilityLock} keeps them apart.
 */
public final class Upkeep {
    private final StoreUpkeep localStore;
    private final StoreUpkeep entangled;
    private final Supplier<Limits> limits;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param limits of the local store; the other has those of the DHT */
    public Upkeep(
            StoreUpkeep localStore,
            StoreUpkeep entangled,
            Supplier<Limits> limits,
            InstantSource clock,
            RandomGenerator random) {
        this.localStore = localStore;
        this.entangled = entangled;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Does what {@code order} says, in the caller's thread; takes as long as it takes to open every file.
     *
     * @throws IOException if a store cannot be read at all
     */
    public Result run(Order order, Watch watch) throws IOException {
        Map<StoreKind, PruneCounts> counts = new EnumMap<>(StoreKind.class);
        long passedOver = 0;
        Instant now = clock.instant();
        Optional<Usage> usage = order.report().map(report -> new Usage(report.blockSize(), random.nextLong()));
        if (order.pruneLocalStore() || usage.isPresent()) {
            Optional<Ageing> ageing =
                    order.pruneLocalStore() ? Optional.of(new Ageing(limits.get(), now)) : Optional.empty();
            StoreWalk walk = new StoreWalk(StoreKind.LOCAL, ageing, usage, order.delay(), watch);
            localStore.walk(walk, order.simulate() || ageing.isEmpty());
            passedOver += walk.counts().failed();
            if (ageing.isPresent()) {
                counts.put(StoreKind.LOCAL, walk.counts());
            }
        }
        if (order.pruneEntangled() && watch.goesOn()) {
            Ageing ageing = new Ageing(Limits.DHT, now);
            StoreWalk walk =
                    new StoreWalk(StoreKind.ENTANGLED, Optional.of(ageing), Optional.empty(), order.delay(), watch);
            entangled.walk(walk, order.simulate());
            passedOver += walk.counts().failed();
            counts.put(StoreKind.ENTANGLED, walk.counts());
        }
        boolean complete = watch.goesOn();
        return new Result(counts, complete ? usage.map(Usage::report) : Optional.empty(), complete, passedOver);
    }
}

package org.confmail.server.dht;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came of many lookups in a simulation.
 *
 * @param lookups how many there were
 * @param found how many found what was stored
 * @param hops how many answers led to it, on average
 * @param asked how many nodes were asked, on average
 * @param times how long each took, shortest first
 */
record Figures(int lookups, int found, double hops, double asked, List<Duration> times) {
    static final String HEAD = "lookups  success   hops  asked   median      90%      99%      max";

    /** Lookups of one block, which is published first, each by any node. */
    static Figures ofOne(SimulatedNet net, String name, int lookups, int flood) {
        net.publish(net.anyone(), name, 1);
        List<SimulatedNet.Search> searches = new ArrayList<>();
        for (int i = 0; i < lookups; i++) {
            net.flood(flood);
            searches.add(net.find(net.anyone(), name));
        }
        return of(searches);
    }

    /** Lookups of many blocks, each published and looked up by any two nodes. */
    static Figures ofOthers(SimulatedNet net, int lookups, int flood) {
        List<SimulatedNet.Search> searches = new ArrayList<>();
        for (int i = 0; i < lookups; i++) {
            String name = "block " + i;
            net.publish(net.anyone(), name, 1);
            net.flood(flood);
            searches.add(net.find(net.anyone(), name));
        }
        return of(searches);
    }

    private static Figures of(List<SimulatedNet.Search> searches) {
        return new Figures(
                searches.size(),
                (int) searches.stream().filter(SimulatedNet.Search::right).count(),
                searches.stream().mapToInt(SimulatedNet.Search::hops).average().orElse(0),
                searches.stream().mapToInt(SimulatedNet.Search::asked).average().orElse(0),
                searches.stream().map(SimulatedNet.Search::time).sorted().toList());
    }

    private long millis(double part) {
        return times.get((int) Math.min(times.size() - 1L, Math.round(part * times.size())))
                .toMillis();
    }

    /** A row under {@link #HEAD}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%7d %7.2f%% %6.1f %6.1f %5d ms %5d ms %5d ms %5d ms",
                lookups,
                100.0 * found / lookups,
                hops,
                asked,
                millis(0.5),
                millis(0.9),
                millis(0.99),
                millis(1));
    }
}

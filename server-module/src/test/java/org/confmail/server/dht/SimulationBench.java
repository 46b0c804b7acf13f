package org.confmail.server.dht;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;
import org.confmail.server.dht.SimulatedNetwork.Weather;
import org.slf4j.LoggerFactory;

/**
 * The large simulation of the DHT: real nodes under a simulated network and clock, with and without losses and hostile nodes.
 * It prints a table. From the project's directory:
 *
 * <pre>{@code
 * mvn -Pbench test-compile -pl shared-module,server-module -Dbench.class=org.confmail.server.dht.SimulationBench \
 *     -Dbench.options="1000 200 5"
 * }</pre>
 *
 * <p>The options are how many nodes there are, how many lookups of each kind, and how many seeds.
 */
public final class SimulationBench {
    private static final double LOSS = 0.05;
    private static final int HOSTILE_PART = 5;
    private static final int FLOOD = 50;
    private static final int GROWTH = 10;
    private static final int GROWN_BITS = 7;

    private final PrintStream out;
    private final int nodes;
    private final int lookups;

    private SimulationBench(PrintStream out, int nodes, int lookups) {
        this.out = out;
        this.nodes = nodes;
        this.lookups = lookups;
    }

    public static void main(String[] arguments) {
        ((Logger) LoggerFactory.getLogger("dht")).setLevel(Level.WARN);
        int nodes = argument(arguments, 0, 1000);
        int lookups = argument(arguments, 1, 200);
        int seeds = argument(arguments, 2, 3);
        System.out.printf("%-60s %s  messages%n", nodes + " nodes", Figures.HEAD);
        SimulationBench bench = new SimulationBench(System.out, nodes, lookups);
        for (long seed = 1; seed <= seeds; seed++) {
            bench.honest(seed, 0);
            bench.honest(seed, LOSS);
            bench.grown(seed);
            for (int bits : new int[] {7, 10, 20}) {
                bench.hostile(seed, bits);
            }
        }
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private void honest(long seed, double loss) {
        SimulatedNet net = new SimulatedNet(seed, Weather.GOOD.losing(loss));
        net.join(nodes);
        String what = String.format(Locale.ROOT, "seed %d, honest, %.0f %% lost", seed, 100 * loss);
        row(what, net, () -> Figures.ofOthers(net, lookups, 0));
    }

    /** What the nodes know of the network's size is from the time when it was a tenth; it grew in some minutes. */
    private void grown(long seed) {
        int before = nodes / GROWTH;
        SimulatedNet net = new SimulatedNet(seed, Weather.GOOD.losing(LOSS));
        net.join(before);
        net.grow(nodes - before);
        String what = String.format(Locale.ROOT, "seed %d, just grown, 5 %% lost", seed);
        row(what, net, () -> Figures.ofOthers(net, lookups, 0));
        SimulatedNet with = new SimulatedNet(seed, Weather.GOOD.losing(LOSS));
        with.join(before);
        with.grow(nodes - nodes / HOSTILE_PART - before);
        hostile(with, what + ", 20 % hostile", GROWN_BITS);
    }

    private void hostile(long seed, int bits) {
        SimulatedNet net = new SimulatedNet(seed, Weather.GOOD.losing(LOSS));
        net.join(nodes - nodes / HOSTILE_PART);
        hostile(net, String.format(Locale.ROOT, "seed %d, 5 %% lost, 20 %% hostile", seed), bits);
    }

    private void hostile(SimulatedNet net, String what, int bits) {
        net.addHostile(nodes / HOSTILE_PART, SimulatedHeld.key("victim"), bits);
        row(what + ", " + bits + " bits: victim", net, () -> Figures.ofOne(net, "victim", lookups, FLOOD));
        row(what + ", " + bits + " bits: others", net, () -> Figures.ofOthers(net, lookups, FLOOD));
    }

    private void row(String what, SimulatedNet net, Supplier<Figures> lookingUp) {
        long before = net.network.sent();
        Figures figures = lookingUp.get();
        out.printf("%-60s %s %9d%n", what, figures, net.network.sent() - before);
    }
}

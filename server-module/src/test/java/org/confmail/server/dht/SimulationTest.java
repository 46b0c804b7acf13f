package org.confmail.server.dht;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.confmail.server.dht.SimulatedNetwork.Weather;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of many nodes in virtual time, small here; {@link org.confmail.server.bench} has a large one. */
class SimulationTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyStoredValueIsFoundAmongHonestNodes(long seed) {
        SimulatedNet net = new SimulatedNet(seed, Weather.GOOD);
        net.join(100);
        Figures figures = Figures.ofOthers(net, 30, 0);
        assertEquals(30, figures.found(), () -> "seed " + seed + ": " + figures);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void hostileNodesHideNothing(long seed) {
        SimulatedNet net = new SimulatedNet(seed, Weather.GOOD.losing(0.05));
        net.join(160);
        net.addHostile(40, SimulatedHeld.key("victim"), 12);
        Figures victim = Figures.ofOne(net, "victim", 20, 20);
        Figures others = Figures.ofOthers(net, 20, 20);
        // The large simulation must reach 99 %; of so few, one may fail.
        assertTrue(victim.found() >= 19, () -> "seed " + seed + ": " + victim);
        assertTrue(others.found() >= 19, () -> "seed " + seed + ": " + others);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 8, 10, 18, 19})
    void crowdThatIsHardToTellFromChanceHidesNothing(long seed) {
        SimulatedNet net = new SimulatedNet(seed, Weather.GOOD.losing(0.05));
        net.join(160);
        net.addHostile(40, SimulatedHeld.key("victim"), 5);
        Figures victim = Figures.ofOne(net, "victim", 20, 20);
        assertTrue(victim.found() >= 19, () -> "seed " + seed + ": " + victim);
    }

    @Test
    void blocksOutliveTheNodesThatHeldThem() {
        SimulatedNet net = new SimulatedNet(1, Weather.GOOD.losing(0.01));
        net.join(60);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            names.add("block " + i);
            net.publish(net.anyone(), names.getLast(), 1);
        }
        // In ten hours three of four nodes are exchanged, each without a word.
        for (int i = 0; i < 45; i++) {
            net.leave(net.anyone());
            net.joinOne();
            net.loop.run(Duration.ofMinutes(13));
        }
        for (String name : names) {
            assertTrue(net.find(net.anyone(), name).right(), name);
        }
        assertTrue(net.counters.blocksReplicated().value() > 0);
    }

    @Test
    void blockIsReplicatedByOneOfItsHoldersAnHour() {
        SimulatedNet net = new SimulatedNet(1, Weather.GOOD);
        net.join(40);
        net.publish(net.anyone(), "block", 1);
        net.loop.run(Duration.ofHours(10));
        long replicated = net.counters.blocksReplicated().value();
        // The checks of its eight holders lie anywhere; the first to come spares the others theirs.
        assertTrue(replicated >= 8 && replicated <= 25, () -> replicated + " times");
    }

    @Test
    void manyLookupsAtOnceDoNotQueue() {
        SimulatedNet net = new SimulatedNet(1, Weather.GOOD);
        net.join(60);
        net.publish(net.anyone(), "block", 1);
        SimulatedNet.Member by = net.anyone();
        List<Boolean> found = new ArrayList<>();
        long start = net.loop.nanos();
        for (int i = 0; i < 200; i++) {
            by.node().find(SimulatedHeld.key("block"), value -> found.add(value.isPresent()));
        }
        net.loop.runUntil(() -> found.size() == 200, Duration.ofSeconds(15));
        assertEquals(200, found.size());
        assertTrue(found.stream().allMatch(right -> right));
        assertTrue(net.loop.nanos() - start < Duration.ofSeconds(2).toNanos());
    }

    @Test
    void silentNetworkIsAnsweredForInTime() {
        SimulatedNet net = new SimulatedNet(1, Weather.GOOD);
        net.join(30);
        SimulatedNet.Member alone = net.members.getFirst();
        List.copyOf(net.members.subList(1, net.members.size())).forEach(net::leave);
        SimulatedNet.Search search = net.find(alone, "block");
        assertTrue(!search.right() && search.time().compareTo(Duration.ofSeconds(10)) < 0, search::toString);
        Publication publication = net.publish(alone, "block", 1);
        assertEquals(new Publication.Published(0, true), publication);
    }

    @Test
    void nodesThatComeAfterTheirKnodeIsBackFindIt() {
        SimulatedNet net = new SimulatedNet(1, Weather.GOOD);
        net.join(2);
        SimulatedNet.Member knode = net.members.getFirst();
        net.network.detach(knode.contact().address());
        net.leave(net.members.getLast());
        SimulatedNet.Member late = net.joinOne();
        net.loop.run(Duration.ofMinutes(30));
        assertEquals(0, late.node().table().size());
        net.network.attach(knode.contact().address(), knode.node()::received);
        net.loop.run(Duration.ofMinutes(6));
        assertEquals(1, late.node().table().size());
    }
}

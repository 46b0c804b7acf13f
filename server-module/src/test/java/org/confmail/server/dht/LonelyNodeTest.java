package org.confmail.server.dht;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.KnownKeys;
import org.confmail.server.dht.SimulatedNetwork.Weather;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.store.HeldStore;
import org.confmail.server.time.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that knows no other. */
class LonelyNodeTest {
    private static final String RECIPIENT = Blocks.hash("recipient");
    private static final Key MAILBOX = Blocks.mailbox(RECIPIENT, "0");

    @TempDir
    Path root;

    @Test
    void whatIsTooOldGoesAndTheRestIsNotNotedAsPublished() throws Exception {
        SimulatedLoop loop = new SimulatedLoop();
        SplittableRandom random = new SplittableRandom(1);
        SimulatedNetwork network = new SimulatedNetwork(loop, random, Weather.GOOD);
        HeldStore store = new HeldStore(root, new FileDisk(), "0123abcd", loop, Ticker.SYSTEM, () -> false);
        HeldBlocks held = new HeldBlocks(store, KnownKeys.NONE, loop);
        Key own = Key.sha1(new byte[] {1});
        Instant kept = loop.instant();
        String hash = Blocks.hash("message");
        held.keep(
                MAILBOX,
                Blocks.bytes(Blocks.announcement(RECIPIENT, "0", hash, kept, List.of(hash))),
                new Held.Origin(own, kept));
        new Node(
                        own,
                        loop,
                        network.from(SimulatedNet.address(1)),
                        (Held) held,
                        Runnable::run,
                        random,
                        loop,
                        DhtCounters.in(new Metrics()))
                .start(Runnable::run, List::of, List.of(), _ -> {});
        loop.run(Duration.ofDays(9));
        assertEquals(kept, store.read(MAILBOX).orElseThrow().lastPublished());
        loop.run(Duration.ofDays(2));
        assertEquals(Optional.empty(), store.read(MAILBOX));
    }
}

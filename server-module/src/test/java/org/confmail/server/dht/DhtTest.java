package org.confmail.server.dht;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes on real sockets. */
class DhtTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String RECIPIENT = Blocks.hash("recipient");

    @TempDir
    Path root;

    private final List<TestDht> nodes = new ArrayList<>();

    private TestDht start(String name, int port, Integer... knodes) throws Exception {
        TestDht node = new TestDht(root.resolve(name), port, List.of(knodes), CLOCK);
        nodes.add(node);
        return node;
    }

    private void stop(TestDht node) {
        nodes.remove(node);
        node.close();
    }

    @AfterEach
    void stopAll() {
        nodes.forEach(TestDht::close);
    }

    private static Key mailbox(String name) {
        return Blocks.mailbox(RECIPIENT, name);
    }

    private static byte[] announcement(String mailbox, String message, Instant date) {
        String hash = Blocks.hash(message);
        return Blocks.bytes(Blocks.announcement(RECIPIENT, mailbox, hash, date, List.of(hash)));
    }

    private static Publication publish(TestDht by, Key key, byte[] block) {
        return by.dht().publish(key, block);
    }

    @Test
    void blockThatOneServerPublishesIsFoundByAnother() throws Exception {
        TestDht first = start("first", 0);
        TestDht second = start("second", 0, first.port());
        TestDht third = start("third", 0, first.port());
        for (TestDht node : nodes) {
            node.awaitContacts(2);
        }
        byte[] block = announcement("0", "hello", CLOCK.instant());
        Publication.Published published =
                assertInstanceOf(Publication.Published.class, publish(second, mailbox("0"), block));
        assertEquals(2, published.nodes());
        for (TestDht node : nodes) {
            assertArrayEquals(block, node.dht().find(mailbox("0")).orElseThrow());
        }
        assertEquals(Optional.empty(), third.dht().find(mailbox("nobody's")));
    }

    @Test
    void nodesFindEachOtherAgainAfterRestartsInAnyOrder() throws Exception {
        TestDht first = start("first", 0);
        int port = first.port();
        TestDht second = start("second", 0, port);
        TestDht third = start("third", 0, port);
        Key id = second.dht().snapshot().orElseThrow().id();
        for (TestDht node : nodes) {
            node.awaitContacts(2);
        }
        byte[] block = announcement("0", "hello", CLOCK.instant());
        publish(third, mailbox("0"), block);
        List.copyOf(nodes).forEach(this::stop);

        // The node that the others name comes last; they ask for it until it is there.
        second = start("second", 0, port);
        third = start("third", 0, port);
        assertEquals(id, second.dht().snapshot().orElseThrow().id());
        first = start("first", port);
        for (TestDht node : nodes) {
            node.awaitContacts(2);
        }
        assertArrayEquals(block, first.dht().find(mailbox("0")).orElseThrow());
        assertArrayEquals(block, second.dht().find(mailbox("0")).orElseThrow());
        // What two of them were given apart from each other, both find as one.
        publish(second, mailbox("0"), announcement("0", "again", CLOCK.instant()));
        String merged = Blocks.text(third.dht().find(mailbox("0")).orElseThrow());
        assertTrue(merged.contains(Blocks.hash("hello")) && merged.contains(Blocks.hash("again")), merged);
    }

    @Test
    void largestBlocksGoInFragments() throws Exception {
        TestDht first = start("first", 0);
        TestDht second = start("second", 0, first.port());
        second.awaitContacts(1);
        byte[] data = new byte[60_000];
        new Random(1).nextBytes(data);
        byte[] block = TestDht.dataBlock(data, CLOCK);
        assertEquals(new Publication.Published(1, true), publish(second, TestDht.key(data), block));
        stop(second);
        TestDht third = start("third", 0, first.port());
        third.awaitContacts(1);
        assertArrayEquals(block, third.dht().find(TestDht.key(data)).orElseThrow());
    }

    @Test
    void nodeWithoutOthersWorksAlone() throws Exception {
        TestDht alone = start("alone", 0);
        byte[] block = announcement("0", "hello", CLOCK.instant());
        assertEquals(new Publication.Published(0, true), publish(alone, mailbox("0"), block));
        assertEquals(new Publication.Unchanged(), publish(alone, mailbox("0"), block));
        assertInstanceOf(Publication.Invalid.class, publish(alone, mailbox("1"), block));
        assertArrayEquals(block, alone.dht().find(mailbox("0")).orElseThrow());
    }
}

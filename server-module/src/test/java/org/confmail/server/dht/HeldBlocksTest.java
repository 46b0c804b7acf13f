package org.confmail.server.dht;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.KnownKeys;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.openpgp.Fixtures;
import org.confmail.server.store.HeldBlock;
import org.confmail.server.store.HeldStore;
import org.confmail.server.time.Ticker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldBlocksTest {
    private static final Path VECTORS = Path.of("src/test/resources/vectors");
    private static final Key PUBLISHER =
            Key.parse("CC4235D4A659FEAA949F1C4BFEDEC4A55F6F83C8").orElseThrow();
    private static final String RECIPIENT = Blocks.hash("recipient");
    private static final Key MAILBOX = Blocks.mailbox(RECIPIENT, "0");

    @TempDir
    Path root;

    private Instant now = Instant.parse("2026-11-22T14:30:00Z");
    private HeldStore store;
    private HeldBlocks held;

    @BeforeEach
    void open() {
        store = new HeldStore(root, new FileDisk(), "0123abcd", () -> now, Ticker.SYSTEM, () -> false);
        held = new HeldBlocks(store, KnownKeys.NONE, () -> now);
    }

    private Path file(Key key) {
        String name = key.toString();
        return root.resolve(name.substring(0, 2)).resolve(name.substring(2, 4)).resolve(name);
    }

    private byte[] announcement(String message, Instant date) {
        String hash = Blocks.hash(message);
        return Blocks.bytes(Blocks.announcement(RECIPIENT, "0", hash, date, List.of(hash)));
    }

    private Held.Kept keep(byte[] value) throws IOException {
        return held.keep(MAILBOX, value, new Held.Origin(PUBLISHER, now));
    }

    private List<Held.Step> walk() throws IOException {
        List<Held.Step> steps = new ArrayList<>();
        try (Held.Walk walk = held.walk()) {
            for (Held.Step step = walk.next(); !(step instanceof Held.Step.End); step = walk.next()) {
                if (!(step instanceof Held.Step.More)) {
                    steps.add(step);
                }
            }
        }
        return steps;
    }

    @Test
    void fileIsTheOneThatTheExistingServerWrites() throws IOException {
        byte[] file = Files.readAllBytes(VECTORS.resolve("entangled-store/1457E2D7AB106F98561383D79C1A84E5EBCB3695"));
        Key key = Key.parse("1457E2D7AB106F98561383D79C1A84E5EBCB3695").orElseThrow();
        HeldBlock block = HeldBlock.read(file).orElseThrow();
        now = Instant.ofEpochSecond(1795357734);
        // Its work is that of a test network: only the form counts here.
        store.change(key, _ -> new HeldStore.Next.Write(block));
        assertArrayEquals(file, Files.readAllBytes(file(key)));
        assertEquals(PUBLISHER, block.publisher());
        assertArrayEquals(block.block(), held.find(key).orElseThrow());
    }

    @Test
    void numberOfBytesMayBeStaleOrMissing() {
        String header = "Source: entangled\nLastPublished: 1\nOriginallyPublished: 1\nOriginalPublisherID: " + PUBLISHER
                + "\nDataType: string\n";
        for (String data : List.of("Data: 5\n", "")) {
            assertEquals(
                    "Type: x\n",
                    Blocks.text(HeldBlock.read(Blocks.bytes(header + data + "Type: x\n"))
                            .orElseThrow()
                            .block()));
        }
        for (String damaged : List.of("", "Source: entangled\n", header.replace("string", "int"), "\n" + header)) {
            assertEquals(Optional.empty(), HeldBlock.read(Blocks.bytes(damaged + "Type: x\n")), damaged);
        }
    }

    @Test
    void blocksAreMergedAndInvalidOnesRefused() throws IOException {
        assertEquals(new Held.Kept.Stored(), keep(announcement("one", now)));
        assertEquals(new Held.Kept.Unchanged(), keep(announcement("one", now)));
        assertEquals(new Held.Kept.Stored(), keep(announcement("two", now)));
        String both = Blocks.text(held.find(MAILBOX).orElseThrow());
        assertTrue(both.contains(Blocks.hash("one")) && both.contains(Blocks.hash("two")), both);
        assertInstanceOf(Held.Kept.Refused.class, keep(announcement("old", now.minus(Duration.ofDays(11)))));
        assertInstanceOf(Held.Kept.Refused.class, keep(Blocks.bytes("Type: data\nData: 3\nabcd")));
        assertInstanceOf(Held.Kept.Refused.class, keep(new byte[0]));
        Key other = Blocks.mailbox(RECIPIENT, "1");
        assertInstanceOf(
                Held.Kept.Refused.class, held.keep(other, announcement("one", now), new Held.Origin(PUBLISHER, now)));
        assertFalse(Files.exists(file(other).getParent()), "nothing invalid makes a directory");
    }

    @Test
    void walkGivesWhatNobodyHasPublishedForAnHourUntilItsOwnAge() throws IOException {
        keep(announcement("one", now));
        assertEquals(List.of(), walk());
        now = now.plus(Duration.ofMinutes(61));
        Held.Step.Due due = assertInstanceOf(Held.Step.Due.class, walk().getFirst());
        assertEquals(MAILBOX, due.key());
        assertEquals(now.minus(Duration.ofMinutes(61)), due.origin().published());
        held.published(MAILBOX);
        assertEquals(List.of(), walk());
        now = now.plus(Duration.ofMinutes(40));
        keep(due.value()); // somebody else has done it
        now = now.plus(Duration.ofMinutes(40));
        assertEquals(List.of(), walk());
        now = now.plus(Duration.ofDays(9));
        assertInstanceOf(Held.Step.Due.class, walk().getFirst());
        now = now.plus(Duration.ofDays(1));
        assertEquals(List.of(new Held.Step.Expired(MAILBOX)), walk());
        assertEquals(Optional.empty(), held.find(MAILBOX));
    }

    @Test
    void keysOfClaimsAreFoundAmongHeldBlocks() throws IOException {
        now = Fixtures.NOW;
        byte[] claim = Fixtures.bytes("key-not-yet-revoked.address-claim");
        Key address = Key.sha1(Blocks.bytes("n@example.test"));
        assertInstanceOf(Held.Offer.Changed.class, held.offer(address, claim), "nobody knows the key");
        String owner = Blocks.text(claim).replaceFirst("(?s).*\nKeyid: (\\w+)\n.*", "$1");
        HeldBlock revoked = new HeldBlock(now, now, PUBLISHER, Fixtures.bytes("key-revoked.key-announcement"));
        store.change(Key.parse(owner).orElseThrow(), _ -> new HeldStore.Next.Write(revoked));
        assertEquals(new Held.Offer.Invalid("signature is not good: key is revoked"), held.offer(address, claim));
    }

    @Test
    void whatWasHeldBeforeIsCounted() throws IOException {
        keep(announcement("one", now));
        long bytes = Files.size(file(MAILBOX));
        assertEquals(bytes, held.bytes());
        store.counted(0);
        held.count();
        assertEquals(bytes, held.bytes());
        store.counted(0);
        walk();
        assertEquals(bytes, held.bytes());
    }

    @Test
    void nodeStateOfTheExistingServerIsNoBlock() throws IOException {
        Path state = root.resolve("6E/6F/6E6F64655374617465");
        Files.createDirectories(state.getParent());
        Files.writeString(state, "(dp0\n");
        Files.writeString(root.resolve("notes"), "of the operator");
        Files.writeString(state.resolveSibling(MAILBOX.toString()), "a block in another's leaf");
        now = now.plus(Duration.ofDays(100));
        assertEquals(List.of(), walk());
        assertTrue(Files.exists(state));
    }
}

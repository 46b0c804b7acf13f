package org.confmail.server.block;

import static org.confmail.server.block.Blocks.bytes;
import static org.confmail.server.block.Blocks.dataHeader;
import static org.confmail.server.block.Blocks.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataBlockTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
    private static final Limits SERVER = Limits.server(Map.of());
    private static final byte[] DATA = data();
    private static final Key KEY = Key.sha1(DATA);
    private static final String LINES = dataHeader(DATA, NOW);

    private static byte[] data() {
        byte[] data = new byte[100_000];
        new Random(1).nextBytes(data);
        return data;
    }

    private static DataHeader header(String lines, Instant now) {
        DataJudgment judgment = DataHeader.parse(bytes(lines), DATA.length, SERVER, now);
        return assertInstanceOf(DataJudgment.Valid.class, judgment, judgment::toString)
                .header();
    }

    private static String refusal(String lines, long length, Limits limits) {
        return assertInstanceOf(DataJudgment.Invalid.class, DataHeader.parse(bytes(lines), length, limits, NOW))
                .reason();
    }

    @Test
    void goodBlockPassesInPieces() {
        DataCheck check = header(LINES, NOW).check();
        int at = 0;
        Random random = new Random(2);
        while (at < DATA.length) {
            int piece = Math.min(DATA.length - at, random.nextInt(5_000));
            check.update(DATA, at, piece);
            at += piece;
        }
        assertEquals(Optional.empty(), check.finish(KEY));
    }

    @Test
    void streamsMayBeFedOneByOne() {
        DataCheck check = header(LINES, NOW).check();
        assertEquals(3, check.streams().size());
        for (DataCheck.Stream stream : check.streams()) {
            stream.update(DATA, 0, 10);
            stream.update(DATA, 10, DATA.length - 10);
        }
        assertEquals(Optional.empty(), check.finish(KEY));
    }

    @Test
    void checksOfOneHeaderAreIndependent() {
        DataHeader header = header(LINES, NOW);
        header.check().update(DATA, 0, 10);
        DataCheck check = header.check();
        check.update(DATA, 0, DATA.length);
        assertEquals(Optional.empty(), check.finish(KEY));
    }

    @Test
    void missingAndAdditionalBytesAreRefused() {
        DataCheck few = header(LINES, NOW).check();
        few.update(DATA, 0, DATA.length - 1);
        assertEquals(Optional.of("99999 of 100000 bytes of data"), few.finish(KEY));
        DataCheck many = header(LINES, NOW).check();
        many.update(DATA, 0, DATA.length);
        many.update(DATA, 0, 1);
        assertEquals(Optional.of("100001 of 100000 bytes of data"), many.finish(KEY));
    }

    @Test
    void otherBytesAreRefused() {
        byte[] other = DATA.clone();
        other[50_000]++;
        DataCheck check = header(LINES, NOW).check();
        check.update(other, 0, other.length);
        assertEquals(Optional.of("data does not hash to its key"), check.finish(KEY));
        DataCheck own = header(LINES, NOW).check();
        own.update(other, 0, other.length);
        assertTrue(own.finish(Key.sha1(other)).orElseThrow().startsWith("proof of work shows"));
    }

    @Test
    void proofOfAnotherDateIsRefused() {
        DataCheck check = header(LINES.replace("14:00:00Z", "13:00:00Z"), NOW).check();
        check.update(DATA, 0, DATA.length);
        assertTrue(check.finish(KEY).orElseThrow().startsWith("proof of work shows"));
    }

    @Test
    void storedHeadIsLinesAndDataLine() {
        DataHeader header = header(LINES + "X-Other: y\n\n", NOW);
        assertEquals(LINES + "X-Other: y\n\nData: 100000\n", text(header.stored()));
        assertEquals(100_000, header.length());
        byte[] file = bytes(text(header.stored()) + text(DATA));
        StoredHead.Data head = assertInstanceOf(StoredHead.Data.class, StoredHead.read(file, file.length));
        assertEquals(header.stored().length, head.dataOffset());
        assertEquals(LINES.length() + 12, head.headerBytes());
    }

    @Test
    void sizeIsBounded() {
        assertEquals("no data", refusal(LINES, 0, SERVER));
        assertEquals("no data", refusal(LINES, -1, SERVER));
        assertEquals("8388609 bytes of data, allowed are 8388608", refusal(LINES, 8_388_609, SERVER));
        assertEquals("65537 bytes of data, allowed are 65536", refusal(LINES, 65_537, Limits.DHT));
        assertInstanceOf(DataJudgment.Valid.class, DataHeader.parse(bytes(LINES), 8_388_608, SERVER, NOW));
        assertInstanceOf(DataJudgment.Valid.class, DataHeader.parse(bytes(LINES), 65_536, Limits.DHT, NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Type", "Date", "ProofOfWork"})
    void everyDecisiveHeaderIsNeededOnce(String name) {
        String line = LINES.lines()
                .filter(candidate -> candidate.startsWith(name + ": "))
                .findFirst()
                .orElseThrow();
        assertEquals("no " + name, refusal(LINES.replace(line + "\n", ""), 10, SERVER));
        assertEquals("more than one " + name, refusal(LINES + line + "\n", 10, SERVER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Data: 10\n",
                "EndBlock\n",
                "Embargo: None\n",
                "X: \r\n",
                "no line end",
            })
    void linesThatNoStoredBlockMayHaveAreRefused(String line) {
        refusal(LINES + line, 10, SERVER);
    }

    @Test
    void otherTypesHaveNoData() {
        assertEquals(
                "bad Type: 'acknowledgment'", refusal(LINES.replace("Type: data", "Type: acknowledgment"), 10, SERVER));
    }

    @Test
    void headerIsBounded() {
        String line = "X: " + "x".repeat(16_000) + "\n";
        header(LINES + line.repeat(4), NOW);
        assertTrue(refusal(LINES + line.repeat(5), 10, SERVER).startsWith("header of 8"));
    }

    @Test
    void agesAndFutureAreBounded() {
        header(LINES, NOW.plus(Duration.ofDays(10)));
        header(LINES, NOW.minus(Duration.ofDays(1)));
        assertInstanceOf(
                DataJudgment.Invalid.class,
                DataHeader.parse(
                        bytes(LINES), 10, SERVER, NOW.plus(Duration.ofDays(10)).plusSeconds(1)));
        assertInstanceOf(
                DataJudgment.Invalid.class,
                DataHeader.parse(
                        bytes(LINES), 10, SERVER, NOW.minus(Duration.ofDays(1)).minusSeconds(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T13:59:59Z,Replace",
        "2026-11-22T14:00:00Z,Unchanged",
        "2026-11-22T14:00:01Z,Unchanged",
        "2026-11-23T14:00:00Z,Unchanged",
        "2026-11-23T14:00:01Z,Replace"
    })
    void replacesByDate(Instant held, String outcome) {
        StoredHead data = new StoredHead.Data(Optional.of(held), 1, 2, 3);
        StoredHead acknowledgment = new StoredHead.Text(BlockType.ACKNOWLEDGMENT, Optional.of(held));
        assertEquals(outcome, name(header(LINES, NOW).replaces(data, NOW)));
        assertEquals(outcome, name(header(LINES, NOW).replaces(acknowledgment, NOW)));
    }

    @Test
    void replacesNothingAndWhatIsUnreadable() {
        DataHeader header = header(LINES, NOW);
        assertEquals("Replace", name(header.replaces(null, NOW)));
        assertEquals("Replace", name(header.replaces(new StoredHead.Unreadable("torn"), NOW)));
        assertEquals("Replace", name(header.replaces(new StoredHead.Data(Optional.empty(), 1, 2, 3), NOW)));
    }

    @Test
    void neverReplacesAMailboxAClaimAKeyOrACertificateRecord() {
        DataHeader header = header(LINES, NOW);
        Optional<Instant> old = Optional.of(NOW.minusSeconds(1000));
        assertEquals("Refused", name(header.replaces(new StoredHead.Text(BlockType.MESSAGE_ANNOUNCEMENT, old), NOW)));
        assertEquals("Refused", name(header.replaces(new StoredHead.Text(BlockType.ADDRESS_CLAIM, old), NOW)));
        assertEquals("Refused", name(header.replaces(new StoredHead.Text(BlockType.KEY_ANNOUNCEMENT, old), NOW)));
        assertEquals("Refused", name(header.replaces(new StoredHead.Foreign(), NOW)));
    }

    private static String name(Replacement replacement) {
        return replacement.getClass().getSimpleName();
    }
}

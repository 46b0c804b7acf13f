package org.confmail.server.block;

import static org.confmail.server.block.Blocks.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredHeadTest {
    private static final Optional<Instant> DATE = Optional.of(Instant.parse("2026-11-22T14:00:00Z"));
    private static final String DATE_LINE = "Date: 2026-11-22T14:00:00Z\n";

    private static StoredHead read(String file) {
        return StoredHead.read(bytes(file), file.length());
    }

    @Test
    void everyRealBlockIsOfItsType() {
        for (Vectors.Verdict verdict : Vectors.verdicts()) {
            byte[] file = verdict.content();
            StoredHead head = StoredHead.read(file, file.length);
            if (verdict.type() == BlockType.DATA) {
                StoredHead.Data data = assertInstanceOf(StoredHead.Data.class, head);
                assertEquals(file.length, data.dataOffset() + data.length());
            } else {
                StoredHead.Text text = assertInstanceOf(StoredHead.Text.class, head);
                assertEquals(verdict.type(), text.type());
                assertEquals(true, text.date().isPresent());
            }
        }
    }

    @Test
    void beginningOfALargeFileIsEnough() {
        String head = "Type: data\n" + DATE_LINE + "Data: 8388608\n";
        byte[] first = Arrays.copyOf(bytes(head), StoredHead.BYTES_MAX);
        assertEquals(
                new StoredHead.Data(DATE, head.indexOf("Data:"), head.length(), 8_388_608),
                StoredHead.read(first, head.length() + 8_388_608L));
        assertInstanceOf(StoredHead.Unreadable.class, StoredHead.read(first, head.length() + 8_388_607L));
        assertInstanceOf(StoredHead.Unreadable.class, StoredHead.read(first, head.length() + 8_388_609L));
    }

    @Test
    void lineThatIsCutByTheEndOfTheBeginningIsNotTakenForWhole() {
        byte[] first = bytes("Type: acknowledgment\nDate: 2026-11-22T14:00:00Z");
        assertEquals(
                new StoredHead.Text(BlockType.ACKNOWLEDGMENT, Optional.empty()), StoredHead.read(first, 1_000_000));
        assertEquals(new StoredHead.Text(BlockType.ACKNOWLEDGMENT, DATE), StoredHead.read(first, first.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\0",
                "garbage",
                "Type: \n",
                "Type: Data\n",
                "Type: data\n" + DATE_LINE,
                "Type: data\n" + DATE_LINE + "Data: 3",
                "Type: data\n" + DATE_LINE + "Data: 3\n",
                "Type: data\n" + DATE_LINE + "Data: 3\nab",
                "Type: data\n" + DATE_LINE + "Data: 3\nabcd",
                "Type: data\n" + DATE_LINE + "Data: 0\n",
                "Type: data\n" + DATE_LINE + "Data: 03\nabc",
                "Type: data\n" + DATE_LINE + "Data: +3\nabc",
                "Type: data\n" + DATE_LINE + "Data: \nabc",
                "Type: data\n" + DATE_LINE + "Data: 9999999999999999999\nabc",
                "Type: data\n" + DATE_LINE + "Data: 18446744073709551619\nabc",
                "Data: 3\nabc",
                DATE_LINE + "Data: 3\nabc",
                "Type: acknowledgment\nData: 3\nabc",
                "X: y\nServer: H port P\n"
            })
    void isNoBlock(String file) {
        assertInstanceOf(StoredHead.Unreadable.class, read(file));
    }

    @Test
    void certificateRecordIsForeign() {
        assertEquals(
                new StoredHead.Foreign(),
                read("Server: H port P\nDigest: AA:BB\nType: sha256WithRSAEncryption 2048 bits\n"));
        assertEquals(new StoredHead.Foreign(), read("Server: H port P\nDig"));
    }

    @Test
    void knownTypeMakesABlockOfWhatBeginsWithServer() {
        assertEquals(
                new StoredHead.Text(BlockType.MESSAGE_ANNOUNCEMENT, DATE),
                read("Server: H port P\nType: message-announcement\n" + DATE_LINE));
    }

    @Test
    void firstDateCountsAndMayBeMissing() {
        assertEquals(
                new StoredHead.Text(BlockType.MESSAGE_ANNOUNCEMENT, Optional.empty()),
                read("Type: message-announcement\nDate: soon\n" + DATE_LINE));
        assertEquals(new StoredHead.Text(BlockType.ADDRESS_CLAIM, Optional.empty()), read("TYPE: address-claim\nX: y"));
        assertEquals(new StoredHead.Text(BlockType.ACKNOWLEDGMENT, DATE), read(DATE_LINE + "Type: acknowledgement\n"));
    }
}

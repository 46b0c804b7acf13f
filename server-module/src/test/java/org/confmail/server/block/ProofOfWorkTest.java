package org.confmail.server.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.confmail.server.block.ProofOfWork.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProofOfWorkTest {
    private static final byte[] SAMPLE = "This is a sample string".getBytes(StandardCharsets.US_ASCII);

    @Test
    void knownAnswerHas51Bits() {
        ProofOfWork proof = ProofOfWork.parse("bd,00022ab21,0003b3307").orElseThrow();
        assertEquals(new Work(51, 2), proof.work(SAMPLE));
        List<String> digests = proof.hashes().stream()
                .map(hash -> HexFormat.of().formatHex(hash.digest(SAMPLE)))
                .toList();
        assertTrue(digests.get(0).startsWith("e98f1825d48f299173a8"), digests::toString);
        assertTrue(digests.get(1).startsWith("e98f1825d48f3eabeec8"), digests::toString);
    }

    @Test
    void nonceThatFitsLessWellLowersTheBits() {
        Work work = ProofOfWork.parse("bd,00022ab21,0003b3307,000000000")
                .orElseThrow()
                .work(SAMPLE);
        assertEquals(3, work.matches());
        assertTrue(work.bits() < 20, work::toString);
    }

    @Test
    void repeatedNoncesCountOnceAndKeepTheirOrder() {
        ProofOfWork proof =
                ProofOfWork.parse("bd,00022ab21,00022ab21,0003b3307,00022ab21").orElseThrow();
        assertEquals(List.of("00022ab21", "0003b3307"), proof.nonces());
        assertEquals(new Work(51, 2), proof.work(SAMPLE));
    }

    @Test
    void oneNonceShowsNothingHoweverOftenItIsListed() {
        assertEquals(new Work(0, 1), ProofOfWork.parse("bd,1,1,1").orElseThrow().work(SAMPLE));
    }

    @Test
    void identicalDigestsShareAllBits() {
        byte[] digest = new byte[32];
        assertEquals(new Work(256, 2), ProofOfWork.work(List.of(digest, digest.clone())));
    }

    @ParameterizedTest
    @CsvSource({"00,00,256", "00,01,7", "00,80,0", "ff,7f,0", "40,41,7", "40,60,2"})
    void countsSharedBitsOfTheFirstByte(String one, String other, int bits) {
        byte[] first = HexFormat.of().parseHex(one + "00".repeat(31));
        byte[] second = HexFormat.of().parseHex(other + "00".repeat(31));
        assertEquals(new Work(bits, 2), ProofOfWork.work(List.of(first, second)));
    }

    @Test
    void countsUpToTheLastBit() {
        byte[] first = new byte[32];
        byte[] second = new byte[32];
        second[31] = 1;
        assertEquals(new Work(255, 2), ProofOfWork.work(List.of(first, second)));
    }

    @Test
    void streamedHashesShowTheSameWork() {
        ProofOfWork proof = ProofOfWork.parse("bd,00022ab21,0003b3307").orElseThrow();
        List<byte[]> digests = proof.hashes().stream()
                .peek(hash -> hash.update(SAMPLE, 0, 5))
                .peek(hash -> hash.update(SAMPLE, 5, SAMPLE.length - 5))
                .map(MessageDigest::digest)
                .toList();
        assertEquals(new Work(51, 2), ProofOfWork.work(digests));
    }

    @ParameterizedTest
    @CsvSource({"8,2,true", "9,2,true", "8,3,true", "7,2,false", "8,1,false", "256,1,false", "0,16,false"})
    void meetsInBothBitsAndMatches(int bits, int matches, boolean meets) {
        assertEquals(meets, new Work(bits, matches).meets(new Work(8, 2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bd,0",
                "bd,0,1",
                "bd,000000133,0000006eb",
                "bd,ABCDEF,abcdef",
                "bd,0123456789abcdef0123456789abcdef,1",
                "bd,0,1,2,3,4,5,6,7,8,9,a,b,c,d,e,f"
            })
    void isAProof(String text) {
        ProofOfWork proof = ProofOfWork.parse(text).orElseThrow();
        assertEquals(text, "bd," + String.join(",", proof.nonces()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bd",
                "bd,",
                "bd,,",
                "bd,0,",
                "bd,,0",
                "bd,0,,1",
                "BD,0,1",
                "b,0,1",
                "bd0,1",
                "bdx,0,1",
                "xbd,0,1",
                " bd,0,1",
                "bd, 0,1",
                "bd,0 ,1",
                "bd,0,1 ",
                "bd,g,h",
                "bd,-1,1",
                "bd,0x1,1",
                "bd,é,1",
                "bd,0\0,1",
                "bd;0;1",
                "bd,0123456789abcdef0123456789abcdef0,1",
                "bd,0,1,2,3,4,5,6,7,8,9,a,b,c,d,e,f,10",
                "bd,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1"
            })
    void isNoProof(String text) {
        assertEquals(Optional.empty(), ProofOfWork.parse(text));
    }

    @Test
    void thousandsOfNoncesAreRefusedUnhashed() {
        String thousands =
                IntStream.range(0, 100_000).mapToObj(Integer::toHexString).collect(Collectors.joining(","));
        assertFalse(ProofOfWork.parse("bd," + thousands).isPresent());
    }
}

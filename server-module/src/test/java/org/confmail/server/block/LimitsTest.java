package org.confmail.server.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.confmail.server.block.ProofOfWork.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LimitsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
    private static final Limits SERVER = Limits.server(Map.of());

    @ParameterizedTest
    @CsvSource({
        "KEY_ANNOUNCEMENT,2678400,24,24",
        "ADDRESS_CLAIM,864000,24,24",
        "DATA,864000,8,20",
        "MESSAGE_ANNOUNCEMENT,864000,8,8",
        "ACKNOWLEDGMENT,864000,16,20"
    })
    void areThoseOfTheProtocol(BlockType type, long age, int serverBits, int dhtBits) {
        assertEquals(Duration.ofSeconds(age), SERVER.age(type));
        assertEquals(Duration.ofSeconds(age), Limits.DHT.age(type));
        assertEquals(new Work(serverBits, 2), SERVER.proof(type));
        assertEquals(new Work(dhtBits, 2), Limits.DHT.proof(type));
    }

    @Test
    void dataIsSmallerInTheDht() {
        assertEquals(8_388_608, SERVER.dataBytesMax());
        assertEquals(65_536, Limits.DHT.dataBytesMax());
    }

    @ParameterizedTest
    @EnumSource
    void onlyKeysExpireAtTheLimitItself(BlockType type) {
        Instant limit = NOW.minus(SERVER.age(type));
        assertEquals(type == BlockType.KEY_ANNOUNCEMENT, SERVER.isExpired(type, limit, NOW));
        assertFalse(SERVER.isExpired(type, limit.plusSeconds(1), NOW));
        assertTrue(SERVER.isExpired(type, limit.minusSeconds(1), NOW));
    }

    @Test
    void datesMayBeADayAhead() {
        assertFalse(SERVER.isFuture(NOW.plus(Duration.ofHours(24)), NOW));
        assertTrue(SERVER.isFuture(NOW.plus(Duration.ofHours(24)).plusSeconds(1), NOW));
    }

    @Test
    void overridesChangeTheirTypeAlone() {
        Limits limits = Limits.server(Map.of(BlockType.DATA, Duration.ofSeconds(5)));
        assertEquals(Duration.ofSeconds(5), limits.age(BlockType.DATA));
        assertEquals(SERVER.age(BlockType.ACKNOWLEDGMENT), limits.age(BlockType.ACKNOWLEDGMENT));
    }

    @Test
    void everyTypeHasALimit() {
        assertThrows(IllegalArgumentException.class, () -> new Limits(Map.of(), Map.of(), 1));
    }
}

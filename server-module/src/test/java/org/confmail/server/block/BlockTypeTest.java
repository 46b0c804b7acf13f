package org.confmail.server.block;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTypeTest {

    @ParameterizedTest
    @EnumSource
    void isNamedByItsWireName(BlockType type) {
        assertEquals(Optional.of(type), BlockType.named(type.wireName()));
    }

    @Test
    void acknowledgmentHasTwoSpellings() {
        assertEquals(Optional.of(BlockType.ACKNOWLEDGMENT), BlockType.named("acknowledgement"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Data", "DATA", "data ", " data", "message", "key_announcement", "ACKNOWLEDGMENT"})
    void otherValuesNameNoType(String value) {
        assertEquals(Optional.empty(), BlockType.named(value));
    }

    @Test
    void keysAndClaimsArePublic() {
        assertEquals(
                Set.of(BlockType.KEY_ANNOUNCEMENT, BlockType.ADDRESS_CLAIM),
                Stream.of(BlockType.values()).filter(BlockType::isPublic).collect(Collectors.toSet()));
    }
}

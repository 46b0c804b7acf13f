package org.confmail.server.block;

import static org.confmail.server.block.Blocks.bytes;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinePredicatesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StoreType: server",
                "storetype: ",
                "STOREKEYID: 1",
                "LoginUser: none",
                "Embargo: None",
                "Replogin-User: x",
                "replogin-auth: y"
            })
    void isForbidden(String line) {
        assertTrue(ForbiddenHeader.matches(bytes(line)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "StoreType:",
                "StoreType:server",
                "StoreType : x",
                " StoreType: x",
                "X-StoreType: x",
                "StoreTypes: x",
                "Replogin: x",
                "Post-To: entangled",
                "Type: data"
            })
    void isNotForbidden(String line) {
        assertFalse(ForbiddenHeader.matches(bytes(line)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PADDING: ", "PADDING: xxx", "Padding: x", "padding: x"})
    void isPadding(String line) {
        assertTrue(PaddingLine.matches(bytes(line)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PADDING", "PADDING:", "PADDING:x", " PADDING: x", "PADDINGS: x"})
    void isNoPadding(String line) {
        assertFalse(PaddingLine.matches(bytes(line)));
    }
}

package org.confmail.shared.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigDocumentTest {
    private static String text(ConfigDocument document) {
        return new String(document.bytes(), StandardCharsets.UTF_8);
    }

    private static String value(String text, String name) {
        return ConfigDocument.parse(text).entries(name).getLast().value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\r\n",
                "\r",
                "sport: 8081",
                "sport: 8081\r",
                "sport: 8081\n\n\n",
                "# a\r\n; b\n\tc\r\nsport:8081 \t\r\r\n",
                "no colon\n: no name\nname with blanks: x\n",
                "\uFEFFsport: 8081\n",
                "alt_localstore: /srv/Bücher\n\0\n",
            })
    void everythingComesOutAsItCameIn(String text) {
        assertEquals(text, text(ConfigDocument.parse(text)));
    }

    @Test
    void bytesThatAreNoUtf8StayAsTheyAre() {
        byte[] bytes = "#\u00e9\u00ff\u0080\nalt_localstore: /\u00e9\nsport: 1\n".getBytes(StandardCharsets.ISO_8859_1);
        ConfigDocument document = ConfigDocument.parse(bytes);
        assertArrayEquals(bytes, document.bytes());
        assertEquals("/\uFFFD", document.entries("alt_localstore").getLast().value());
        assertArrayEquals(
                "#\u00e9\u00ff\u0080\nalt_localstore: /\u00e9\nsport: 2\n".getBytes(StandardCharsets.ISO_8859_1),
                document.set("sport", "2").bytes());
    }

    @Test
    void blanksAfterTheColonAndAtTheEndDoNotCount() {
        assertEquals("8081", value("sport:8081", "sport"));
        assertEquals("8081", value("sport: \t 8081 \t\r\n", "sport"));
        assertEquals("a  b:c", value("alt_localstore:\ta  b:c", "alt_localstore"));
        assertEquals("", value("replpeer: \t\n", "replpeer"));
        assertEquals("8081", value("\uFEFFsport: 8081\n", "sport"));
        assertEquals("/srv/Bücher", value("alt_localstore: /srv/Bücher", "alt_localstore"));
    }

    @Test
    void entriesKnowTheirLines() {
        ConfigDocument document =
                ConfigDocument.parse("# c\n\nsport: 1\r\nSport: 2\n;sport: 3\nknode: a:1\nknode: b:2");
        assertEquals(
                List.of(
                        new ConfigEntry(3, "sport", "1"),
                        new ConfigEntry(4, "Sport", "2"),
                        new ConfigEntry(6, "knode", "a:1"),
                        new ConfigEntry(7, "knode", "b:2")),
                document.entries());
        assertEquals(List.of(new ConfigEntry(3, "sport", "1")), document.entries("sport"));
    }

    @Test
    void aLineThatIsNothingElseIsStray() {
        ConfigDocument document =
                ConfigDocument.parse("sport: 1\n sport: 2\nsport : 3\nsport=4\n # x\n \t\n:5\n[part]\n\ntïmeout: 1\n");
        assertEquals(List.of(2, 3, 4, 5, 7, 8, 10), document.strayLines());
        assertEquals(1, document.entries().size());
    }

    @Test
    void settingReplacesTheLineThatCounts() {
        assertEquals(
                "sport: 1\n#x\nsport:\t9\r\n",
                text(ConfigDocument.parse("sport: 1\n#x\nsport:\t2 \r\n").set("sport", "9")));
        assertEquals("sport:9", text(ConfigDocument.parse("sport:2").set("sport", "9")));
        assertEquals("replpeer: a:1\n", text(ConfigDocument.parse("replpeer:\n").set("replpeer", "a:1")));
        assertEquals("sport: 2 \n", text(ConfigDocument.parse("sport: 2 \n").set("sport", "2")));
    }

    @Test
    void settingWhatIsNotThereAddsALineBelowItsCommentOrAtTheEnd() {
        assertEquals("sport: 9\n", text(ConfigDocument.empty().set("sport", "9")));
        assertEquals(
                "a: 1\r\nsport: 9\r\n", text(ConfigDocument.parse("a: 1\r\n").set("sport", "9")));
        assertEquals("a: 1\nsport: 9\n", text(ConfigDocument.parse("a: 1").set("sport", "9")));
        assertEquals(
                "#sport: 1\nsport: 9\nb: 1\n",
                text(ConfigDocument.parse("#sport: 1\nb: 1\n").set("sport", "9")));
        assertEquals(
                "; \tsport: 1\nsport: 9\n",
                text(ConfigDocument.parse("; \tsport: 1").set("sport", "9")));
        assertEquals(
                "# sports: 1\nb: 1\nsport: 9\n",
                text(ConfigDocument.parse("# sports: 1\nb: 1\n").set("sport", "9")));
    }

    @Test
    void aRepeatedOptionGainsAndLosesSingleLines() {
        ConfigDocument document = ConfigDocument.parse("knode: a:1\nknode: b:2\nsport: 1\n");
        assertEquals("knode: a:1\nknode: b:2\nknode: c:3\nsport: 1\n", text(document.add("knode", "c:3")));
        assertEquals("knode: b:2\nsport: 1\n", text(document.remove("knode", "a:1")));
        assertEquals(document, document.remove("knode", "z:1"));
    }

    @Test
    void removingLeavesNoEarlierLineToCount() {
        ConfigDocument document = ConfigDocument.parse("sport: 1\n# keep\nsport: 2\nsports: 3");
        assertEquals("# keep\nsports: 3", text(document.remove("sport")));
        assertEquals("#sport: 1\n# keep\n#sport: 2\nsports: 3", text(document.commentOut("sport")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " 1", "1 ", "1\n", "1\nrepl_cert: x", "1\r2", "a\0b", "\t"})
    void aValueThatWouldNotComeBackAsItIsIsRefused(String value) {
        ConfigDocument document = ConfigDocument.parse("sport: 1\n");
        assertThrows(IllegalArgumentException.class, () -> document.set("sport", value));
        assertThrows(IllegalArgumentException.class, () -> document.add("knode", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#sport", "a b", "a:", "a\nb", "ä"})
    void aNameThatIsNoneIsRefused(String name) {
        ConfigDocument document = ConfigDocument.parse("sport: 1\n");
        assertThrows(IllegalArgumentException.class, () -> document.set(name, "1"));
        assertThrows(IllegalArgumentException.class, () -> document.add(name, "1"));
        assertThrows(IllegalArgumentException.class, () -> document.remove(name));
        assertThrows(IllegalArgumentException.class, () -> document.commentOut(name));
    }

    @Test
    void sizeIsBounded() {
        String full = "#" + "x".repeat(ConfigDocument.BYTES_MAX - 1);
        ConfigDocument document = ConfigDocument.parse(full);
        assertThrows(IllegalArgumentException.class, () -> ConfigDocument.parse(full + "x"));
        assertThrows(IllegalArgumentException.class, () -> document.set("sport", "1"));
    }

    @Test
    void entryOfOneLineIsChangedOrRemovedAndNothingElse() {
        ConfigDocument document = ConfigDocument.parse("# two\r\nknode:  a:1\r\nknode: b:2\r\nstray\r\n");
        assertEquals("# two\r\nknode:  c:3\r\nknode: b:2\r\nstray\r\n", text(document.setLine(2, "c:3")));
        assertEquals("# two\r\nknode: b:2\r\nstray\r\n", text(document.removeLine(2)));
        for (int line : new int[] {0, 1, 4, 5}) {
            assertThrows(IllegalArgumentException.class, () -> document.setLine(line, "x"));
            assertThrows(IllegalArgumentException.class, () -> document.removeLine(line));
        }
    }
}

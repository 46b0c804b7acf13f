package org.confmail.shared.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigDiffTest {
    /** Letters stand for lines; overlaps in the last column. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            abc, abc, abc, abc, 0
            abc, aXc, abc, aXc, 0
            abc, abc, aYc, aYc, 0
            abc, aXc, aXc, aXc, 0
            abc, Xbc, abY, XbY, 0
            abc, Xbc, aYc, XYc, 0
            abc, aXc, aYc, aXc, 1
            abc, abcX, abcY, abcYX, 0
            abc, abcX, abcX, abcX, 0
            abc, Xabc, Yabc, YXabc, 0
            abc, Xbc, Yabc, YXbc, 0
            abc, Xbc, aYbc, XYbc, 0
            abc, ac, aYc, ac, 1
            abcd, ad, abYd, ad, 1
            abcd, XYd, aZcW, XYW, 1
            abcd, ad, abcdY, adY, 0
            """)
    void twoChangesBecomeOne(String base, String mine, String theirs, String merged, int overlaps) {
        ConfigDiff.Merged result = ConfigDiff.merge(document(base), document(mine), document(theirs));
        assertEquals(document(merged), result.document());
        assertEquals(overlaps, result.overlaps());
    }

    @Test
    void lineWithoutEndDoesNotGrowTogetherWithTheOneBehindIt() {
        ConfigDocument base = ConfigDocument.parse("sport: 1");
        ConfigDocument merged = ConfigDiff.merge(
                        base, ConfigDocument.parse("sport: 1\neport: 2\n"), ConfigDocument.parse("sport: 3"))
                .document();
        assertEquals(1, merged.entries("sport").size());
    }

    @Test
    void secretsDoNotShow() {
        ConfigDocument before = ConfigDocument.parse("repl_authkey: ABCDEFGH\n");
        ConfigDocument after = before.set("repl_authkey", "HGFEDCBA");
        assertEquals(
                List.of("-repl_authkey: (not shown)", "+repl_authkey: (not shown)"),
                ConfigDiff.lines(before, after, StandardCharsets.UTF_8));
        assertEquals(Secret.SHOWN, ConfigDiff.shown(DeliveryOptions.REPL_AUTHKEY, after));
    }

    private static ConfigDocument document(String letters) {
        return ConfigDocument.parse(String.join("\n", letters.split("")) + "\n");
    }
}

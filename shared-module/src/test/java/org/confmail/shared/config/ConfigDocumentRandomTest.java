package org.confmail.shared.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Edits random documents and compares with what a naive reader makes of their lines. */
class ConfigDocumentRandomTest {
    private static final int DOCUMENTS = 2000;
    private static final List<String> NAMES = List.of("sport", "knode", "unknown", "max_age_key");
    private static final List<String> PIECES = List.of(
            "sport: 8081",
            "sport:\t1 ",
            "knode: a:1",
            "knode: b:2",
            "unknown: \u00ff\u00fe",
            "# sport: 7",
            ";knode: x:1",
            "",
            " \t",
            "stray",
            " sport: 1",
            ": x",
            "#",
            "sport",
            "knode:",
            "max_age_key: 5: 6",
            "a\rb",
            "\u00c3\u00bc: 1");
    private static final List<String> ENDS = List.of("\n", "\r\n");

    @Test
    void whatIsNotEditedStaysByteForByte() {
        long seed = System.nanoTime();
        for (int i = 0; i < DOCUMENTS; i++) {
            editOne(seed + i);
        }
    }

    private static void editOne(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(12); n > 0; n--) {
            text.append(pick(random, PIECES)).append(pick(random, ENDS));
        }
        text.append(random.nextBoolean() ? pick(random, PIECES) : "");
        ConfigDocument document = ConfigDocument.parse(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(text.toString(), latin1(document), () -> "seed " + seed);
        for (int n = 0; n < 5; n++) {
            document = edited(document, random, seed);
        }
    }

    private static ConfigDocument edited(ConfigDocument before, Random random, long seed) {
        String name = pick(random, NAMES);
        String value = Integer.toString(random.nextInt(100));
        String context = "seed " + seed + ", " + name + " = " + value + " in " + latin1(before);
        List<String> lines = lines(before);
        return switch (random.nextInt(4)) {
            case 0 -> {
                ConfigDocument after = before.set(name, value);
                assertGiven(
                        before,
                        after,
                        name,
                        value,
                        Math.max(1, before.entries(name).size()),
                        context);
                yield after;
            }
            case 1 -> {
                ConfigDocument after = before.add(name, value);
                assertGiven(before, after, name, value, before.entries(name).size() + 1, context);
                yield after;
            }
            case 2 -> {
                ConfigDocument after = before.remove(name);
                String expected = lines.stream()
                        .filter(line -> !line.startsWith(name + ":"))
                        .collect(Collectors.joining());
                assertEquals(expected, latin1(after), context);
                yield after;
            }
            default -> {
                ConfigDocument after = before.commentOut(name);
                String expected = lines.stream()
                        .map(line -> line.startsWith(name + ":") ? "#" + line : line)
                        .collect(Collectors.joining());
                assertEquals(expected, latin1(after), context);
                yield after;
            }
        };
    }

    private static void assertGiven(
            ConfigDocument before, ConfigDocument after, String name, String value, int count, String context) {
        assertEquals(count, after.entries(name).size(), context);
        assertEquals(value, after.entries(name).getLast().value(), context);
        assertOthersKept(lines(before), after, after.entries(name).getLast().line(), context);
    }

    /** All lines but line {@code edited} are as before; one that had no line end may have gained one. */
    private static void assertOthersKept(List<String> before, ConfigDocument after, int edited, String context) {
        List<String> now = new ArrayList<>(lines(after));
        now.remove(edited - 1);
        List<String> then = new ArrayList<>(before);
        if (then.size() > now.size()) {
            then.remove(edited - 1);
        }
        assertEquals(withoutEnds(then), withoutEnds(now), context);
        for (int i = 0; i < then.size() - 1; i++) {
            assertEquals(then.get(i), now.get(i), context);
        }
    }

    private static List<String> withoutEnds(List<String> lines) {
        return lines.stream().map(line -> line.replaceFirst("\r?\n?$", "")).toList();
    }

    private static List<String> lines(ConfigDocument document) {
        String text = latin1(document);
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)", 0));
    }

    private static String latin1(ConfigDocument document) {
        return new String(document.bytes(), StandardCharsets.ISO_8859_1);
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}

package org.confmail.console.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.confmail.shared.config.ConfigDocument;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.DeliveryOptions;
import org.confmail.shared.config.DhtOptions;
import org.confmail.shared.config.ListeningOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** config.txt while it is edited. */
class DraftTest {
    private static Loaded loaded(String text, Charset charset) {
        return new Loaded(
                "config.txt",
                ConfigDocument.parse(text.getBytes(charset)),
                charset,
                Optional.of("1"),
                List.of(),
                Optional.empty());
    }

    private static Draft draft(String text) {
        Draft draft = new Draft();
        draft.begin(loaded(text, StandardCharsets.UTF_8));
        return draft;
    }

    private static String text(Draft draft) {
        return new String(draft.document().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void editedOptionKeepsCommentsOrderAndUnknownLines() {
        Draft draft = draft("# mine\r\nsport:  8081\r\nunknown: x\r\n#timeout: 60\r\nstray\r\n");
        draft.set(ListeningOptions.SPORT, List.of(" 8082 "));
        draft.set(ListeningOptions.TIMEOUT, List.of("90"));
        assertEquals("# mine\r\nsport:  8082\r\nunknown: x\r\n#timeout: 60\r\ntimeout: 90\r\nstray\r\n", text(draft));
        assertTrue(draft.edited());
        assertTrue(draft.state(ListeningOptions.SPORT).changed());
        draft.set(ListeningOptions.SPORT, List.of(""));
        assertFalse(draft.state(ListeningOptions.SPORT).set());
        draft.discard();
        assertFalse(draft.edited());
        assertEquals(List.of("8081"), draft.state(ListeningOptions.SPORT).values());
    }

    /** The file has the nodes a, b and c, and comments above a and c. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            a c, # about a|a|# about c|c
            b c, # about a|b|# about c|c
            a b c d, # about a|a|b|# about c|c|d
            b a c, # about a|b|a|# about c|c
            d b c, # about a|d|b|# about c|c
            """)
    void listsAreEditedLineByLine(String wanted, String after) {
        String text = "# about a\nknode: a:1\nknode: b:1\n# about c\nknode: c:1\n";
        Draft draft = draft(text);
        draft.set(
                DhtOptions.KNODE,
                Arrays.stream(wanted.split(" ")).map(node -> node + ":1").toList());
        String expected = Arrays.stream(after.split("\\|"))
                .map(line -> line.startsWith("#") ? line + "\n" : "knode: " + line + ":1\n")
                .collect(Collectors.joining());
        assertEquals(expected, text(draft));
    }

    @Test
    void waitsOfTheScheduleStandInOneLine() {
        Draft draft = draft("retry_schedule: 0, 60\n");
        assertEquals(
                List.of("0", "60"), draft.state(DeliveryOptions.RETRY_SCHEDULE).values());
        draft.set(DeliveryOptions.RETRY_SCHEDULE, List.of("0", "60", "", "soon"));
        assertEquals("retry_schedule: 0,60,soon\n", text(draft));
        assertTrue(draft.hasErrors());
        draft.set(DeliveryOptions.RETRY_SCHEDULE, List.of());
        assertEquals("", text(draft));
        assertFalse(draft.hasErrors());
    }

    @Test
    void problemsStandAtTheirOptionsCombinationsToo() {
        Draft draft = draft("max_connections: many\nuse_exit_node: true\nspot: 1\n");
        assertEquals(3, draft.problems().size());
        assertTrue(draft.hasErrors());
        for (ConfigOption<?> option : List.of(ListeningOptions.MAX_CONNECTIONS, DeliveryOptions.USE_EXIT_NODE)) {
            assertEquals(1, draft.state(option).problems().size());
        }
        assertTrue(OptionState.Kind.WRONG.includes(draft.state(DeliveryOptions.USE_EXIT_NODE)));
        assertFalse(OptionState.Kind.WRONG.includes(draft.state(ListeningOptions.SPORT)));
        assertTrue(draft.state(DeliveryOptions.TOR_PROXY).matches("SOCKS onion"));
        assertFalse(draft.state(DeliveryOptions.TOR_PROXY).matches("SOCKS onion harbour"));
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a\\r\\nb\\r\\n,a\\nc\\n,a\\r\\nc\\r\\n",
                "a\\r\\nb\\r\\n,a\\nx\\nb\\n,a\\r\\nx\\r\\nb\\r\\n",
                "a\\r\\nb,a\\nb\\nc,a\\r\\nb\\r\\nc",
                "a\\0b\\nc\\n,ab\\nd\\n,a\\0b\\nd\\n",
                "\uFEFFa\\n,b\\n,\uFEFFb\\n",
                "a,,''",
                "'',a\\n,a\\n",
                "a\\n\\n\\nb\\n,a\\n\\nb\\n,a\\n\\nb\\n",
            })
    void textThatIsTypedChangesItsLinesOnly(String before, String typed, String after) {
        assertEquals(plain(after), ShownText.edited(plain(before), plain(typed)));
        assertEquals(plain(before), ShownText.edited(plain(before), ShownText.of(plain(before))));
    }

    private static String plain(@Nullable String escaped) {
        return escaped == null
                ? ""
                : escaped.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
    }

    @Test
    void textThatTheFileCannotHoldIsRefused() {
        Draft draft = new Draft();
        assertTrue(draft.refusal("a").isPresent());
        draft.begin(loaded("# \u00e9\nsport: 1\n", StandardCharsets.ISO_8859_1));
        assertTrue(draft.refusal("# \u20ac\n").orElseThrow().contains("ISO-8859-1"));
        assertEquals(Optional.empty(), draft.refusal("# \u00e8\n"));
        draft.editText("# \u00e9\nsport: 2\n");
        assertEquals("# \u00e9\nsport: 2\n", new String(draft.document().bytes(), StandardCharsets.ISO_8859_1));
        assertTrue(draft.refusal("a".repeat(ConfigDocument.BYTES_MAX)).isPresent());
    }

    @Test
    void editsArePutOntoWhatSomebodyElseMadeOfTheFile() {
        Draft draft = draft("# a\nsport: 1\neport: 2\n");
        draft.set(ListeningOptions.SPORT, List.of("3"));
        assertEquals(0, draft.merge(loaded("# b\nsport: 1\neport: 2\nknode: a:1\n", StandardCharsets.UTF_8)));
        assertEquals("# b\nsport: 3\neport: 2\nknode: a:1\n", text(draft));
        assertEquals(1, draft.merge(loaded("# b\nsport: 4\neport: 2\nknode: a:1\n", StandardCharsets.UTF_8)));
        assertEquals("# b\nsport: 3\neport: 2\nknode: a:1\n", text(draft));
    }
}

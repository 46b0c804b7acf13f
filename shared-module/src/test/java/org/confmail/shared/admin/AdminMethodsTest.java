package org.confmail.shared.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminMethodsTest {
    static List<AdminMethod<?, ?>> methods() {
        return AdminMethods.all();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void exampleComesBackFromJsonAsItWas(AdminMethod<?, ?> method) throws Exception {
        byte[] line = AdminJson.bytes(AdminJson.tree(method.example()));
        assertEquals(method.example(), AdminJson.params(AdminJson.parse(line, 0, line.length), method.params()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyMemberSaysWhatItMeans(AdminMethod<?, ?> method) {
        MethodDescription description = MethodDescription.of(method);
        assertFalse(description.help().isBlank());
        assertExplained(method.name(), description.params());
        assertExplained(method.name(), description.result());
    }

    private static void assertExplained(String where, List<FieldDescription> fields) {
        for (FieldDescription field : fields) {
            assertFalse(field.help().isBlank(), () -> where + " " + field.name());
            assertExplained(where + " " + field.name(), field.fields());
        }
    }

    @Test
    void namesAreUnique() {
        Set<String> names = new HashSet<>();
        AdminMethods.all().forEach(method -> assertTrue(names.add(method.name()), method::name));
        AdminMethods.events().forEach(event -> assertTrue(names.add(event.name()), event::name));
    }

    @Test
    void whatIsAbsentIsLeftAwayAndComesBackAsAbsent() throws Exception {
        ConnectionMethods.Page page = new ConnectionMethods.Page(Optional.empty(), Optional.empty());
        assertEquals("{}", AdminJson.tree(page).toString());
        assertEquals(page, AdminJson.params(AdminJson.parse("{}"), ConnectionMethods.Page.class));
        assertEquals(page, AdminJson.params(AdminJson.parse("{\"limit\":null}"), ConnectionMethods.Page.class));
    }

    @Test
    void unknownMembersAreIgnored() throws Exception {
        assertEquals(
                new ConnectionMethods.Which(7),
                AdminJson.params(AdminJson.parse("{\"number\":7,\"new\":[1,{}]}"), ConnectionMethods.Which.class));
    }

    @Test
    void missingListIsAnEmptyOne() throws Exception {
        assertEquals(
                List.of(),
                AdminJson.result(AdminJson.parse("{}"), ConfigMethods.History.class)
                        .entries());
    }

    @Test
    void timesAreText() {
        ConfigMethods.HistoryEntry entry =
                new ConfigMethods.HistoryEntry("a", Instant.parse("2026-11-22T14:00:00Z"), 3);
        assertEquals(
                "2026-11-22T14:00:00Z", AdminJson.tree(entry).path("replaced").stringValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"number\":null}",
                "{\"number\":\"7\"}",
                "{\"number\":7.5}",
                "{\"number\":true}",
                "{\"number\":99999999999999999999}",
                "[7]",
                "7"
            })
    void wrongParametersAreToldWithWhatWouldBeRight(String params) {
        AdminException refused = assertThrows(
                AdminException.class, () -> AdminJson.params(AdminJson.parse(params), ConnectionMethods.Which.class));
        assertEquals(AdminError.WRONG_PARAMS, refused.error());
        assertTrue(refused.text().endsWith("Expected: number: whole number."), refused::text);
        assertFalse(refused.text().contains("org.confmail"), refused::text);
    }

    @Test
    void wordThatIsNoneOfTheListIsToldWithTheList() {
        AdminException refused = assertThrows(
                AdminException.class,
                () -> AdminJson.params(AdminJson.parse("{\"level\":\"loud\"}"), LogMethods.Recent.class));
        assertTrue(refused.text().contains("debug or info or warning or error"), refused::text);
        assertFalse(refused.text().contains("org.confmail"), refused::text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "nonsense", "{} {}", "{\"a\":1,\"a\":2}", "{'a':1}", "\u0000", "[1,]"})
    void whatIsNoJsonIsRefused(String text) {
        assertEquals(
                AdminError.PARSE,
                assertThrows(AdminException.class, () -> AdminJson.parse(text)).error());
    }

    @Test
    void deepAndLongJsonIsRefused() {
        assertThrows(AdminException.class, () -> AdminJson.parse("[".repeat(100_000)));
        assertThrows(AdminException.class, () -> AdminJson.parse("{\"a\":".repeat(33) + "1" + "}".repeat(33)));
        assertThrows(AdminException.class, () -> AdminJson.parse("1".repeat(41)));
    }
}

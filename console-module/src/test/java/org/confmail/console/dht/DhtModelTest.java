package org.confmail.console.dht;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.confmail.console.dht.Membership.Standing;
import org.confmail.console.testing.ManualClockwork;
import org.confmail.console.testing.ScriptedRemote;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.DhtMethods;
import org.confmail.shared.admin.DhtMethods.Asked;
import org.confmail.shared.admin.DhtMethods.Found;
import org.confmail.shared.admin.DhtMethods.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DhtModelTest {
    private static final String KEY = "4fd2a5e5c39129a31718adf95a6ff6bc4e281a60";

    private final ManualClockwork time = new ManualClockwork();
    private final ScriptedRemote remote = new ScriptedRemote();
    private final DhtModel model = new DhtModel(remote, time);

    @Test
    void serverWithoutNodeSaysSoAndWhichOptionDoesIt() {
        model.start();
        assertEquals(Standing.ABSENT, model.membership().get().standing());
        assertTrue(model.membership().get().remedy().contains("option dht"));
    }

    @Test
    void nodeThatKnowsNobodyIsAloneUntilItKnowsSomebody() {
        remote.on(DhtMethods.STATE, _ -> state(0, 0));
        model.start();
        assertEquals(Standing.ALONE, model.membership().get().standing());
        assertTrue(model.membership().get().remedy().contains("knode"));
        assertTrue(model.membership().get().remedy().contains("18912"));

        remote.on(DhtMethods.STATE, _ -> state(31, 400));
        time.advance(Duration.ofSeconds(5));
        assertEquals(Standing.MEMBER, model.membership().get().standing());
        assertTrue(model.membership().get().words().contains("31 other nodes"));
        assertTrue(model.membership().get().remedy().contains("400"));
    }

    @Test
    void nodeThatIsTooBusyStaysAsItWasToldLast() {
        remote.on(DhtMethods.STATE, _ -> state(31, 400));
        model.start();
        remote.refuse(DhtMethods.STATE, AdminError.TIME_OUT, "the node does not answer");
        model.refresh();
        assertEquals(Standing.MEMBER, model.membership().get().standing());
        assertTrue(model.state().get().isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "4fd2a5e5c39129a31718adf95a6ff6bc4e281a60, ''",
        "' 4FD2A5E5C39129A31718ADF95A6FF6BC4E281A60 ', ''",
        "'', 40 more digits",
        "4fd2a5e5c39129a31718adf95a6ff6bc4e281a6, one more digit",
        "4fd2a5e5c39129a31718adf95a6ff6bc4e281a6000, 2 digits too many",
        "4fd2g, is no hexadecimal digit",
    })
    void keyIsCheckedAsItIsTyped(String typed, String part) {
        String wrong = LookupModel.wrong(typed).orElse("");
        assertTrue(part.isEmpty() ? wrong.isEmpty() : wrong.contains(part), wrong);
    }

    @Test
    void lookupRunsUntilItsAnswerIsThere() {
        LookupModel lookup = new LookupModel(remote);
        remote.on(DhtMethods.LOOKUP, _ -> found(true, 1));
        remote.hold();
        lookup.lookup(" " + KEY.toUpperCase(Locale.ROOT));
        assertTrue(lookup.running().get());
        remote.release();
        assertFalse(lookup.running().get());
        assertEquals(KEY, remote.calls(DhtMethods.LOOKUP).getFirst().key());
        assertTrue(lookup.found().get().isPresent());
    }

    @Test
    void outcomeIsToldInWords() {
        assertTrue(LookupModel.words(found(true, 1)).startsWith("Found: one node led"));
        assertTrue(LookupModel.words(found(false, 0)).startsWith("Not found: the one node"));
        assertTrue(LookupModel.words(new Found(true, 0, false, 0, List.of())).contains("itself"));
        assertTrue(LookupModel.words(new Found(false, 0, false, 0, List.of())).contains("no node that could be asked"));
    }

    private static Found found(boolean found, int hops) {
        return new Found(
                found,
                hops,
                false,
                12,
                List.of(new Asked(KEY, "127.0.0.1", 4000, 1, 7, found ? "a block" : "nodes", 12)));
    }

    private static State state(int contacts, long nodes) {
        return new State(KEY, 18912, contacts, Optional.of(3L), nodes, List.of(), List.of(), List.of());
    }
}

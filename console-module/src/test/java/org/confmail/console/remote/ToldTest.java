package org.confmail.console.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ToldTest {
    private final Told<Character, String> told = new Told<>(3, word -> word.charAt(0));

    @Test
    void changesThatComeWhileTheListIsUnderWayCountMoreThanTheList() {
        told.listed(List.of("a1", "b1"));
        told.asking();
        told.changed("b2");
        told.changed("c2");
        told.gone('a');
        told.listed(List.of("a1", "b1"));
        assertEquals(List.of("b2", "c2"), told.all());
    }

    @Test
    void changesOfBeforeAreForgottenWithTheListThatKnowsOfThem() {
        told.asking();
        told.changed("a1");
        told.listed(List.of());
        told.changed("b1");
        told.asking();
        told.listed(List.of("c1"));
        assertEquals(List.of("c1"), told.all());
    }

    @Test
    void listThatDoesNotComeChangesNothing() {
        told.listed(List.of("a1"));
        told.asking();
        told.changed("b1");
        told.unanswered();
        assertEquals(List.of("a1", "b1"), told.all());
        told.listed(List.of("a1"));
        assertEquals(List.of("a1"), told.all());
    }

    @Test
    void noMoreAreKeptThanTheBoundAllows() {
        told.asking();
        for (String word : List.of("a1", "b1", "c1", "d1")) {
            told.changed(word);
        }
        told.changed("c2");
        assertEquals(List.of("a1", "b1", "c2"), told.all());
        told.listed(List.of());
        assertEquals(List.of("a1", "b1", "c2"), told.all());
    }
}

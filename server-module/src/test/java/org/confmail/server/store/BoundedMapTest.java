package org.confmail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.junit.jupiter.api.Test;

class BoundedMapTest {
    private final BoundedMap<String> map = new BoundedMap<>(10, String::length);

    private static Key key(int number) {
        return Blocks.mailbox(Posts.RECIPIENT, "" + number);
    }

    private List<Integer> there() {
        return IntStream.range(0, 10)
                .filter(number -> map.remove(key(number)).isPresent())
                .boxed()
                .toList();
    }

    @Test
    void thoseGoThatNobodyAskedForLongest() {
        map.put(key(1), "1111");
        map.put(key(2), "2222");
        map.put(key(3), "33");
        assertEquals(Optional.of("1111"), map.get(key(1)));
        map.put(key(4), "4");
        assertEquals(List.of(1, 3, 4), there());
    }

    @Test
    void severalGoForALargeOne() {
        map.put(key(1), "1111");
        map.put(key(2), "222");
        map.put(key(3), "333");
        map.put(key(4), "44444");
        assertEquals(List.of(3, 4), there());
    }

    @Test
    void whatIsReplacedOrRemovedCostsNothing() {
        for (int i = 0; i < 10; i++) {
            map.put(key(1), "1".repeat(i));
            map.put(key(2), "2");
            assertEquals(Optional.of("2"), map.remove(key(2)));
            assertEquals(Optional.empty(), map.remove(key(2)));
        }
        map.put(key(1), "1");
        map.put(key(3), "333333333");
        assertEquals(List.of(1, 3), there());
    }

    @Test
    void whatCostsMoreThanAllMayIsNotKept() {
        map.put(key(1), "1");
        map.put(key(2), "x".repeat(11));
        map.put(key(1), "y".repeat(11));
        assertEquals(List.of(), there());
        map.put(key(4), "1");
        map.put(key(2), "x".repeat(11));
        assertEquals(List.of(4), there());
        map.put(key(3), "x".repeat(10));
        assertEquals(List.of(3), there());
    }
}

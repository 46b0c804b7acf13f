package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.confmail.server.admin.rpc.Pulse;
import org.confmail.server.time.ManualTime;
import org.confmail.shared.admin.AdminEvent;
import org.confmail.shared.admin.AdminMessage;
import org.junit.jupiter.api.Test;

class ChangeFeedTest {
    private final ManualTime time = new ManualTime();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ChangeFeed<Integer, News> feed = new ChangeFeed<Integer, News>(
                    new AdminEvent<>("news", News.class, "news"),
                    new Pulse(),
                    time,
                    (subscription, lost, things) -> new News(
                            subscription,
                            lost,
                            List.copyOf(things.keySet()),
                            things.entrySet().stream()
                                    .filter(Map.Entry::getValue)
                                    .map(Map.Entry::getKey)
                                    .toList()))
            .of(() -> closed.set(true));

    record News(long subscription, long lost, List<Integer> things, List<Integer> more) {}

    private Optional<String> next() {
        return feed.next(7).map(AdminMessage.Notification::params).map(Object::toString);
    }

    private static Optional<String> news(long lost, List<Integer> things, List<Integer> more) {
        return Optional.of("{\"subscription\":7,\"lost\":" + lost + ",\"things\":" + list(things) + ",\"more\":"
                + list(more) + "}");
    }

    private static String list(List<Integer> numbers) {
        return numbers.toString().replace(" ", "");
    }

    @Test
    void whatChangesAgainAndAgainIsToldOnceAndNotTooOften() {
        assertEquals(Optional.empty(), next());
        feed.changed(2, false);
        feed.changed(1, true);
        feed.changed(2, false);
        feed.changed(1, false);
        assertEquals(news(0, List.of(2, 1), List.of(1)), next());
        feed.changed(1, false);
        assertEquals(Optional.empty(), next());
        time.advance(ChangeFeed.PERIOD.minusNanos(1));
        assertEquals(Optional.empty(), next());
        time.advance(ChangeFeed.PERIOD);
        assertEquals(news(0, List.of(1), List.of()), next());
        time.advance(ChangeFeed.PERIOD);
        assertEquals(Optional.empty(), next());
    }

    @Test
    void whatASlowClientMissesIsCountedAndTheRestIsKept() {
        for (int i = 0; i < ChangeFeed.THINGS_MAX + 3; i++) {
            feed.changed(i, false);
        }
        feed.changed(0, false); // is noted already
        String first = next().orElseThrow();
        assertTrue(first.startsWith("{\"subscription\":7,\"lost\":3,\"things\":[0,1,2,"), first);
        int told = 0;
        for (Optional<String> next = Optional.of(first); next.isPresent(); next = next()) {
            told += next.get().split(",", -1).length - 3;
            time.advance(ChangeFeed.PERIOD);
        }
        assertEquals(ChangeFeed.THINGS_MAX, told);
    }

    @Test
    void closedFeedLetsGoOfItsSource() {
        feed.changed(1, false);
        assertFalse(closed.get());
        feed.close();
        assertTrue(closed.get());
        feed.changed(2, false);
        assertEquals(Optional.empty(), next());
    }
}

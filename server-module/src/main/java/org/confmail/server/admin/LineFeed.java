package org.confmail.server.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.confmail.server.admin.rpc.Feed;
import org.confmail.server.follow.Followers.Following;
import org.confmail.server.log.RecentLines;
import org.confmail.shared.admin.AdminJson;
import org.confmail.shared.admin.AdminMessage;

/**
 * Lines for one subscriber. Holds no lines, only its place among the recent ones, which all subscribers share.
 *
 * @param <T> a line here
 * @param <E> what the subscriber gets
 */
final class LineFeed<T, E extends Record> implements Feed {
    /** So that other subscriptions and answers get their turn. */
    private static final int LINES_MAX = 200;

    private final RecentLines<T> lines;
    private final Predicate<? super T> wanted;
    private final Maker<T, E> maker;
    private final Following following;
    private long position;

    /**
     * @param position of the first line
     * @param signal given when there is a new line
     */
    LineFeed(RecentLines<T> lines, long position, Predicate<? super T> wanted, Runnable signal, Maker<T, E> maker) {
        this.lines = lines;
        this.position = position;
        this.wanted = wanted;
        this.maker = maker;
        this.following = lines.follow(signal);
    }

    @Override
    public Optional<AdminMessage.Notification> next(long subscription) {
        while (true) {
            RecentLines.Batch<T> batch = lines.from(position, LINES_MAX);
            position = batch.next();
            List<T> found = new ArrayList<>();
            for (T line : batch.lines()) {
                if (wanted.test(line)) {
                    found.add(line);
                }
            }
            if (!found.isEmpty() || batch.lost() > 0) {
                return Optional.of(new AdminMessage.Notification(
                        maker.event(), AdminJson.tree(maker.make(subscription, batch.lost(), found))));
            }
            if (batch.lines().isEmpty()) {
                return Optional.empty();
            }
        }
    }

    @Override
    public void close() {
        following.close();
    }

    /** Makes the notification's parameters. */
    interface Maker<T, E extends Record> {
        String event();

        E make(long subscription, long lost, List<T> lines);
    }
}

package org.confmail.server.follow;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Those who want to know of something as it happens. Safe for use by many threads.
 *
 * @param <T> what they are told, immutable
 */
public final class Followers<T> {
    private final List<Follower<T>> all = new CopyOnWriteArrayList<>();

    /**
     * Has {@code follower} told from now on, in the thread in which it happens, which may hold locks: it must be quick, never
     * block, and throw nothing.
     */
    public Following follow(Consumer<? super T> follower) {
        Follower<T> added = new Follower<>(follower);
        all.add(added);
        return () -> all.remove(added);
    }

    /** Whether anybody follows. */
    public boolean any() {
        return !all.isEmpty();
    }

    /** Tells all. */
    public void tell(T what) {
        if (any()) {
            all.forEach(each -> each.told.accept(what));
        }
    }

    /** The wish to be told, until closed. */
    @FunctionalInterface
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    /** Somebody may follow twice with the same consumer. */
    private static final class Follower<T> {
        private final Consumer<? super T> told;

        Follower(Consumer<? super T> told) {
            this.told = told;
        }
    }
}

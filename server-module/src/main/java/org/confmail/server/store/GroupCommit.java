package org.confmail.server.store;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.confmail.server.block.Key;
import org.confmail.server.block.TextBlock;

/**
 * Joins the writers of one file, as databases join transactions: while one of them, the leader, waits for the leaf's lock, others
 * leave their posts with it. It merges all of them, writes and forces the file once, and only then anybody is told.
 */
final class GroupCommit {
    /** So many posts go into one write, so that the first of them need not wait long for the last. */
    static final int POSTS_MAX = 64;

    /** When they have so many bytes nobody joins them any more: the result is in memory as a whole. */
    static final long POSTED_BYTES_MAX = 1 << 20;

    private final Duration patience;
    /** The groups that posts may still join. */
    private final ConcurrentMap<Key, Group> gathering = new ConcurrentHashMap<>();

    /** @param patience how long a post waits for leaders; longer than one waits for the lock */
    GroupCommit(Duration patience) {
        this.patience = patience;
    }

    /**
     * Has {@code post} written, by this thread or by the leader of others.
     *
     * @param write run by a leader only, to write what is in the group
     * @throws IOException what {@code write} threw, for this post or for all that were to be written with it; or if that does not
     *     come to an end in time, and the post may still be written
     */
    Outcome write(Key key, TextBlock post, Write write) throws IOException {
        long start = System.nanoTime();
        while (true) {
            Member member = new Member(post);
            Group group = gathering.compute(key, (_, open) -> {
                Group joined = open == null || open.isFull() ? new Group(member) : open;
                joined.members.add(member);
                joined.bytes += post.length();
                return joined;
            });
            if (group.leader == member) {
                return lead(key, group, write);
            }
            long left = patience.toNanos() - (System.nanoTime() - start);
            try {
                return follow(group, member, left);
            } catch (LeafBusyException e) {
                // The leader had waited for longer: this post has its own time.
                if (left <= 0) {
                    throw e;
                }
            }
        }
    }

    private Outcome lead(Key key, Group group, Write write) throws IOException {
        try {
            List<Outcome> outcomes = write.of(() -> close(key, group));
            group.outcomes.complete(outcomes);
            return outcomes.getFirst();
        } catch (IOException | RuntimeException | Error e) {
            close(key, group);
            group.outcomes.completeExceptionally(e);
            throw e;
        }
    }

    private Outcome follow(Group group, Member member, long patienceNanos) throws IOException {
        try {
            List<Outcome> outcomes = group.outcomes.get(patienceNanos, TimeUnit.NANOSECONDS);
            return outcomes.get(group.members.indexOf(member));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure; // of the same type for all, because some call for another try
            }
            throw new IOException("the connection that writes for several failed", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(
                    "the connection that writes for several is not done within " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another connection was writing for this one", e);
        }
    }

    /** The posts of the group, which nobody joins any more. */
    private List<TextBlock> close(Key key, Group group) {
        gathering.computeIfPresent(key, (_, open) -> open == group ? null : open);
        return group.members.stream().map(Member::post).toList();
    }

    /** Writes posts to the file of their key. */
    interface Write {
        /**
         * Returns what became of each post, in their order.
         *
         * @param posts to be asked once the lock is there: from then on nobody joins
         */
        List<Outcome> of(Supplier<List<TextBlock>> posts) throws IOException;
    }

    /** Changed under the entry of the map only. */
    private static final class Group {
        final Member leader;
        final List<Member> members = new ArrayList<>();
        final CompletableFuture<List<Outcome>> outcomes = new CompletableFuture<>();

        private long bytes;

        Group(Member leader) {
            this.leader = leader;
        }

        boolean isFull() {
            return members.size() == POSTS_MAX || bytes >= POSTED_BYTES_MAX;
        }
    }

    /** A post, told from others by identity. */
    private static final class Member {
        private final TextBlock post;

        Member(TextBlock post) {
            this.post = post;
        }

        TextBlock post() {
            return post;
        }
    }
}

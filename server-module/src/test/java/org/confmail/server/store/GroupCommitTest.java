package org.confmail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.TextBlock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTest {
    private static final Key KEY = Posts.MAILBOX;

    private final CountDownLatch lock = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final GroupCommit groups = new GroupCommit(Duration.ofSeconds(30));

    @AfterEach
    void end() throws InterruptedException {
        lock.countDown();
        for (Thread thread : threads) {
            thread.join(20_000);
            assertTrue(!thread.isAlive());
        }
    }

    private static TextBlock post(String message) {
        return Blocks.valid(KEY, Posts.announcement(message), Posts.NOW);
    }

    /** Begins a write by another thread; returns when that waits, for the lock or for its leader. */
    private FutureTask<Outcome> begin(GroupCommit groups, Key key, TextBlock post, GroupCommit.Write write) {
        FutureTask<Outcome> task = new FutureTask<>(() -> groups.write(key, post, posts -> {
            awaitLock();
            return write.of(posts);
        }));
        Thread thread = Thread.ofPlatform().start(task);
        threads.add(thread);
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            assertTrue(thread.isAlive());
            LockSupport.parkNanos(100_000);
        }
        return task;
    }

    private void awaitLock() {
        try {
            assertTrue(lock.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Throwable failure(FutureTask<Outcome> task) {
        return Objects.requireNonNull(assertThrows(ExecutionException.class, () -> task.get(20, TimeUnit.SECONDS))
                .getCause());
    }

    private static List<Outcome> numbered(Supplier<List<TextBlock>> posts) {
        List<Outcome> outcomes = new ArrayList<>();
        posts.get().forEach(_ -> outcomes.add(new Outcome.Refused("number " + outcomes.size())));
        return outcomes;
    }

    @Test
    void leaderWritesForAllWhoComeBeforeItHasTheLock() throws Exception {
        List<List<TextBlock>> written = new ArrayList<>();
        GroupCommit.Write write = posts -> {
            written.add(posts.get());
            return numbered(posts);
        };
        List<TextBlock> posts = List.of(post("one"), post("two"), post("three"));
        List<FutureTask<Outcome>> tasks =
                posts.stream().map(post -> begin(groups, KEY, post, write)).toList();
        lock.countDown();
        for (int i = 0; i < tasks.size(); i++) {
            assertEquals(new Outcome.Refused("number " + i), tasks.get(i).get(20, TimeUnit.SECONDS));
        }
        assertEquals(List.of(posts), written);
        groups.write(KEY, post("later"), write);
        assertEquals(2, written.size());
    }

    @Test
    void anotherKeyIsAnotherGroup() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        GroupCommit.Write write = posts -> {
            sizes.add(posts.get().size());
            return numbered(posts);
        };
        FutureTask<Outcome> waiting = begin(groups, KEY, post("one"), write);
        Key other = Blocks.mailbox(Posts.RECIPIENT, "other");
        groups.write(other, Blocks.valid(other, Posts.announcement("other", "two"), Posts.NOW), write);
        lock.countDown();
        waiting.get(20, TimeUnit.SECONDS);
        assertEquals(List.of(1, 1), sizes);
    }

    @Test
    void afterSoManyPostsThereIsAnotherGroup() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        GroupCommit.Write write = posts -> {
            synchronized (sizes) {
                sizes.add(posts.get().size());
            }
            return numbered(posts);
        };
        TextBlock post = post("one");
        List<FutureTask<Outcome>> tasks = new ArrayList<>();
        for (int i = 0; i < GroupCommit.POSTS_MAX + 2; i++) {
            tasks.add(begin(groups, KEY, post, write));
        }
        lock.countDown();
        for (FutureTask<Outcome> task : tasks) {
            task.get(20, TimeUnit.SECONDS);
        }
        assertEquals(List.of(2, GroupCommit.POSTS_MAX), sizes.stream().sorted().toList());
    }

    @Test
    void afterSoManyBytesThereIsAnotherGroup() throws Exception {
        String hash = Blocks.hash("part");
        TextBlock large = Blocks.valid(
                KEY,
                Blocks.announcement(
                        Posts.RECIPIENT,
                        "0",
                        Blocks.hash("large"),
                        Posts.NOW,
                        Collections.nCopies((int) GroupCommit.POSTED_BYTES_MAX / hash.length(), hash)),
                Posts.NOW);
        List<FutureTask<Outcome>> tasks = Stream.of(post("one"), large, post("two"))
                .map(post -> begin(groups, KEY, post, GroupCommitTest::numbered))
                .toList();
        lock.countDown();
        List<Outcome> outcomes = new ArrayList<>();
        for (FutureTask<Outcome> task : tasks) {
            outcomes.add(task.get(20, TimeUnit.SECONDS));
        }
        assertEquals(
                List.of(
                        new Outcome.Refused("number 0"),
                        new Outcome.Refused("number 1"),
                        new Outcome.Refused("number 0")),
                outcomes);
    }

    @Test
    void whoeverCameLateDoesNotFailBecauseTheLeaderHadNoTimeLeft() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        GroupCommit.Write busyAtFirst = posts -> {
            if (tries.incrementAndGet() == 1) {
                throw LeafBusyException.writtenAgainAndAgain(Path.of("block"));
            }
            return numbered(posts);
        };
        FutureTask<Outcome> leader = begin(groups, KEY, post("one"), busyAtFirst);
        FutureTask<Outcome> follower = begin(groups, KEY, post("two"), busyAtFirst);
        lock.countDown();
        assertInstanceOf(LeafBusyException.class, failure(leader));
        assertEquals(new Outcome.Refused("number 0"), follower.get(20, TimeUnit.SECONDS));
    }

    @Test
    void failureOfTheLeaderIsThatOfAll() {
        NoSuchFileException gone = new NoSuchFileException("leaf");
        GroupCommit.Write failing = posts -> {
            throw gone;
        };
        FutureTask<Outcome> leader = begin(groups, KEY, post("one"), failing);
        FutureTask<Outcome> follower = begin(groups, KEY, post("two"), failing);
        lock.countDown();
        assertSame(gone, failure(leader));
        assertSame(gone, failure(follower));
    }

    @Test
    void defectInTheLeaderDoesNotLeaveTheOthersWaiting() throws IOException {
        GroupCommit.Write broken = posts -> {
            throw new IllegalArgumentException("broken");
        };
        FutureTask<Outcome> leader = begin(groups, KEY, post("one"), broken);
        FutureTask<Outcome> follower = begin(groups, KEY, post("two"), broken);
        lock.countDown();
        assertInstanceOf(IllegalArgumentException.class, failure(leader));
        assertInstanceOf(IOException.class, failure(follower));
        assertEquals(new Outcome.Refused("number 0"), groups.write(KEY, post("three"), GroupCommitTest::numbered));
    }

    @Test
    void nobodyWaitsForeverForALeaderThatHangs() throws Exception {
        GroupCommit impatient = new GroupCommit(Duration.ofMillis(50));
        FutureTask<Outcome> leader = begin(impatient, KEY, post("one"), GroupCommitTest::numbered);
        FutureTask<Outcome> follower = begin(impatient, KEY, post("two"), GroupCommitTest::numbered);
        assertInstanceOf(IOException.class, failure(follower));
        lock.countDown();
        assertEquals(new Outcome.Refused("number 0"), leader.get(20, TimeUnit.SECONDS));
    }

    @Test
    void whoeverIsInterruptedGoesAndStaysInterrupted() throws Exception {
        FutureTask<Outcome> leader = begin(groups, KEY, post("one"), GroupCommitTest::numbered);
        FutureTask<Boolean> follower = new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            assertThrows(IOException.class, () -> groups.write(KEY, post("two"), GroupCommitTest::numbered));
            return Thread.currentThread().isInterrupted();
        });
        threads.add(Thread.ofPlatform().start(follower));
        assertTrue(follower.get(20, TimeUnit.SECONDS));
        lock.countDown();
        assertEquals(new Outcome.Refused("number 0"), leader.get(20, TimeUnit.SECONDS));
    }
}

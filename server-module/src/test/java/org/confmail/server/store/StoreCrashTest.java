package org.confmail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.StoredHead;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.disk.DurableFile;
import org.confmail.server.disk.ForgetfulDisk;
import org.confmail.server.disk.ForgetfulDisk.Loss;
import org.confmail.server.disk.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each operation of a STORE fails in turn, and in another run the power is lost there. */
class StoreCrashTest {
    private static final Instant OLD = Posts.NOW.minusSeconds(60);
    private static final Instant NEW = Posts.NOW.minusSeconds(30);
    private static final Key MAILBOX = Posts.MAILBOX;
    private static final String FIRST = Posts.announcement("first");
    private static final String SECOND = Posts.announcement("second");

    @TempDir
    Path root;

    private final Posts posts = new Posts();

    /** Posts something over what is held. */
    private abstract class Store implements Trials<BlockStore> {
        private final Key key;
        private final Optional<String> before;
        private final String after;

        Store(Key key, Optional<String> before, String after) {
            this.key = key;
            this.before = before;
            this.after = after;
        }

        @Override
        public void prepare(Path directory) throws IOException {
            if (before.isPresent()) {
                Posts.lay(directory, key, before.get());
            }
        }

        @Override
        public BlockStore start(Path directory, Disk disk) {
            return posts.store(directory, disk);
        }

        @Override
        public void check(BlockStore store, Path directory, Result result) throws IOException {
            Optional<String> held = Posts.held(store, key);
            if (result.done()) {
                assertEquals(Optional.of(after), held);
            } else if (result.was("rename")) {
                assertTrue(held.equals(Optional.of(after)) || held.equals(before), held::toString);
            } else {
                assertEquals(before, held);
            }
        }
    }

    private Store announcing(Optional<String> before, String posted, String after) {
        return new Store(MAILBOX, before, after) {
            @Override
            public void work(BlockStore store) throws IOException {
                Outcome outcome = Posts.post(store, posted);
                assertNotEquals(Outcome.Refused.class, outcome.getClass());
            }
        };
    }

    private Store sending(Optional<String> before, Instant date, String after) {
        return new Store(Posts.DATA, before, after) {
            @Override
            public void work(BlockStore store) throws IOException {
                Outcome outcome = Posts.postData(store, date);
                assertNotEquals(Outcome.Refused.class, outcome.getClass());
            }
        };
    }

    @Test
    void firstAnnouncementOfAMailboxIsThereOrNot() throws IOException {
        Trials.run(root, announcing(Optional.empty(), FIRST, FIRST));
    }

    @Test
    void announcementJoinsAMailboxOrLeavesItAsItWas() throws IOException {
        Trials.run(root, new Store(MAILBOX, Optional.of(FIRST), SECOND + "NextMessage\n" + FIRST) {
            @Override
            public void work(BlockStore store) throws IOException {
                Posts.post(store, SECOND);
            }
        });
    }

    @Test
    void announcementsThatJoinAMailboxInOneGoAreAllThereOrNone() throws IOException {
        List<String> joining = List.of(SECOND, Posts.announcement("third"), Posts.announcement("fourth"));
        String after = String.join("NextMessage\n", joining.reversed()) + "NextMessage\n" + FIRST;
        JointPosts joint = new JointPosts();
        Trials.run(root, new Store(MAILBOX, Optional.of(FIRST), after) {
            @Override
            public BlockStore start(Path directory, Disk disk) {
                return posts.store(directory, joint.on(disk));
            }

            @Override
            public void work(BlockStore store) throws IOException {
                joint.post(store, joining);
            }
        });
    }

    @Test
    void announcementThatIsThereStays() throws IOException {
        Trials.run(root, announcing(Optional.of(FIRST), FIRST, FIRST));
    }

    @Test
    void dataIsThereOrNot() throws IOException {
        Trials.run(root, sending(Optional.empty(), OLD, Posts.data(OLD)));
    }

    @Test
    void newerDataReplacesOlderOrLeavesIt() throws IOException {
        Trials.run(root, sending(Optional.of(Posts.data(OLD)), NEW, Posts.data(NEW)));
    }

    @Test
    void olderDataLeavesNewer() throws IOException {
        Trials.run(root, sending(Optional.of(Posts.data(NEW)), OLD, Posts.data(NEW)));
    }

    @Test
    void whatTheExistingServerWroteWithoutForcingItIsDurableOnceItIsDone() throws IOException {
        for (Loss loss : Loss.values()) {
            Path directory = Files.createDirectory(root.resolve(loss.name()));
            ForgetfulDisk disk = new ForgetfulDisk(directory);
            writeUnforced(disk, Posts.file(directory, MAILBOX), FIRST);
            writeUnforced(disk, Posts.file(directory, Posts.DATA), Posts.data(OLD));
            BlockStore store = posts.store(directory, disk);
            assertEquals(new Outcome.Unchanged(), Posts.post(store, FIRST));
            assertEquals(new Outcome.Unchanged(), Posts.postData(store, OLD));
            disk.crash(loss);
            assertEquals(Optional.of(FIRST), Posts.held(store, MAILBOX));
            assertEquals(Optional.of(Posts.data(OLD)), Posts.held(store, Posts.DATA));
        }
    }

    private static void writeUnforced(Disk disk, Path file, String content) throws IOException {
        disk.createDirectory(file.resolve("../..").normalize(), Access.BY_UMASK);
        disk.createDirectory(file.resolve("..").normalize(), Access.BY_UMASK);
        try (DurableFile open = disk.create(file, Access.BY_UMASK)) {
            open.write(ByteBuffer.wrap(Blocks.bytes(content)));
        }
    }

    @Test
    void tornBlocksAreToldFromWholeOnesAndReplaced() throws IOException {
        String whole = Posts.data(OLD);
        Posts.lay(root, Posts.DATA, whole.substring(0, whole.length() - 1));
        BlockStore store = posts.store(root, new ForgetfulDisk(root));
        try (StoredFile torn = store.open(Posts.DATA).orElseThrow()) {
            assertInstanceOf(StoredHead.Unreadable.class, torn.head());
        }
        assertEquals(new Outcome.Stored(), Posts.postData(store, OLD));
        assertEquals(Optional.of(whole), Posts.held(store, Posts.DATA));
    }
}

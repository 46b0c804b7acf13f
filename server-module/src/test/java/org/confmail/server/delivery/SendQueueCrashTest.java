package org.confmail.server.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.confmail.server.account.Account;
import org.confmail.server.account.Accounts;
import org.confmail.server.account.AuthKey;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each operation of queueing fails in turn, and in another run the power is lost there. */
class SendQueueCrashTest {
    private static final Key KEY = Key.sha1(Blocks.bytes("key"));
    private static final String HEADER = "StoreType: replicate\nStoreKeyid: " + KEY + "\nLoginUser: none\n";
    private static final String WAITING = "StoreType: replicate\nReplogin-User: undefined\nReplogin-Auth: WAITING1\n";

    @TempDir
    Path root;

    /** Queues entries beside one that waits already; {@link #expected} lists what is new. */
    private abstract static class Queueing implements Trials<SendQueue> {
        private final List<String> expected;

        Queueing(String... expected) {
            this.expected = List.of(expected);
        }

        @Override
        public void prepare(Path directory) throws IOException {
            Files.write(directory.resolve(Key.sha1(Blocks.bytes(WAITING)).toString()), Blocks.bytes(WAITING));
        }

        @Override
        public SendQueue start(Path directory, Disk disk) throws IOException {
            return Queues.open(directory, disk, InstantSource.system());
        }

        @Override
        public void check(SendQueue queue, Path directory, Result result) throws IOException {
            List<String> found = new ArrayList<>();
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    byte[] content = Files.readAllBytes(file);
                    assertEquals(
                            String.valueOf(file.getFileName()),
                            Key.sha1(content).toString());
                    found.add(Blocks.text(content));
                }
            }
            assertTrue(found.remove(WAITING), "the entry that waited is gone");
            if (result.done()) {
                assertEquals(
                        expected.stream().sorted().toList(),
                        found.stream().sorted().toList());
            } else {
                assertTrue(expected.containsAll(found), found::toString);
            }
        }
    }

    @Test
    void textIsQueuedOrNot() throws IOException {
        String block = "Type: acknowledgment\nHash: x\n";
        Trials.run(root, new Queueing(HEADER + block) {
            @Override
            public void work(SendQueue queue) throws IOException {
                queue.replicate(KEY, "none", Blocks.bytes(block));
            }
        });
    }

    @Test
    void dataIsQueuedOrNot() throws IOException {
        String block = "Type: data\nData: 5\nabcde";
        Path stored = Files.write(root.resolve("stored"), Blocks.bytes(block));
        Trials.run(Files.createDirectory(root.resolve("trials")), new Queueing(HEADER + block) {
            @Override
            public void work(SendQueue queue) throws IOException {
                MessageDigest naming = SendQueue.naming(KEY, "none");
                naming.update(Blocks.bytes(block));
                try (FileChannel file = FileChannel.open(stored)) {
                    queue.replicate(KEY, "none", naming, file);
                }
            }
        });
    }

    @Test
    void accountsAreQueuedOrNot() throws IOException {
        List<Account> changes = Stream.of("KEY00001", "KEY00002", "KEY00003")
                .map(key -> new Account(Account.UNDEFINED, new AuthKey(key)))
                .toList();
        String[] entries = changes.stream()
                .map(change -> "StoreType: replicate\nReplogin-User: undefined\nReplogin-Auth: "
                        + change.key().text() + "\n")
                .toArray(String[]::new);
        Trials.run(root, new Queueing(entries) {
            @Override
            public void work(SendQueue queue) throws IOException {
                queue.pass(changes);
            }
        });
    }

    /** A change made here and passed on, as it is when a partner is configured. */
    @Test
    void accountChangeThatIsDoneIsInTheFileAndInTheQueue() throws IOException {
        AuthKey key = new AuthKey("NEWKEY01");
        String entry = "StoreType: replicate\nReplogin-User: FREDERIC\nReplogin-Auth: NEWKEY01\n";
        Trials.run(root, new Trials<Accounts>() {
            @Override
            public void prepare(Path directory) throws IOException {
                Files.createDirectory(directory.resolve("sendqueue"));
                Files.writeString(directory.resolve("auth.txt"), "administrator BOSSKEY1\n");
            }

            @Override
            public Accounts start(Path directory, Disk disk) throws IOException {
                InstantSource clock = InstantSource.system();
                SendQueue queue = Queues.open(directory.resolve("sendqueue"), disk, clock);
                return Accounts.load(directory.resolve("auth.txt"), disk, clock, new SecureRandom(), queue);
            }

            @Override
            public void work(Accounts accounts) throws IOException {
                accounts.add(new Account("FREDERIC", key));
            }

            @Override
            public void check(Accounts accounts, Path directory, Result result) throws IOException {
                boolean here = accounts.login("FREDERIC", key);
                boolean queued = Files.exists(directory
                        .resolve("sendqueue")
                        .resolve(Key.sha1(Blocks.bytes(entry)).toString()));
                if (result.done()) {
                    assertTrue(here, "not in auth.txt");
                    assertTrue(queued, "not in the queue");
                } else {
                    assertTrue(here || !queued, "the partner is told of what is not here");
                }
                assertTrue(accounts.login(Account.ADMINISTRATOR, new AuthKey("BOSSKEY1")));
            }
        });
    }
}

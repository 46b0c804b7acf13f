package org.confmail.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each operation of an account change fails in turn, and in another run the power is lost there. */
class AccountsCrashTest {
    private static final AuthKey BOSS = new AuthKey("BOSSKEY1");
    private static final AuthKey FREE = new AuthKey("FREEKEY1");
    private static final AuthKey NEW = new AuthKey("NEWKEY01");
    private static final String BEFORE =
            "administrator BOSSKEY1\n# a comment\nundefined FREEKEY1 2015-01-01T00:00:00Z\n";
    private static final String USER = "0123456789ABCDEF";

    @TempDir
    Path root;

    /** What is passed on goes nowhere here; the send queue has trials of its own. */
    private record Part(Accounts accounts) {}

    /** Changes who owns {@code key}. */
    private abstract static class Change implements Trials<Part> {
        private final AuthKey key;
        private final Optional<String> after;

        Change(AuthKey key, String after) {
            this.key = key;
            this.after = Optional.of(after);
        }

        @Override
        public void prepare(Path directory) throws IOException {
            Files.writeString(directory.resolve("auth.txt"), BEFORE);
        }

        @Override
        public Part start(Path directory, Disk disk) throws IOException {
            Accounts accounts = Accounts.load(
                    directory.resolve("auth.txt"), disk, InstantSource.system(), new SecureRandom(), changes -> {});
            return new Part(accounts);
        }

        Optional<String> before() {
            return key.equals(FREE) ? Optional.of(Account.UNDEFINED) : Optional.empty();
        }

        @Override
        public void check(Part part, Path directory, Result result) throws IOException {
            Optional<String> owner = part.accounts().owner(key);
            // What failed once was taken back; what failed together with its taking back, or with the power, may be
            // there.
            boolean mayCount = result.restarted() && result.fault() != Fault.FAILS_ONCE;
            if (result.done()) {
                assertEquals(after, owner);
            } else if (mayCount) {
                assertTrue(owner.equals(before()) || owner.equals(after), owner::toString);
            } else {
                assertEquals(before(), owner);
            }
            restIsAsItWas(part.accounts(), directory);
        }

        void restIsAsItWas(Accounts accounts, Path directory) throws IOException {
            assertEquals(Optional.of(Account.ADMINISTRATOR), accounts.owner(BOSS));
            String text = Files.readString(directory.resolve("auth.txt"), StandardCharsets.ISO_8859_1);
            assertTrue(text.startsWith(BEFORE), text);
        }
    }

    @Test
    void accountIsAddedOrNot() throws IOException {
        Trials.run(root, new Change(NEW, USER) {
            @Override
            public void work(Part part) throws IOException {
                part.accounts().add(new Account(USER, NEW));
            }
        });
    }

    @Test
    void freeKeyIsBoundOrStaysFree() throws IOException {
        Trials.run(root, new Change(FREE, USER) {
            @Override
            public void work(Part part) throws IOException {
                assertTrue(part.accounts().login(USER, FREE));
            }
        });
    }

    @Test
    void keyIsDisabledOrNot() throws IOException {
        Trials.run(root, new Change(FREE, Account.DISABLED) {
            @Override
            public void work(Part part) throws IOException {
                part.accounts().remove(FREE);
            }
        });
    }

    @Test
    void generatedKeysAreAllThereOnceTheyAreTold() throws IOException {
        List<AuthKey> told = new ArrayList<>();
        Trials.run(root, new Change(NEW, "nobody") {
            @Override
            public void prepare(Path directory) throws IOException {
                told.clear();
                super.prepare(directory);
            }

            @Override
            public void work(Part part) throws IOException {
                told.addAll(part.accounts().generate(5));
            }

            @Override
            public void check(Part part, Path directory, Result result) throws IOException {
                assertEquals(result.done(), !told.isEmpty());
                for (AuthKey key : told) {
                    assertEquals(Optional.of(Account.UNDEFINED), part.accounts().owner(key));
                }
                restIsAsItWas(part.accounts(), directory);
            }
        });
    }

    @Test
    void firstAccountMakesTheFileDurably() throws IOException {
        Trials.run(root, new Change(NEW, USER) {
            @Override
            public void prepare(Path directory) {
                assertTrue(Files.notExists(directory.resolve("auth.txt")));
            }

            @Override
            public void work(Part part) throws IOException {
                part.accounts().add(new Account(USER, NEW));
            }

            @Override
            void restIsAsItWas(Accounts accounts, Path directory) {}
        });
    }
}

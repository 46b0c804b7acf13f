package org.confmail.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class AccountsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.5Z");
    private static final String STAMP = "2026-11-22T12:00:00Z";
    private static final String USER = "0123456789ABCDEF";
    private static final AuthKey KEY = new AuthKey("SOMEKEY1");

    @TempDir
    Path home;

    private final FaultyDisk disk = new FaultyDisk(new FileDisk());
    private final List<Account> passedOn = Collections.synchronizedList(new ArrayList<>());
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("accounts");

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void hush() {
        logger.detachAppender(log);
    }

    private Path file() {
        return home.resolve("auth.txt");
    }

    private Accounts load() throws IOException {
        return Accounts.load(file(), disk, () -> NOW, new SecureRandom(), passedOn::addAll);
    }

    private Accounts load(String text) throws IOException {
        Files.writeString(file(), text);
        return load();
    }

    private List<String> warnings() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** {@code \n} and {@code \r} stand for what they look like; the owner of the key SOMEKEY1 is the second column. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "nobody",
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "'',nobody",
                "fred SOMEKEY1\\n,fred",
                "fred SOMEKEY1 2015-01-01T00:00:00Z\\n,fred",
                "fred SOMEKEY1 2015-01-01T00:00:00Z and more\\n,fred",
                "fred SOMEKEY1 \\n,fred",
                "fred SOMEKEY1,fred",
                "fred SOMEKEY1 2015,fred",
                "fred SOMEKEY1\\r\\nother OTHER\\r\\n,fred",
                "\\n\\nfred SOMEKEY1\\n\\n,fred",
                "# fred SOMEKEY1\\n,nobody",
                "#fred SOMEKEY1\\n,nobody",
                "first SOMEKEY1\\nfred SOMEKEY1\\n,fred",
                "fred SOMEKEY1\\nlast SOMEKEY1,last",
                "undefined SOMEKEY1\\nfred SOMEKEY1\\ndisabled SOMEKEY1\\n,disabled",
                "fred somekey1\\n,nobody",
                "fred  SOMEKEY1\\n,nobody",
                "fred\\tSOMEKEY1\\n,nobody",
                " fred SOMEKEY1\\n,nobody",
                "fred\\nother SOMEKEY1\\n,other",
                "SOMEKEY1\\n,nobody",
                "fr\u00e9d SOMEKEY1\\n,fr\u00e9d",
            })
    void linesAreReadAsTheExistingServerDoes(String text, String owner) throws IOException {
        Accounts accounts = load(text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t"));
        assertEquals(Optional.ofNullable(owner), accounts.owner(KEY));
    }

    @Test
    void accountsOfTheExistingServerAreKnown() throws IOException {
        Files.copy(Path.of("src/test/resources/vectors/home/auth.txt"), file());
        Accounts accounts = load();
        assertTrue(accounts.login("administrator", new AuthKey("adminpass1")));
        assertTrue(accounts.login("replication", new AuthKey("replpass1")));
        assertTrue(accounts.login("0123456789ABCDEF0123456789ABCDEF01234567", new AuthKey("DEADBEEFDEADBEEF")));
        assertTrue(accounts.login(
                "A87BE804581DF388F462367807B9A8BB7264EDE2", new AuthKey("3A902583C988681C0CD0900DDD16614A445C384B")));
        AuthKey removed = new AuthKey("9D017B7F98BAAC90699B71F7A385B74C2284DB3F");
        assertFalse(accounts.login("A87BE804581DF388F462367807B9A8BB7264EDE2", removed));
        assertFalse(accounts.login("disabled", removed));
        assertEquals(List.of(), warnings());
    }

    @Test
    void withoutAFileNobodyLogsInUntilAccountsAreMade() throws IOException {
        Accounts accounts = load();
        assertFalse(accounts.login("administrator", KEY));
        assertTrue(
                warnings().getFirst().contains(file() + " is not there"),
                () -> warnings().toString());
        accounts.add(new Account(USER, KEY));
        assertEquals(USER + " SOMEKEY1 " + STAMP + "\n", Files.readString(file()));
        if (file().getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        }
    }

    @Test
    void malformedLinesAreToldOnceWithTheirPlace() throws IOException {
        load("# comment\nfred\nfred SOMEKEY1\n  \n");
        assertEquals(1, warnings().size());
        assertTrue(warnings().getFirst().contains("skipped 2 lines that are no accounts, the first is line 2"));
    }

    @Test
    void lastLineWithoutEndIsTold() throws IOException {
        load("fred FIRSTKEY\nfred SOMEKEY1");
        assertEquals(1, warnings().size());
        assertTrue(
                warnings().getFirst().contains("the last line, 2, has no end"),
                warnings().getFirst());
    }

    @Test
    void userAndKeyMustMatchByteForByte() throws IOException {
        Accounts accounts = load("Fred5678 SomeKey1\n");
        assertTrue(accounts.login("Fred5678", new AuthKey("SomeKey1")));
        assertFalse(accounts.login("FRED5678", new AuthKey("SomeKey1")));
        assertFalse(accounts.login("Fred5678", new AuthKey("SOMEKEY1")));
        assertFalse(accounts.login("Fred567", new AuthKey("SomeKey1")));
    }

    @Test
    void firstLoginBindsAFreeKeyForGood() throws IOException {
        Accounts accounts = load("undefined SOMEKEY1\n");
        assertFalse(accounts.login("undefined", KEY));
        assertFalse(accounts.login("disabled", KEY));
        assertFalse(accounts.login("administrator", KEY));
        assertFalse(accounts.login("replication", KEY));
        assertEquals("undefined SOMEKEY1\n", Files.readString(file()));
        assertTrue(accounts.login(USER, KEY));
        assertEquals("undefined SOMEKEY1\n" + USER + " SOMEKEY1 " + STAMP + "\n", Files.readString(file()));
        assertFalse(accounts.login("ANOTHERUSER", KEY));
        assertTrue(accounts.login(USER, KEY));
        assertFalse(load().login("ANOTHERUSER", KEY));
        assertEquals(List.of(), passedOn, "bindings are not replicated");
    }

    @Test
    void onlyOneOfManyFirstLoginsWins() throws Exception {
        Accounts accounts = load("undefined SOMEKEY1\n");
        List<Future<Boolean>> logins = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 10; n < 40; n++) {
                String user = "USER0000" + n;
                logins.add(threads.submit(() -> accounts.login(user, KEY)));
            }
        }
        int done = 0;
        for (Future<Boolean> login : logins) {
            done += login.get(20, TimeUnit.SECONDS) ? 1 : 0;
        }
        assertEquals(1, done);
        assertEquals(2, Files.readString(file()).lines().count());
    }

    @Test
    void fileGrowsAndNeverChanges() throws IOException {
        String before = "# by hand\r\nadministrator BOSSKEY1\nnonsense\nundefined SOMEKEY1"; // no end
        Accounts accounts = load(before);
        accounts.login(USER, KEY);
        accounts.remove(KEY);
        accounts.add(new Account(Account.UNDEFINED, KEY));
        accounts.takeOver(new Account(USER, KEY));
        List<AuthKey> made = accounts.generate(2);
        String line = " SOMEKEY1 " + STAMP + "\n";
        assertEquals(
                before + "\n" + USER + line + "disabled" + line + "undefined" + line + USER + line + "undefined "
                        + made.get(0).text() + " " + STAMP + "\nundefined "
                        + made.get(1).text() + " " + STAMP + "\n",
                Files.readString(file()));
        assertEquals(Optional.of(USER), load().owner(KEY));
    }

    @Test
    void whatIsSoAlreadyIsPassedOnButNotWrittenAgain() throws IOException {
        Account account = new Account(USER, KEY);
        Accounts accounts = load("");
        accounts.add(account);
        String once = Files.readString(file());
        accounts.add(account);
        accounts.takeOver(account);
        assertEquals(once, Files.readString(file()));
        assertEquals(List.of(account, account), passedOn, "the partner may lack it");
        accounts.remove(new AuthKey("UNKNOWN1"));
        accounts.remove(new AuthKey("UNKNOWN1"));
        assertEquals(once + "disabled UNKNOWN1 " + STAMP + "\n", Files.readString(file()));
        assertEquals(4, passedOn.size());
    }

    @Test
    void generatedKeysAreRandomAndFree() throws IOException {
        Accounts accounts = load("");
        List<AuthKey> made = accounts.generate(50);
        assertEquals(50, new HashSet<>(made).size());
        for (AuthKey key : made) {
            assertTrue(key.text().matches("[0-9A-F]{40}"), key.text());
            assertEquals(Optional.of(Account.UNDEFINED), accounts.owner(key));
        }
        assertEquals(made, passedOn.stream().map(Account::key).toList());
        assertEquals(List.of(), accounts.generate(0));
    }

    @Test
    void changeThatCannotBePassedOnFailsUntilItIsRepeated() throws IOException {
        boolean[] full = {true};
        Accounts accounts = Accounts.load(file(), disk, () -> NOW, new SecureRandom(), changes -> {
            if (full[0]) {
                throw new IOException(FaultyDisk.MESSAGE);
            }
            passedOn.addAll(changes);
        });
        Account account = new Account(USER, KEY);
        assertThrows(IOException.class, () -> accounts.add(account));
        full[0] = false;
        accounts.add(account);
        assertEquals(List.of(account), passedOn);
        assertEquals(1, Files.readString(file()).lines().count());
    }

    @Test
    void halfALineThatCannotBeTakenBackIsEndedByTheNext() throws IOException {
        Accounts accounts = load("administrator BOSSKEY1\n");
        disk.failFrom(3); // the write, and all that would mend it
        assertThrows(IOException.class, () -> accounts.add(new Account(USER, KEY)));
        disk.heal();
        accounts.add(new Account(USER, KEY));
        Accounts again = load();
        assertEquals(Optional.of(USER), again.owner(KEY));
        assertTrue(again.login("administrator", new AuthKey("BOSSKEY1")));
        assertTrue(Files.readString(file()).endsWith("\n" + USER + " SOMEKEY1 " + STAMP + "\n"));
    }

    @Test
    void changesOfOneKeyArePassedOnInTheOrderOfTheFile() throws Exception {
        Accounts accounts = load("");
        List<Future<?>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 10; thread < 18; thread++) {
                String user = "USER0000" + thread;
                done.add(threads.submit(() -> {
                    for (int n = 0; n < 15; n++) {
                        accounts.add(new Account(user, KEY));
                        accounts.remove(KEY);
                    }
                    return null;
                }));
            }
        }
        for (Future<?> each : done) {
            each.get(20, TimeUnit.SECONDS);
        }
        assertEquals(8 * 15 * 2, passedOn.size());
        List<String> written = Files.readString(file())
                .lines()
                .map(line -> line.split(" ", 2)[0])
                .toList();
        assertEquals(withoutRepeats(passedOn.stream().map(Account::user).toList()), written);
        assertEquals(written.getLast(), accounts.owner(KEY).orElseThrow());
        assertEquals(written.getLast(), load().owner(KEY).orElseThrow());
    }

    /** What is so already is not written again. */
    private static List<String> withoutRepeats(List<String> users) {
        List<String> changes = new ArrayList<>();
        for (String user : users) {
            if (changes.isEmpty() || !changes.getLast().equals(user)) {
                changes.add(user);
            }
        }
        return changes;
    }

    @Test
    void keysShowUpNowhere() throws IOException {
        assertFalse(KEY.toString().contains("SOMEKEY1"));
        assertFalse(new Account(USER, KEY).toString().contains("SOMEKEY1"));
        Accounts accounts = load("nonsense\n SOMEKEY1\nSOMEKEY1\nundefined SOMEKEY1");
        accounts.login(USER, KEY);
        accounts.remove(KEY);
        for (int n = 1; n <= 4; n++) {
            disk.failFrom(n);
            IOException e =
                    assertThrows(IOException.class, () -> accounts.add(new Account(USER, new AuthKey("SOMEKEY1"))));
            assertFalse(e.toString().contains("SOMEKEY1"), e.toString());
        }
        assertTrue(warnings().size() > 1);
        assertFalse(warnings().toString().contains("SOMEKEY1"));
    }
}

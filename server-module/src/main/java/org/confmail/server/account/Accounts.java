package org.confmail.server.account;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.disk.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may log in: auth.txt, read once and appended to (PROTOCOL section 7). A change is durable in the file, and in the hands
 * of the {@link Passing}, before its method returns; one lock covers both, so that the changes of one key are passed on in
 * the order in which they were made. Looking up takes no lock.
 */
public final class Accounts {
    /** Enough for millions of accounts; more is a mistake, and would be read into memory. */
    private static final long FILE_BYTES_MAX = 256L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Logger LOG = LoggerFactory.getLogger("accounts");

    private final Path file;
    private final Disk disk;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Passing passing;
    private final Map<AuthKey, String> users = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    /** Whether the file's last line has no end. Guarded by the lock. */
    private boolean lineOpen;
    /** Whether the file's name is known to survive power loss: somebody may just have made it. Guarded by the lock. */
    private boolean named;

    private Accounts(Path file, Disk disk, InstantSource clock, SecureRandom random, Passing passing) {
        this.file = file;
        this.disk = disk;
        this.clock = clock;
        this.random = random;
        this.passing = passing;
    }

    /**
     * Reads the accounts of {@code file}; a file that is not there is an empty one. Lines that are no accounts are skipped
     * with a warning.
     */
    public static Accounts load(Path file, Disk disk, InstantSource clock, SecureRandom random, Passing passing)
            throws IOException {
        Accounts accounts = new Accounts(file, disk, clock, random, passing);
        accounts.read();
        return accounts;
    }

    /**
     * Whether {@code user} may log in with {@code key}. The first login with a free key binds it to the user, durably.
     *
     * @throws IOException if the binding could not be saved; then it did not happen
     */
    public boolean login(String user, AuthKey key) throws IOException {
        if (user.equals(Account.UNDEFINED) || user.equals(Account.DISABLED)) {
            return false;
        }
        String owner = users.get(key);
        if (owner == null || !owner.equals(Account.UNDEFINED)) {
            return user.equals(owner);
        }
        return !isSpecial(user) && bind(user, key);
    }

    /**
     * Adds an account, or gives the key to another user, and passes it on.
     *
     * @throws IOException if it could not be saved, and did not happen; or if it could not be passed on, and happened here
     *     only, so that it is to be repeated
     */
    public void add(Account account) throws IOException {
        changePassedOn(List.of(account));
    }

    /**
     * Marks a key as disabled, known or not, and passes that on.
     *
     * @throws IOException as {@link #add}
     */
    public void remove(AuthKey key) throws IOException {
        changePassedOn(List.of(new Account(Account.DISABLED, key)));
    }

    /**
     * Makes {@code count} random free keys and passes them on.
     *
     * @throws IOException if they could not be saved or passed on; then nobody knows them
     */
    public List<AuthKey> generate(int count) throws IOException {
        List<Account> made = Stream.generate(() -> new Account(Account.UNDEFINED, AuthKey.random(random)))
                .limit(count)
                .toList();
        changePassedOn(made);
        return made.stream().map(Account::key).toList();
    }

    /** Takes over a change that the partner passed on; it is not passed on again. */
    public void takeOver(Account account) throws IOException {
        takeLock();
        try {
            save(List.of(account));
        } finally {
            lock.unlock();
        }
    }

    /** The user that a key belongs to now. */
    public Optional<String> owner(AuthKey key) {
        return Optional.ofNullable(users.get(key));
    }

    /** All accounts of this moment, in no order. */
    public List<Account> list() {
        List<Account> accounts = new ArrayList<>(users.size());
        users.forEach((key, user) -> accounts.add(new Account(user, key)));
        return accounts;
    }

    private boolean bind(String user, AuthKey key) throws IOException {
        takeLock();
        try {
            String owner = users.get(key); // another connection may have been first
            if (!Account.UNDEFINED.equals(owner)) {
                return user.equals(owner);
            }
            save(List.of(new Account(user, key)));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Changes that others make may take long on a slow disk; a client gets its answer within 10 s all the same. */
    private void takeLock() throws IOException {
        try {
            if (lock.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("other changes of " + file + " take longer than " + PATIENCE.toSeconds() + " s");
    }

    private static boolean isSpecial(String user) {
        return user.equals(Account.ADMINISTRATOR) || user.equals(Account.REPLICATION);
    }

    private void changePassedOn(List<Account> accounts) throws IOException {
        takeLock();
        try {
            save(accounts);
            passing.pass(accounts);
        } finally {
            lock.unlock();
        }
    }

    /** Appends what is new, makes it durable, and only then believes it. Called under the lock. */
    private void save(List<Account> accounts) throws IOException {
        String stamp = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        StringBuilder lines = new StringBuilder();
        Map<AuthKey, String> added = new HashMap<>();
        for (Account account : accounts) {
            if (!account.user().equals(users.get(account.key()))) {
                lines.append(account.user())
                        .append(' ')
                        .append(account.key().text())
                        .append(' ')
                        .append(stamp)
                        .append('\n');
                added.put(account.key(), account.user());
            }
        }
        if (added.isEmpty()) {
            return;
        }
        if (lineOpen) {
            lines.insert(0, '\n');
        }
        append(lines.toString().getBytes(StandardCharsets.UTF_8));
        users.putAll(added);
    }

    private void append(byte[] lines) throws IOException {
        try (DurableFile appended = disk.append(file, Access.OWNER_ONLY)) {
            long size = appended.size();
            try {
                appended.write(ByteBuffer.wrap(lines));
                appended.force();
                if (!named) {
                    disk.forceDirectory(directory());
                    named = true;
                }
            } catch (IOException e) {
                takeBack(appended, size, e);
                throw e;
            }
            lineOpen = false;
        }
    }

    /** What was refused must not count after a restart, least of all the first half of a key. */
    private void takeBack(DurableFile appended, long size, IOException failure) {
        try {
            appended.cut(size);
        } catch (IOException e) {
            lineOpen = true;
            failure.addSuppressed(e);
        }
    }

    private Path directory() {
        Path directory = file.toAbsolutePath().getParent();
        return directory == null ? file : directory;
    }

    private void read() throws IOException {
        byte[] bytes;
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new IOException(file + " has more than " + FILE_BYTES_MAX + " bytes");
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            LOG.warn("{} is not there: nobody can log in until accounts are made", file);
            return;
        }
        lineOpen = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
        List<Integer> malformed = new ArrayList<>();
        int number = 0;
        for (String line : (Iterable<String>) new String(bytes, StandardCharsets.UTF_8).lines()::iterator) {
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split(" ", -1);
            if (fields.length < 2 || fields[0].isEmpty() || fields[1].isEmpty()) {
                malformed.add(number);
            } else {
                users.put(new AuthKey(fields[1]), fields[0]);
            }
        }
        if (lineOpen) {
            LOG.warn(
                    "{}: the last line, {}, has no end. It counts as it is: is its key whole? Power may have failed when it"
                            + " was written.",
                    file,
                    number);
        }
        if (!malformed.isEmpty()) {
            LOG.warn(
                    "{}: skipped {} lines that are no accounts, the first is line {}. A line is: user, one space, key.",
                    file,
                    malformed.size(),
                    malformed.getFirst());
        }
    }

    /** Who carries account changes to the replication partner. */
    @FunctionalInterface
    public interface Passing {
        /** Takes the changes, durably and in this order, before it returns. */
        void pass(List<Account> changes) throws IOException;
    }
}

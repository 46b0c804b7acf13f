package org.confmail.console.settings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is remembered: values under names, in one JSON file. It is read once. Each change is made in the background to what the
 * file says then, under a lock, since another console of the same user may have changed it; the file takes the place of the one
 * before, so that it is whole whenever the program ends. Used from the thread of the window, but for {@link #close}.
 */
public final class Settings implements AutoCloseable {
    private static final long BYTES_MAX = 4L << 20;
    /** Where the file cannot be written, for long: the first ones are forgotten. */
    private static final int UNWRITTEN_MAX = 1000;
    /** A directory far away that is not there must not keep the program from ending. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Optional<Path> file;
    private final ObjectNode values;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("settings").factory());
    /** Changes that the file does not have yet, in their order. */
    private final Queue<Change> unwritten = new ConcurrentLinkedQueue<>();

    /**
     * A change, and all values of this program after it.
     *
     * @param make does it to the values of the file
     */
    private record Change(Consumer<ObjectNode> make, ObjectNode after) {}

    private Settings(Optional<Path> file, ObjectNode values) {
        this.file = file;
        this.values = values;
    }

    /** Reads the file; one that makes no sense is kept beside it as {@code settings.json.damaged}. */
    public static Settings open(Path file) {
        Optional<ObjectNode> found = Optional.empty();
        try {
            found = read(file);
        } catch (IOException e) {
            System.err.println("confmail-console: cannot read " + file + ": " + e.getMessage());
        }
        return new Settings(Optional.of(file), found.orElseGet(JSON::createObjectNode));
    }

    /** Settings that are forgotten when the program ends. */
    public static Settings forgetful() {
        return new Settings(Optional.empty(), JSON.createObjectNode());
    }

    /** Where this user's settings are by the habits of the system. */
    public static Path usualFile() {
        String system = System.getProperty("os.name", "");
        Path home = Path.of(System.getProperty("user.home", "."));
        Path directory;
        if (system.startsWith("Windows")) {
            directory = environment("APPDATA").orElse(home.resolve("AppData").resolve("Roaming"));
        } else if (system.startsWith("Mac")) {
            directory = home.resolve("Library").resolve("Application Support");
        } else {
            directory = environment("XDG_CONFIG_HOME").orElse(home.resolve(".config"));
        }
        return directory.resolve("confmail-console").resolve("settings.json");
    }

    /** What is remembered under a name; empty also where something else is. */
    public <T> Optional<T> get(String name, Class<T> type) {
        return value(values, name, type);
    }

    /** Remembers a value in place of the one before. */
    public void put(String name, Object value) {
        if (!JSON.valueToTree(value).equals(values.get(name))) {
            change(name, Object.class, _ -> value);
        }
    }

    /**
     * Changes what is remembered under a name.
     *
     * @param change told what was remembered, as {@link #get} tells it; called here and again for the file, by another thread and
     *     with another value if somebody else has changed the file
     */
    public <T> void change(String name, Class<T> type, Function<Optional<T>, T> change) {
        change(values, name, type, change);
        if (file.isPresent()) {
            unwritten.add(new Change(all -> change(all, name, type, change), values.deepCopy()));
            writeLater(file.get());
        }
    }

    private static <T> void change(ObjectNode all, String name, Class<T> type, Function<Optional<T>, T> change) {
        all.set(name, JSON.valueToTree(change.apply(value(all, name, type))));
    }

    private static <T> Optional<T> value(ObjectNode all, String name, Class<T> type) {
        JsonNode value = all.get(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.treeToValue(value, type));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns when what was changed is written, or cannot be within {@link #PATIENCE}. What is changed from now on is not
     * written. Any thread may call, at any time.
     */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeLater(Path to) {
        try {
            writer.execute(() -> write(to));
        } catch (RejectedExecutionException e) {
            // the program ends
        }
    }

    /** Writes all changes that have come so far. Those that cannot be written wait for the next one. */
    private void write(Path to) {
        List<Change> changes = List.copyOf(unwritten);
        if (changes.isEmpty()) {
            return; // went with those before
        }
        try {
            Files.createDirectories(to.toAbsolutePath().getParent());
            write(to, changes);
            changes.forEach(_ -> unwritten.poll());
        } catch (IOException e) {
            System.err.println("confmail-console: cannot remember settings in " + to + ": " + e.getMessage());
            while (unwritten.size() > UNWRITTEN_MAX) {
                unwritten.poll();
            }
        }
    }

    /** Two consoles write one after the other, each to what the other has written. */
    private static void write(Path file, List<Change> changes) throws IOException {
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        synchronized (Settings.class) { // the system's locks are those of the whole program
            try (FileChannel channel =
                    FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(channel);
                Optional<ObjectNode> found = read(file);
                if (found.isEmpty()) {
                    replace(file, changes.getLast().after());
                    return;
                }
                ObjectNode all = found.get().deepCopy();
                changes.forEach(change -> change.make().accept(all));
                if (!all.equals(found.get())) {
                    replace(file, all);
                }
            }
        }
    }

    /** Until the channel is closed. Where a file system has no locks, a change may be lost that two consoles make at once. */
    private static void lock(FileChannel channel) {
        try {
            channel.lock();
        } catch (IOException e) {
            System.err.println("confmail-console: cannot lock the settings: " + e.getMessage());
        }
    }

    private static void replace(Path file, ObjectNode all) throws IOException {
        Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "settings", ".tmp");
        try {
            Files.writeString(temporary, JSON.writeValueAsString(all) + "\n", StandardCharsets.UTF_8);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Empty where there is none, or one that makes no sense, which is kept beside it. */
    private static Optional<ObjectNode> read(Path file) throws IOException {
        try {
            if (Files.size(file) <= BYTES_MAX
                    && JSON.readTree(Files.readString(file, StandardCharsets.UTF_8)) instanceof ObjectNode found) {
                return Optional.of(found);
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException | JacksonException e) {
            System.err.println("confmail-console: cannot understand " + file + ": " + e.getMessage());
        }
        keepDamaged(file);
        return Optional.empty();
    }

    private static void keepDamaged(Path file) {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            System.err.println("confmail-console: cannot move " + file + " away: " + e.getMessage());
        }
    }

    private static Optional<Path> environment(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}

package org.confmail.console.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
 * file says then, since another console of the same user may have changed it; the file takes the place of the one before, so
 * that it is whole whenever the program ends. Used from the thread of the window, but for {@link #close}.
 */
public final class Settings implements AutoCloseable {
    private static final long BYTES_MAX = 4L << 20;
    /** A directory far away that is not there must not keep the program from ending. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Optional<Path> file;
    private final ObjectNode values;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("settings").factory());
    /** Changes that the file does not have yet, in their order. */
    private final Queue<Consumer<ObjectNode>> unwritten = new ConcurrentLinkedQueue<>();

    private Settings(Optional<Path> file, ObjectNode values) {
        this.file = file;
        this.values = values;
    }

    /** Reads the file; one that makes no sense is kept beside it as {@code settings.json.damaged}. */
    public static Settings open(Path file) {
        return new Settings(Optional.of(file), read(file));
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
        change(name, Object.class, _ -> value);
    }

    /**
     * Changes what is remembered under a name.
     *
     * @param change told what was remembered, as {@link #get} tells it; called twice, here and later for the file, by different
     *     threads and with different values if somebody else has changed the file
     */
    public <T> void change(String name, Class<T> type, Function<Optional<T>, T> change) {
        JsonNode before = values.get(name);
        change(values, name, type, change);
        if (!values.get(name).equals(before) && file.isPresent()) {
            unwritten.add(all -> change(all, name, type, change));
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
            unwritten.clear(); // the program ends
        }
    }

    /** Writes all changes that have come so far. Those that cannot be written wait for the next one. */
    private void write(Path to) {
        List<Consumer<ObjectNode>> changes = List.copyOf(unwritten);
        if (changes.isEmpty()) {
            return; // went with those before
        }
        ObjectNode all = read(to);
        changes.forEach(change -> change.accept(all));
        try {
            write(to, JSON.writeValueAsString(all));
            changes.forEach(_ -> unwritten.remove());
        } catch (IOException e) {
            System.err.println("confmail-console: cannot remember settings in " + to + ": " + e.getMessage());
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        // Two consoles write at the same time, each its own.
        Path temporary = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        Files.writeString(temporary, text + "\n", StandardCharsets.UTF_8);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ObjectNode read(Path file) {
        try {
            if (Files.size(file) <= BYTES_MAX
                    && JSON.readTree(Files.readString(file, StandardCharsets.UTF_8)) instanceof ObjectNode found) {
                return found;
            }
        } catch (NoSuchFileException e) {
            return JSON.createObjectNode();
        } catch (IOException | JacksonException e) {
            System.err.println("confmail-console: cannot read " + file + ": " + e.getMessage());
        }
        keepDamaged(file);
        return JSON.createObjectNode();
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

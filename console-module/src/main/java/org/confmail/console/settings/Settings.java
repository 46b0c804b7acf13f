package org.confmail.console.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is remembered: values under names, in one JSON file. It is read once; changes are written in the background, the whole
 * file each time, so that the file is whole whenever the program ends. Used from the thread of the window.
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
    /** The text that is to be written next, if the one before is still being written. */
    private final AtomicReference<Optional<String>> waiting = new AtomicReference<>(Optional.empty());

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
        JsonNode value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.treeToValue(value, type));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Remembers a value in place of the one before. */
    public void put(String name, Object value) {
        JsonNode tree = JSON.valueToTree(value);
        if (!tree.equals(values.get(name))) {
            values.set(name, tree);
            writeLater();
        }
    }

    /** Returns when what was put is written, or cannot be within {@link #PATIENCE}. What is put from now on is not written. */
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

    private void writeLater() {
        if (file.isEmpty() || writer.isShutdown()) {
            return;
        }
        Optional<String> before = waiting.getAndSet(Optional.of(JSON.writeValueAsString(values)));
        if (before.isEmpty()) {
            writer.execute(() -> waiting.getAndSet(Optional.empty()).ifPresent(text -> write(file.get(), text)));
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
            Files.writeString(temporary, text + "\n", StandardCharsets.UTF_8);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            System.err.println("confmail-console: cannot remember settings in " + file + ": " + e.getMessage());
        }
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

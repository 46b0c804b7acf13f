package org.confmail.console.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.confmail.console.testing.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = directory.resolve("confmail-console").resolve("settings.json");
    }

    private Optional<Integer> written(String name) {
        try (Settings settings = Settings.open(file)) {
            return settings.get(name, Integer.class);
        }
    }

    @Test
    void whatIsPutIsThereTheNextTime() throws IOException {
        try (Settings settings = Settings.open(file)) {
            settings.put("one", 1);
            settings.put("two", 2);
            settings.put("one", 11);
            assertEquals(Optional.of(11), settings.get("one", Integer.class));
            assertEquals(Optional.empty(), settings.get("one", WindowPlace.class));
        }
        assertEquals(Optional.of(11), written("one"));
        assertEquals(Optional.of(2), written("two"));
        try (var files = Files.list(file.getParent())) {
            assertEquals(
                    Set.of("settings.json", "settings.json.lock"),
                    files.map(found -> found.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    @Test
    void twoConsolesOfOneUserKeepEachOthersChanges() {
        Settings left = Settings.open(file);
        Settings right = Settings.open(file);
        left.put("left", 1);
        left.change("both", Integer.class, found -> found.orElse(0) + 1);
        left.close();
        right.put("right", 2);
        right.change("both", Integer.class, found -> found.orElse(0) + 10);
        assertEquals(Optional.of(10), right.get("both", Integer.class), "it goes on with what it has read");
        right.close();
        assertEquals(Optional.of(1), written("left"));
        assertEquals(Optional.of(2), written("right"));
        assertEquals(Optional.of(11), written("both"));
    }

    @Test
    void aFileThatMakesNoSenseIsKeptBesideTheNewOne() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{ \"one\": ");
        try (Settings settings = Settings.open(file)) {
            assertEquals(Optional.empty(), settings.get("one", Integer.class));
            settings.put("one", 1);
        }
        assertEquals(Optional.of(1), written("one"));
        assertEquals("{ \"one\": ", Files.readString(file.resolveSibling("settings.json.damaged")));
    }

    @Test
    void aFileThatGoesOrIsSpoiltMeanwhileIsMadeAgain() throws IOException {
        try (Settings settings = Settings.open(file)) {
            settings.put("one", 1);
        }
        for (String spoilt : List.of("", "{")) {
            try (Settings settings = Settings.open(file)) {
                Files.delete(file);
                if (!spoilt.isEmpty()) {
                    Files.writeString(file, spoilt);
                }
                settings.put("two", 2 + spoilt.length());
            }
            assertEquals(Optional.of(1), written("one"));
            assertEquals(Optional.of(2 + spoilt.length()), written("two"));
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a directory cannot be opened")
    void aFileThatCannotBeReadNowIsLeftAlone() throws IOException {
        try (Settings settings = Settings.open(file)) {
            settings.put("one", 1);
        }
        try (Settings settings = Settings.open(file)) {
            Files.delete(file);
            Files.createDirectory(file); // can be opened, and not read
            settings.put("two", 2);
        }
        assertTrue(Files.isDirectory(file));
        assertFalse(Files.exists(file.resolveSibling("settings.json.damaged")));
    }

    @Test
    void manyChangesOfTwoConsolesAtOnceAreAllThere() throws InterruptedException {
        int changes = 30;
        try (Settings left = Settings.open(file);
                Settings right = Settings.open(file)) {
            Thread other = Thread.ofVirtual().start(() -> putMany(right, "right", changes));
            putMany(left, "left", changes);
            other.join();
        }
        for (int i = 0; i < changes; i++) {
            assertEquals(Optional.of(i), written("left" + i));
            assertEquals(Optional.of(i), written("right" + i));
        }
    }

    /** Each in a file of its own. */
    private void putMany(Settings settings, String name, int changes) {
        for (int i = 0; i < changes; i++) {
            String value = name + i;
            settings.put(value, i);
            Await.until(
                    value, () -> Files.exists(file) && Files.readString(file).contains(value));
        }
    }

    @Test
    void whatChangesNothingIsNotWritten() throws IOException {
        try (Settings settings = Settings.open(file)) {
            settings.put("one", 1);
        }
        try (Settings settings = Settings.open(file)) {
            Files.delete(file);
            settings.put("one", 1);
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void afterTheEndNothingIsWrittenAndNothingFails() {
        Settings settings = Settings.open(file);
        settings.close();
        settings.put("one", 1);
        settings.close();
        assertEquals(Optional.empty(), written("one"));
    }
}

package org.confmail.server.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.disk.Trials;
import org.confmail.shared.config.ConfigDocument;
import org.confmail.shared.config.ConfigFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of config.txt on a disk that fails or loses power at each of its operations. */
class ConfigHistoryCrashTest {
    private static final ConfigDocument OLD = ConfigDocument.parse("timeout: 60\n");
    private static final ConfigDocument NEW = ConfigDocument.parse("timeout: 70\n");
    private static final String OLD_NAME = "20260101T000000.000Z";

    @TempDir
    Path root;

    private Instant now = Instant.parse("2026-02-01T00:00:00Z");

    /** Each operation has a time of its own, as on a real machine. */
    private final InstantSource clock = () -> now = now.plusSeconds(1);

    private abstract class OnHistory implements Trials<ConfigHistory> {
        @Override
        public void prepare(Path directory) throws IOException {
            ConfigHistory history = start(directory, new FileDisk());
            Files.createDirectories(Home.at(directory).configHistory());
            for (int i = 0; i < ConfigHistory.ENTRIES_MAX; i++) {
                history.keep(OLD);
            }
        }

        @Override
        public ConfigHistory start(Path directory, Disk disk) {
            return new ConfigHistory(Home.at(directory), disk, clock);
        }
    }

    private static Path note(Path directory) {
        return Home.at(directory).configHistory().resolve("unconfirmed");
    }

    @Test
    void textIsKeptWholeOrNotAndNoOtherIsHarmed() throws IOException {
        Trials.run(root, new OnHistory() {
            @Override
            public void work(ConfigHistory history) throws IOException {
                history.keep(NEW);
            }

            @Override
            public void check(ConfigHistory history, Path directory, Result result) throws IOException {
                List<ConfigHistory.Entry> entries = history.entries();
                assertTrue(entries.size() >= ConfigHistory.ENTRIES_MAX, entries::toString);
                for (ConfigHistory.Entry entry : entries) {
                    ConfigDocument text = history.read(entry.name()).orElseThrow();
                    assertTrue(text.equals(OLD) || text.equals(NEW), entry::toString);
                }
                if (result.done()) {
                    String newest = entries.getFirst().name();
                    assertEquals(NEW, history.read(newest).orElseThrow());
                    assertTrue(result.restarted() || entries.size() == ConfigHistory.ENTRIES_MAX, entries::toString);
                }
            }
        });
    }

    @Test
    void noteThatSettingsWaitIsWholeOrNotThere() throws IOException {
        String whole = OLD_NAME + " " + ConfigHistory.digest(NEW) + "\n";
        Trials.run(root, new OnHistory() {
            @Override
            public void work(ConfigHistory history) throws IOException {
                history.await(NEW, OLD_NAME);
            }

            @Override
            public void check(ConfigHistory history, Path directory, Result result) throws IOException {
                if (result.done() || Files.exists(note(directory))) {
                    assertEquals(whole, Files.readString(note(directory)));
                }
            }
        });
    }

    @Test
    void confirmedSettingsStayConfirmed() throws IOException {
        Trials.run(root, new OnHistory() {
            @Override
            public void prepare(Path directory) throws IOException {
                super.prepare(directory);
                start(directory, new FileDisk()).await(NEW, OLD_NAME);
            }

            @Override
            public void work(ConfigHistory history) throws IOException {
                history.await(NEW, OLD_NAME);
                history.settled();
            }

            @Override
            public void check(ConfigHistory history, Path directory, Result result) throws IOException {
                assertTrue(!result.done() || Files.notExists(note(directory)), "they would be taken back");
            }
        });
    }

    /** config.txt itself is saved by a part that knows no faulty disk, so that here the disk fails, and no power. */
    @Test
    void recoveryThatFailsIsDoneByTheNextStart() throws IOException {
        boolean failed = true;
        for (int number = 1; failed; number++) {
            Path directory = Files.createDirectory(root.resolve("recovery-" + number));
            Home home = Home.at(directory);
            Files.write(home.config(), NEW.bytes());
            ConfigHistory before = new ConfigHistory(home, new FileDisk(), clock);
            String name = before.keep(OLD);
            before.await(NEW, name);
            FaultyDisk disk = new FaultyDisk(new FileDisk());
            disk.failFrom(number);
            try {
                new ConfigHistory(home, disk, clock).recover();
            } catch (IOException e) {
                assertEquals(FaultyDisk.MESSAGE, e.getMessage());
            }
            failed = disk.failed().isPresent();
            ConfigHistory after = new ConfigHistory(home, new FileDisk(), clock);
            after.recover();
            assertEquals(OLD, ConfigFile.load(home.config()).document(), "failed at operation " + number);
            assertFalse(Files.exists(note(directory)));
            ConfigHistory.Entry rejected = after.entries().getFirst();
            assertEquals(NEW, after.read(rejected.name()).orElseThrow(), "the rejected text is kept");
        }
    }
}

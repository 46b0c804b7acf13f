package org.confmail.server.upkeep;

import static org.confmail.server.upkeep.TestStore.OLD;
import static org.confmail.server.upkeep.TestStore.YOUNG;
import static org.confmail.server.upkeep.TestStore.acknowledgment;
import static org.confmail.server.upkeep.TestStore.announcement;
import static org.confmail.server.upkeep.TestStore.held;
import static org.confmail.server.upkeep.TestStore.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.confmail.server.block.Key;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each operation of a prune fails in turn, and in another run the power is lost there: what lives is there afterwards. */
class PruneCrashTest {
    private static final Key ALICE = key("alice");
    private static final String LIVES = announcement(YOUNG, ALICE, "one");
    private static final String ALSO = announcement(YOUNG, ALICE, "three");
    private static final String BEFORE =
            LIVES + "NextMessage\n" + announcement(OLD, ALICE, "two") + "NextMessage\n" + ALSO;
    private static final String AFTER = LIVES + "NextMessage\n" + ALSO;

    @TempDir
    Path root;

    @Test
    void whatLivesIsThereWhereverAPruneIsCutOff() throws IOException {
        Trials.run(root, new Trials<TestStore>() {
            @Override
            public void prepare(Path directory) throws IOException {
                TestStore store = new TestStore(directory);
                store.lay("box", BEFORE);
                store.lay("old", acknowledgment(OLD));
                store.lay("young", acknowledgment(YOUNG));
                TestStore.lay(store.entangled, key("box"), held(BEFORE));
            }

            @Override
            public TestStore start(Path directory, Disk disk) throws IOException {
                return new TestStore(directory, disk);
            }

            @Override
            public void work(TestStore store) throws IOException {
                var result = store.upkeep().run(TestStore.prune(false), Watch.NOBODY);
                if (result.counts().values().stream().anyMatch(counts -> counts.failed() > 0)) {
                    throw new IOException(FaultyDisk.MESSAGE);
                }
            }

            @Override
            public void check(TestStore store, Path directory, Trials.Result result) throws IOException {
                assertEquals(acknowledgment(YOUNG), read(TestStore.file(store.local, key("young"))));
                requireOneVersion(read(TestStore.file(store.local, key("box"))), BEFORE, AFTER, result);
                requireOneVersion(read(TestStore.file(store.entangled, key("box"))), held(BEFORE), held(AFTER), result);
            }
        });
    }

    private static void requireOneVersion(String found, String before, String after, Trials.Result result) {
        if (result.done()) {
            assertEquals(after, found);
        } else {
            assertTrue(found.equals(before) || found.equals(after), found);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}

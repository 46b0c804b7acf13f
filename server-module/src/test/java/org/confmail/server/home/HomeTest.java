package org.confmail.server.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path directory;

    private final FaultyDisk disk = new FaultyDisk(new FileDisk());

    @Test
    void preparingMakesWhatIsMissingAndThenNothing() throws Exception {
        Home home = Home.at(directory).withLocalStore(directory.resolve("elsewhere"));
        home.prepare(disk);
        assertTrue(Files.isDirectory(directory.resolve("elsewhere")));
        assertTrue(Files.isDirectory(home.entangled()));
        assertTrue(Files.isDirectory(home.inputQueue()));
        assertTrue(Files.isDirectory(home.sendQueue()));
        assertTrue(Files.notExists(directory.resolve("localstore")));

        disk.heal();
        home.prepare(disk);
        assertEquals(0, disk.operations().size());
    }

    @Test
    void storeOnADiskThatIsNotMountedIsNotMadeElsewhere() {
        Path unmounted = directory.resolve("mnt/disk/store");
        Home home = Home.at(directory).withLocalStore(unmounted);
        HomeException e = assertThrows(HomeException.class, () -> home.prepare(disk));
        assertTrue(e.getMessage().contains("missing directory " + unmounted), e.getMessage());
        assertTrue(e.getMessage().contains("not mounted"), e.getMessage());
        assertTrue(Files.notExists(directory.resolve("mnt")));
    }
}
